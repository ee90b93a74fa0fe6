"""Old formats that are refused before LibreOffice sees them, and what is never fetched for those that are read."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from old_files import DATED, OFFICE_PAGE, WORD_XML, aged, changed, refusal, texts

from greenforms.bundled import examples_dir
from greenforms_extractors import guard
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.guard import inspect
from greenforms_extractors.reading import read_here


def renamed(content: bytes, old: str, new: str) -> bytes:
    """A compound file with one stream renamed in its directory (MS-CFB 2.6.1: 64 bytes of name, its length)."""
    entry, other = (
        (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little")
        for name in (old, new)
    )
    assert content.count(entry) == 1
    return content.replace(entry, other)


#: How the header of a document saved by LibreOffice begins.
FIB = b"\xec\xa5\x01\x01"
BOOK = {
    "宏": (lambda book: renamed(book, "\x01CompObj", "_VBA_PROJECT_CUR"), "macros"),
    "宏表": (lambda book: sheet_type(book, 1), "macros"),
    # The record of the writer's name (0x005C) as one of encryption (0x002F).
    "密码": (lambda book: changed(book, b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00"), "password"),
    "截断": (lambda book: book[:3000], "damaged"),
    "半截": (lambda book: book[: len(book) // 2], "damaged"),
    "不是工作簿": (lambda book: changed(book, b"\x09\x08\x10\x00", b"\x09\x07\x10\x00"), "damaged"),
}
WORD = {
    "宏": (lambda text: renamed(text, "\x01CompObj", "Macros"), "macros"),
    "密码": (lambda text: fib_bit(text, 0x01), "password"),
    "截断": (lambda text: text[:9000], "damaged"),
    "少一截": (lambda text: text[:-2000], "damaged"),
    "没有目录": (lambda text: text[:700], "damaged"),
    "Word95": (lambda text: changed(text, FIB, b"\xdc\xa5\x65\x00"), "unknown"),
    "Works": (lambda text: renamed(text, "WordDocument", "MatOST"), "unknown"),
    "演示": (lambda text: renamed(text, "WordDocument", "PowerPoint Document"), "unknown"),
    "没有表流": (lambda text: renamed(text, "1Table", "2Table"), "damaged"),
}
FLAT = {
    "截断.rtf": (lambda: DATED[:-20].decode(), "damaged"),
    "截断.xls": (lambda: OFFICE_PAGE[:-9], "damaged"),
    "截断.doc": (lambda: WORD_XML[:-30], "damaged"),
    "宏.doc": (lambda: WORD_XML.replace("<w:wordDocument", '<w:wordDocument w:macrosPresent="yes"'), "macros"),
    "实体.doc": (lambda: WORD_XML.replace("<w:word", '<!DOCTYPE x [<!ENTITY a "b">]><w:word'), "unsafe-xml"),
    "网页.doc": (lambda: "MIME-Version: 1.0\nContent-Type: multipart/related\n", "unknown"),
    "别的.xml": (lambda: '<?xml version="1.0"?><a/>', "unknown"),
}


def sheet_type(book: bytes, kind: int) -> bytes:
    """The first sheet as one of another type (MS-XLS 2.4.28: record 0x0085, its sixth byte)."""
    at = book.index(b"\x85\x00", book.index(b"\x09\x08\x10\x00"))
    return book[: at + 9] + bytes([kind]) + book[at + 10 :]


def fib_bit(text: bytes, bit: int) -> bytes:
    """The document with a bit of the twelfth byte of its header set (MS-DOC 2.5.2)."""
    at = text.index(FIB) + 11
    return text[:at] + bytes([text[at] | bit]) + text[at + 1 :]


@pytest.mark.parametrize("flaw", BOOK)
def test_refused_sheets(flaw: str, sheet: Path) -> None:
    """This test ensures that an old workbook with macros, a password or a part missing never gets to LibreOffice."""
    change, code = BOOK[flaw]
    sheet.write_bytes(change(sheet.read_bytes()))
    with pytest.raises(UnreadableFile) as caught:
        inspect(sheet)
    assert caught.value.code == code


@pytest.mark.parametrize("flaw", WORD)
def test_refused_texts(flaw: str, roster: Path) -> None:
    """This test ensures that an old document with macros, a password or a part missing never gets to LibreOffice."""
    change, code = WORD[flaw]
    roster.write_bytes(change(roster.read_bytes()))
    with pytest.raises(UnreadableFile) as caught:
        inspect(roster)
    assert caught.value.code == code
    assert flaw not in {"Works"} or "Microsoft Works" in str(caught.value)


@pytest.mark.parametrize("name", FLAT)
def test_refused_one_file_formats(name: str, tmp_path: Path) -> None:
    """This test ensures that what is cut off, declares entities, holds macros or is something else is refused."""
    make, code = FLAT[name]
    (tmp_path / name).write_text(make(), "utf-8")
    assert refusal(tmp_path / name).code == code


def test_size_is_limited(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a file too large to be converted in one piece is refused before it is read."""
    monkeypatch.setattr(guard, "MAX_LEGACY", 10_000)
    with pytest.raises(UnreadableFile, match=r"另存为 \.docx") as caught:
        read_here(roster)
    assert caught.value.code == "too-large"


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A web server on this machine that remembers in `asked` what was asked of it."""

    class Remembering(BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append(self.client_address)

    asked: list[object] = []
    with HTTPServer(("127.0.0.1", 0), Remembering) as running:
        running.asked = asked  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def linked_doc(address: str) -> bytes:
    """A .doc with a picture that stands elsewhere."""
    document = docx.Document()
    document.add_paragraph("图：")
    picture = document.add_picture(str(examples_dir() / "pictures" / "park-water.png"))
    blip = picture._inline.find(f".//{qn('a:blip')}")
    del blip.attrib[qn("r:embed")]
    blip.set(qn("r:link"), document.part.relate_to(f"{address}/a.png", RELATIONSHIP_TYPE.IMAGE, is_external=True))
    output = io.BytesIO()
    document.save(output)
    old = aged(output.getvalue(), ".docx", ".doc")
    assert f"{address}/a.png".encode("utf-16-le") in old
    return old


def linked_rtf(address: str, near: Path) -> bytes:
    """An RTF with a template, a picture, texts and data that stand elsewhere, on the network and on this machine."""
    fields = (
        rf'INCLUDEPICTURE "{address}/b.png" \\d',
        rf'INCLUDETEXT "{address}/c.doc"',
        rf'INCLUDETEXT "{near}"',
        rf'LINK Excel.Sheet.8 "{address}/d.xls" "A1"',
        rf'DDEAUTO excel "{near}" R1C1',
    )
    written = r"\par ".join(rf"{{\field{{\*\fldinst {field}}}{{\fldrslt old}}}}" for field in fields)
    return rf"{{\rtf1\ansi{{\*\template {address}/t.dot}}{written}\par }}".encode()


def linked_page(address: str, near: Path) -> bytes:
    """An Office web page with pictures, frames, styles and scripts from elsewhere."""
    tags = "".join(
        f"<{tag}>"
        for tag in (
            f'img src="{address}/1.png"',
            f'iframe src="{address}/2"',
            f'object data="{address}/3"',
            f'embed src="{address}/4"',
            f'script src="{address}/5"',
            f'img src="{near.as_uri()}"',
        )
    )
    link = f'<link rel="stylesheet" href="{address}/0.css"><base href="{address}/">'
    namespace = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
    body = f'<body background="{address}/6.png"><p>old</p>{tags}</body>'
    return f"<html {namespace}><head>{link}</head>{body}</html>".encode()


@pytest.mark.parametrize("name", ["a.doc", "a.rtf", "a.html"])
def test_nothing_is_fetched(name: str, server: HTTPServer, tmp_path: Path) -> None:
    """This test ensures that nothing on the network and no other file of this machine gets into what is read."""
    address = f"http://127.0.0.1:{server.server_port}"
    near = tmp_path / "secret.txt"
    near.write_text("GEHEIM")
    make = {"a.doc": lambda: linked_doc(address), "a.rtf": lambda: linked_rtf(address, near)}
    content = make.get(name, lambda: linked_page(address, near))()
    (tmp_path / name).write_bytes(content)
    server.asked.clear()  # type: ignore[attr-defined]
    said = texts(tmp_path / name)
    assert server.asked == []  # type: ignore[attr-defined]
    assert "图：" in said or "old" in said
    assert "GEHEIM" not in "".join(said)
