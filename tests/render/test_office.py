"""LibreOffice: papers become PDF, in our typefaces, without network and within their time."""

from __future__ import annotations

import base64
import html
import io
import os
import re
import shutil
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from pypdf import PdfReader

from greenforms.errors import OfficeError
from greenforms.record import Record, read_record
from greenforms.render import office
from greenforms.render.fonts import substitutes
from greenforms.render.office import for_print, to_pdf
from greenforms.render.sealing import seal_package, seal_pdf
from greenforms.render.whole_tables import lost_letters
from greenforms_extractors.office import program
from greenforms_extractors.office.instance import Job
from greenforms_extractors.office.supervisor import Office, convert

RECORD = Record("nm-2024/cultivation-plan", "nm-2024", {"企业名称": "甲公司", "产值": Decimal("5.00")})
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FACES = {
    "仿宋_GB2312": "Fang",
    "楷体_GB2312": "Kai",
    "黑体": "Hei",
    "宋体": "Song|UMing",
    "方正小标宋简体": "SerifCJK.*Bold",
}
#: What the names of the free faces begin with.
FREE = ("Fandol", "AR PL", "Noto Serif CJK")


def _docx(*lines: tuple[str, str]) -> bytes:
    document = docx.Document()
    for face, text in lines:
        properties = document.add_paragraph().add_run(text)._r.get_or_add_rPr()
        properties.get_or_add_rFonts().set(qn("w:eastAsia"), face)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _table(*names: str) -> bytes:
    document = docx.Document()
    table = document.add_table(len(names), 1)
    for row, name in zip(table.rows, names, strict=True):
        row.cells[0].text = name
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _xlsx(value: str) -> bytes:
    workbook = openpyxl.Workbook()
    workbook["Sheet"]["A1"] = "企业名称"
    workbook["Sheet"]["B1"] = value
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _converted(content: bytes, suffix: str, wanted: str) -> str:
    return convert(Job(content, suffix, wanted)).decode("utf-8-sig")


@pytest.mark.parametrize(
    ("make", "suffix", "wanted"),
    [
        (lambda: _docx(("宋体", "企业名称：甲公司")), ".docx", "txt:Text (encoded):UTF8"),
        (lambda: _xlsx("甲公司"), ".xlsx", "csv:Text - txt - csv (StarCalc):44,34,76"),
    ],
    ids=["docx", "xlsx"],
)
def test_libreoffice_reads_a_sealed_paper_as_before(make: Callable[[], bytes], suffix: str, wanted: str) -> None:
    """sealing changes nothing of what LibreOffice shows."""
    plain = make()
    before = _converted(plain, suffix, wanted)
    after = _converted(seal_package(plain, RECORD), suffix, wanted)
    assert "甲公司" in before
    assert after == before


@pytest.mark.parametrize(
    ("make", "suffix"),
    [(lambda: _docx(("宋体", "企业名称：甲公司")), ".docx"), (lambda: _xlsx("甲公司"), ".xlsx")],
    ids=["docx", "xlsx"],
)
def test_the_pdf_is_tagged_and_repeatable(make: Callable[[], bytes], suffix: office.Suffix) -> None:
    """a PDF keeps text and structure, carries the record, and comes out the same a second later."""
    first = seal_pdf(to_pdf(make(), suffix), RECORD)
    time.sleep(1.1)
    assert seal_pdf(to_pdf(make(), suffix), RECORD) == first
    reader = PdfReader(io.BytesIO(first))
    assert "甲公司" in reader.pages[0].extract_text()
    assert "/MarkInfo" in reader.root_object
    # LibreOffice writes the structure of sheets only from version 7.6 on.
    assert suffix == ".xlsx" or "/StructTreeRoot" in reader.root_object
    assert read_record({name: contents[0] for name, contents in reader.attachments.items()}) == RECORD


def test_a_table_printed_without_its_rows_is_printed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """rows that LibreOffice loses behind a page break are missed, and the paper is printed in another way."""
    given: list[bytes] = []

    def losing(job: Job, timeout: float) -> bytes:
        given.append(job.content)
        return convert(replace(job, content=_table("水泥") if len(given) == 1 else job.content), timeout)

    monkeypatch.setattr(office, "convert", losing)
    whole = _table("水泥", "钢铁")
    printed = to_pdf(whole, ".docx")
    assert [lost_letters(each, printed) for each in (whole, _table("水泥", "钢铁", "石墨"))] == [0, 2]
    firsts = [docx.Document(io.BytesIO(content)).element.body[0].tag for content in given]
    assert firsts == [qn("w:tbl"), qn("w:p")]


