"""Zip packages that are no honest Office files, and heads of every kind with nothing honest after them."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator

HEADS = {
    "ole.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "pdf.pdf": b"%PDF-1.7\n",
    "png.png": b"\x89PNG\r\n\x1a\n",
    "jpeg.jpg": b"\xff\xd8\xff\xe0",
    "gif.gif": b"GIF89a",
    "tiff.tif": b"II*\0",
    "bmp.bmp": b"BM\0\0\0\0\0\0\0\0",
    "webp.webp": b"RIFF\0\0\0\0WEBP",
    "rtf.rtf": b"{\\rtf1 ",
    "zip.docx": b"PK\x03\x04",
    "xml.xml": b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>',
    "html.htm": b"<html xmlns:o='urn:schemas-microsoft-com:office:office'>",
}
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(document: str, types: str = TYPES, **parts: str) -> bytes:
    """A docx of one part, and others."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {
            "[Content_Types].xml": types,
            "_rels/.rels": LINKS,
            "word/document.xml": document,
            **parts,
        }.items():
            archive.writestr(name, part)
    return target.getvalue()


def body(inside: str) -> str:
    return f"<w:document {WORD}><w:body>{inside}</w:body></w:document>"


def files() -> Iterator[tuple[str, bytes]]:
    """Packages too deep, too many, too long; and noise after each head, and nothing."""
    noise = random.Random(20240630).randbytes(4000)  # noqa: S311 - the same noise every time
    for name, head in HEADS.items():
        yield f"noise-{name}", head + noise
        yield f"alone-{name}", head
    yield "empty.docx", b""
    yield "nul.pdf", bytes(100_000)
    yield "deep-5000.docx", package(body("<w:tbl><w:tr><w:tc>" * 5000 + "</w:tc></w:tr></w:tbl>" * 5000))
    yield "deep-100.docx", package(body("<w:tbl><w:tr><w:tc>" * 100 + "<w:p/></w:tc></w:tr></w:tbl>" * 100))
    yield "million-elements.docx", package(body("<w:p/>" * 1_000_000))
    yield "long-text.docx", package(body(f"<w:p><w:r><w:t>{'表' * 9_000_000}</w:t></w:r></w:p>"))
    yield "entities.docx", package(f'<!DOCTYPE d [<!ENTITY a "aaaa">]>{body("&a;")}')
    yield "links-10MB.docx", package(body("<w:p/>"), **{"word/_rels/document.xml.rels": " " * 10_000_000 + LINKS})
    yield "types-20MB.docx", package(body("<w:p/>"), types=TYPES.replace("><Default", f">{' ' * 20_000_000}<Default"))
    yield "many-parts.docx", package(body("<w:p/>"), **{f"word/a{number}.xml": "<a/>" for number in range(6000)})
