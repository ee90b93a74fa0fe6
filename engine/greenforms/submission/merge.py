"""All papers and attachments of a pack as one PDF with bookmarks; each page says of which pack and which it is."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from greenforms.errors import InputError
from greenforms.render.office import to_pdf
from greenforms.show.page import upright
from greenforms.show.source import page_count, page_pictures
from greenforms.submission.folder import EVIDENCE
from greenforms.submission.papers import Evidence, Plan
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.guard import NAMES, looked_at
from greenforms_extractors.scan.raster import PageImage
from greenforms_extractors.supervised.bounds import within_bounds

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

_ATTACHMENTS = "附件"
#: A4 in points, and the length of what stands in the corner of a page.
_SHORT, _LONG = 595.0, 842.0
_CORNER, _SIZE, _LETTER = 18.0, 8, 4.6


@dataclass(frozen=True, slots=True)
class Part:
    """A paper or an attachment as PDF, in one piece or page by page, with its bookmark."""

    file: str
    title: str
    contents: tuple[bytes, ...]
    attached: bool


def parts_of(plan: Plan, files: Mapping[str, bytes]) -> Iterator[Part]:
    """The papers, printed from their files, then the attachments.

    Raises OfficeError where LibreOffice is wanted and missing, InputError for an attachment that cannot be printed.
    """
    for paper in plan.papers:
        printed = to_pdf(files[paper.file], ".xlsx" if paper.kind == "xlsx" else ".docx")
        yield Part(paper.file, f"《{paper.form.title}》", (printed,), attached=False)
    for each in plan.evidence:
        yield Part(each.file, f"附件{each.number}　{each.title}", _printed(each), attached=True)


def pack_id(digests: Mapping[str, str]) -> str:
    """Twelve signs that tell a pack from others: they follow from the names and digests of its files."""
    return sha256("\n".join(f"{name} {digest}" for name, digest in digests.items()).encode()).hexdigest()[:12].upper()


def merged(parts: Sequence[Part], number: str) -> tuple[bytes, dict[str, tuple[int, int]]]:
    """The parts as one PDF, and of each its first page and how many it has. The same parts give the same bytes.

    `number` stands on every page with the page's own, and nowhere on the papers themselves.
    Raises InputError for a PDF that is locked or broken.
    """
    from pypdf import PdfWriter

    writer = PdfWriter()
    starts: dict[str, tuple[int, int]] = {}
    for part in parts:
        before = len(writer.pages)
        for page in _pages(part):
            writer.add_page(page).transfer_rotation_to_content()
        starts[part.file] = (before + 1, len(writer.pages) - before)
    _bookmark(writer, parts, starts)
    for place, page in enumerate(writer.pages, 1):
        _stamp(page, f"{number}  {place}/{len(writer.pages)}")
    writer.metadata = {"/Producer": "greenforms", "/Title": number}
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue(), starts


def _pages(part: Part) -> Iterator[PageObject]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        for content in part.contents:
            reader = PdfReader(io.BytesIO(content))
            if reader.is_encrypted:
                raise InputError(f"“{part.file}”设了密码，不能并入“全套材料”。请去掉密码，放回“{EVIDENCE}”。")
            yield from reader.pages
    except (PyPdfError, ValueError, KeyError) as error:
        raise InputError(f"“{part.file}”是不完整的 PDF，不能并入“全套材料”。请重新导出，放回“{EVIDENCE}”。") from error


def _bookmark(writer: PdfWriter, parts: Sequence[Part], starts: Mapping[str, tuple[int, int]]) -> None:
    around = None
    for part in parts:
        place = starts[part.file][0] - 1
        if part.attached and around is None:
            around = writer.add_outline_item(title=_ATTACHMENTS, page_number=place)
        writer.add_outline_item(title=part.title, page_number=place, parent=around if part.attached else None)


def _stamp(page: PageObject, text: str) -> None:
    """Write a line of Latin letters and figures into the lower right corner of a page."""
    from pypdf import PageObject
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    font = DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{name}") for key, name in _FACE})
    fonts = DictionaryObject({NameObject("/GreenformsStamp"): font})
    box = page.mediabox
    left, bottom = float(box.right) - _CORNER - _LETTER * len(text), float(box.bottom) + _CORNER
    stream = DecodedStreamObject()
    stream.set_data(f"q BT 0.3 g /GreenformsStamp {_SIZE} Tf {left:.1f} {bottom:.1f} Td ({text}) Tj ET Q".encode())
    sheet = PageObject.create_blank_page(width=float(box.right), height=float(box.top))
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    sheet[NameObject("/Contents")] = stream
    page.merge_page(sheet)


_FACE = (("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica"), ("Encoding", "WinAnsiEncoding"))


def _printed(each: Evidence) -> tuple[bytes, ...]:
    """An attachment as PDF."""
    try:
        kind = within_bounds(looked_at, each.path).kind
    except UnreadableFile as error:
        raise InputError(f"“{each.file}”打不开，不能并入“全套材料”：{error}") from error
    if kind == "pdf":
        return (each.path.read_bytes(),)
    if kind == "image":
        pages = page_pictures(each.path, page_count(each.path, is_pdf=False), is_pdf=False)
        return tuple(_on_a4(page) for page in pages)
    if kind in ("docx", "xlsx"):
        return (to_pdf(each.path.read_bytes(), ".docx" if kind == "docx" else ".xlsx"),)
    raise InputError(f"“{each.file}”是{NAMES[kind]}，不能并入“全套材料”。请另存为 PDF，放回“{EVIDENCE}”。")


def _on_a4(page: PageImage) -> bytes:
    """A picture as a page of PDF, as large as A4 lets it be."""
    picture = upright(page, 0)
    short, long = sorted(picture.size)
    target = io.BytesIO()
    picture.save(target, "PDF", resolution=max(short / _SHORT, long / _LONG) * 72)
    return target.getvalue()