@pytest.mark.skipif(not shutil.which("fc-match"), reason="without fontconfig the fonts are the system's business")
def test_official_typefaces_are_mapped(tmp_path: Path) -> None:
    """each official typeface is printed in its own free face, not in one sans for all."""
    if strangers := [face for face, shown in substitutes(FACES).items() if not shown.startswith(FREE)]:
        pytest.skip(f"make fonts has not been run here: {strangers}")
    (tmp_path / "faces.pdf").write_bytes(to_pdf(_docx(*((face, "绿色工厂培育计划") for face in FACES)), ".docx"))
    listed = subprocess.run(["pdffonts", tmp_path / "faces.pdf"], capture_output=True, text=True, check=True).stdout
    assert [face for face, look in FACES.items() if not re.search(look, listed)] == []


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


def _with_links(address: str) -> bytes:
    """A docx that asks for a template, a linked picture and a picture named in a field."""
    document = docx.Document()
    link = document.part.relate_to(f"{address}/a.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    document.part.relate_to(f"{address}/page", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    document.part._settings_part.relate_to(f"{address}/t.dotx", f"{RELATIONSHIP_TYPE.IMAGE[:-5]}attachedTemplate", True)
    picture = document.add_paragraph("图：").add_run().add_picture(io.BytesIO(PIXEL))
    blip = picture._inline.find(f".//{qn('a:blip')}")
    del blip.attrib[qn("r:embed")]
    blip.set(qn("r:link"), link)
    field = f' INCLUDEPICTURE "{address}/b.png" \\d '
    document.add_paragraph()._p.append(
        parse_xml(f'<w:fldSimple xmlns:w="{W}" w:instr="{html.escape(field)}"><w:r><w:t>x</w:t></w:r></w:fldSimple>')
    )
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def test_nothing_is_fetched(server: HTTPServer) -> None:
    """linked pictures and templates are not asked for, and the text is printed all the same."""
    printed = to_pdf(_with_links(f"http://127.0.0.1:{server.server_port}"), ".docx")
    assert server.asked == []  # type: ignore[attr-defined]
    assert "图：" in PdfReader(io.BytesIO(printed)).pages[0].extract_text()


def test_only_hyperlinks_point_outside() -> None:
    """relationships out of the file are gone from the copy LibreOffice sees, hyperlinks are not."""
    with zipfile.ZipFile(io.BytesIO(for_print(_with_links("http://example.org")))) as package:
        relationships = b"".join(package.read(name) for name in package.namelist() if name.endswith(".rels"))
    assert re.findall(rb"http://example.org/\w+", relationships) == [b"http://example.org/page"]


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks for processes in /proc")
def test_a_slow_office_is_stopped_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """after the time is up nothing of LibreOffice is left running."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(office, "convert", Office().convert)  # one that has not started yet
    with pytest.raises(OfficeError, match=r"0\.5 秒内没有完成"):
        to_pdf(_xlsx("甲公司"), ".xlsx", timeout=0.5)
    time.sleep(0.2)
    running = [path for path in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path).encode() in _read(path)]
    assert running == []
    assert list(tmp_path.iterdir()) == []


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # the process ended meanwhile
        return b""


def test_a_missing_office_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """without LibreOffice the clerk learns what still works and what to do."""
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setattr(program, "_PLACES", {})
    monkeypatch.setattr(office, "convert", Office().convert)
    with pytest.raises(OfficeError, match=r"生成 docx 和 xlsx 不需要它.*另存为 PDF"):
        to_pdf(_docx(), ".docx")


def test_a_refused_file_is_explained() -> None:
    """a file LibreOffice cannot load gives an error, not an empty PDF."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        package.writestr("word/document.xml", "<broken")
    with pytest.raises(OfficeError, match="没有生成 PDF"):
        to_pdf(output.getvalue(), ".docx")
