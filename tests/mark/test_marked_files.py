"""Files handed back: every fault coloured, commented and listed, everything else as sent, and read as if unmarked."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from faulty_papers import PLAN, ROSTER, checked, marked
from lxml import etree

from greenforms.errors import InputError, UsageError
from greenforms.finding import Finding
from greenforms.mark.findings import numbered
from greenforms.mark.marking import marking
from greenforms_extractors.marks import END, NOTE
from greenforms_extractors.model import SheetOrigin
from greenforms_extractors.office import supervisor
from greenforms_extractors.office.instance import Job
from shipped import read_paper

Sent = Callable[[str, str], Path]
CASES = [(PLAN, "workbook"), (ROSTER, "workbook"), (PLAN, "docx"), (ROSTER, "docx"), (ROSTER, "xlsx")]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What marking may change besides the sheets it marks; all else must keep its bytes.
TOUCHED = re.compile(
    r"\[Content_Types\]\.xml|(word/document|xl/workbook|xl/styles)\.xml|(word|xl)/(.*/)?_rels/.*\.rels"
)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def nameless(findings: tuple[Finding, ...], path: Path) -> list[Finding]:
    """Findings without the name of the file they were found in."""
    return [
        replace(
            finding,
            message=finding.message.replace(path.name, ""),
            places=tuple(replace(place, document="") for place in finding.places),
        )
        for finding in findings
    ]


@pytest.mark.parametrize(("form", "kind"), CASES)
def test_marks_vanish_when_read(sent: Sent, tmp_path: Path, form: str, kind: str) -> None:
    """This test ensures that a marked file says exactly what the sent one says, in the same places."""
    path = sent(form, kind)
    back = marked(form, path, tmp_path / f"退回{path.suffix}")
    (one, faults), (other, again) = checked(form, path), checked(form, back)
    assert len(faults) > 1
    assert (one.data, one.fields, one.missing) == (other.data, other.fields, other.missing)
    assert nameless(faults, path) == nameless(again, back)


@pytest.mark.parametrize(("form", "kind"), CASES)
def test_all_else_is_as_sent(sent: Sent, tmp_path: Path, form: str, kind: str) -> None:
    """This test ensures that no part is lost and none but the marked ones changes a byte; cells keep their styles."""
    path = sent(form, kind)
    old, new = parts(path), parts(marked(form, path, tmp_path / f"退回{path.suffix}"))
    changed = [name for name in old if old[name] != new[name] and not TOUCHED.fullmatch(name)]
    assert all(name.startswith("xl/worksheets/") for name in changed)
    for name in changed:
        rows = [etree.tostring(etree.fromstring(each[name]).find("{*}sheetData"), method="c14n") for each in (old, new)]
        assert rows[0] == rows[1]
    assert [name for name in new if name not in old] != []


@pytest.mark.parametrize(("form", "kind"), CASES)
def test_marking_again_replaces_the_marks(sent: Sent, tmp_path: Path, form: str, kind: str) -> None:
    """This test ensures that a file marked twice is the file marked once."""
    path = sent(form, kind)
    once = marked(form, path, tmp_path / f"一{path.suffix}")
    marking(once, str(tmp_path / f"二{path.suffix}")).write(checked(form, path)[1])
    assert parts(once) == parts(tmp_path / f"二{path.suffix}")


def test_corrected_in_the_marked_workbook(sent: Sent, tmp_path: Path) -> None:
    """This test ensures that what the sender puts right in the marked file, saved by another program, counts."""
    back = marked(PLAN, sent(PLAN, "workbook"), tmp_path / "退回.xlsx")
    book = openpyxl.load_workbook(back)
    book["填报"]["B7"] = "0471-4901234"
    book.save(tmp_path / "改好.xlsx")
    read, findings = checked(PLAN, tmp_path / "改好.xlsx")
    assert read.data["contact"]["phone"] == "0471-4901234"
    assert "read/phone" not in {finding.rule for finding in findings}
    assert "检查结果" not in str([finding.message for finding in findings])
    again = marked(PLAN, tmp_path / "改好.xlsx", tmp_path / "再退回.xlsx")
    names = openpyxl.load_workbook(again).sheetnames
    assert names.count("检查结果") == 1
    assert not any(name.startswith("检查结果(") for name in names)


def test_a_workbook_shows_its_faults(sent: Sent, tmp_path: Path) -> None:
    """This test ensures that each place has a ground and a comment with message and remedy, and the list a link."""
    path = sent(PLAN, "workbook")
    book = openpyxl.load_workbook(marked(PLAN, path, tmp_path / "退回.xlsx"))
    findings = checked(PLAN, path)[1]
    places = {place.evidence for finding in findings for place in finding.places if place.evidence}
    assert len(places) > 4
    for place in places:
        assert isinstance(place, SheetOrigin)
        comment = book[place.sheet][place.cell].comment
        assert comment is not None
        assert comment.text.startswith(NOTE)
        areas = [str(area.sqref) for area in book[place.sheet].conditional_formatting if _is_ours(area)]
        assert any(place.cell in area.split() for area in areas)
    listed = book["检查结果"]
    assert book.active is listed
    links = {cell.hyperlink.location for row in listed.iter_rows() for cell in row if cell.hyperlink}
    assert links == {f"'{place.sheet}'!{place.cell}" for place in places if isinstance(place, SheetOrigin)}
    texts = [str(row[4].value) for row in listed.iter_rows(min_row=4)]
    assert all(any(finding.message.rstrip("。") in text for text in texts) for finding in findings)


def _is_ours(area: object) -> bool:
    return any(NOTE in str(rule.formula) for rule in area.rules)  # type: ignore[attr-defined]


def test_a_comment_of_the_senders_stays(sent: Sent, tmp_path: Path) -> None:
    """This test ensures that our words stand below the sender's own, and go without them."""
    path = sent(PLAN, "workbook")
    book = openpyxl.load_workbook(path)
    book["填报"]["B7"].comment = openpyxl.comments.Comment("这是总机", "苏晓萌")
    book["填报"]["B12"].comment = openpyxl.comments.Comment("不用改", "苏晓萌")
    book.save(tmp_path / "有批注.xlsx")
    back = marked(PLAN, tmp_path / "有批注.xlsx", tmp_path / "退回.xlsx")
    text = openpyxl.load_workbook(back)["填报"]["B7"].comment.text
    assert text.startswith(f"这是总机\n{NOTE}")
    marking(back, str(tmp_path / "无事.xlsx")).write(())
    clean = openpyxl.load_workbook(tmp_path / "无事.xlsx")["填报"]
    assert (clean["B7"].comment.text, clean["B12"].comment.text, clean["B8"].comment) == ("这是总机", "不用改", None)


def test_a_document_shows_its_faults(sent: Sent, tmp_path: Path) -> None:
    """This test ensures that a Word file has comment, shading and bookmark at each place, and links in front."""
    path = sent(PLAN, "docx")
    back = parts(marked(PLAN, path, tmp_path / "退回.docx"))
    body = etree.fromstring(back["word/document.xml"])
    places = {p.evidence for finding in checked(PLAN, path)[1] for p in finding.places if p.evidence}
    comments = etree.fromstring(back["word/comments1.xml"])
    assert len(comments) == len(places) == len(list(body.iter(f"{W}commentReference")))
    anchors = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    names = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    assert len(anchors) == len(places)
    assert anchors <= names
    shaded = [node for node in body.iter(f"{W}shd") if node.get(f"{W}fill") == "FFC7CE"]
    assert len(shaded) >= len(places)


def test_shading_of_the_senders_comes_back(sent: Sent, tmp_path: Path) -> None:
    """This test ensures that a cell which was grey is grey again when the marks are gone."""
    path, grey = tmp_path / "灰.docx", b'<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>'
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts(sent(ROSTER, "docx")).items():
            body = re.sub(rb"(<w:tcPr>.*?)(<w:vAlign)", rb"\1" + grey + rb"\2", content)
            package.writestr(name, body if name == "word/document.xml" else content)
    back = marked(ROSTER, path, tmp_path / "退回.docx")
    assert parts(back)["word/document.xml"].count(b'w:color="D9D9D9" w:fill="FF') > 0
    marking(back, str(tmp_path / "无事.docx")).write(())
    found, was = (parts(each)["word/document.xml"].count(b"D9D9D9") for each in (tmp_path / "无事.docx", path))
    assert found == was > 0


def test_a_page_that_is_not_closed_stays(sent: Sent, tmp_path: Path) -> None:
    """This test ensures that a front page without its end swallows nothing of what the sender wrote."""
    back = marked(ROSTER, sent(ROSTER, "docx"), tmp_path / "退回.docx")
    broken = tmp_path / "缺尾.docx"
    with zipfile.ZipFile(broken, "w") as package:
        for name, content in parts(back).items():
            package.writestr(name, content.replace(END.encode(), b""))
    assert read_paper(broken, ROSTER).data == read_paper(back, ROSTER).data


def test_libreoffice_keeps_the_marks(sent: Sent, tmp_path: Path) -> None:
    """This test ensures that LibreOffice opens marked files, has their comments, and saves them so that they read."""
    files = [marked(PLAN, sent(PLAN, kind), tmp_path / f"退回-{kind}{suffix}") for kind, suffix in OFFICE]
    (tmp_path / "out").mkdir()
    for file in files:
        saved = tmp_path / "out" / file.name
        kind = saved.suffix.removeprefix(".")
        saved.write_bytes(supervisor.convert(Job(file.read_bytes(), saved.suffix, kind)))
        text = b"".join(content for name, content in parts(saved).items() if "comments" in name).decode()
        assert text.count(NOTE) == _remarks(file)
        read, findings = checked(PLAN, saved)
        assert read.data == read_paper(file, PLAN).data
        assert {finding.rule for finding in findings} == {finding.rule for finding in checked(PLAN, file)[1]}


OFFICE = (("workbook", ".xlsx"), ("docx", ".docx"))


def _remarks(path: Path) -> int:
    """How many things are said of places."""
    return sum(len(each.places) for each in numbered(checked(PLAN, path)[1]))


def test_a_scan_gets_boxes_and_a_list(tmp_path: Path) -> None:
    """This test ensures that a picture comes back as a PDF with its list in front, which nobody takes for a paper."""
    from pypdf import PdfReader

    from greenforms.finding import Place, Severity
    from greenforms_extractors.model import PageOrigin

    scan = Path(__file__).parents[1] / "scans" / "sample" / "roster-clean.png"
    place = Place(scan.name, "/rows/0/name", "名称", "晴川", PageOrigin(1, (100.0, 200.0, 180.0, 220.0)))
    marking(scan, str(tmp_path / "退回.pdf")).write([Finding("x/y", Severity.FIX, "名称不对。", (place,), fix="改正")])
    pages = PdfReader(tmp_path / "退回.pdf").pages
    assert len(pages) == 2
    picture = pages[1].images[0].image.convert("RGB")
    red = [colour for _, colour in picture.getcolors(1 << 24) or () if _is_red(colour)]
    assert red
    with pytest.raises(InputError, match="标注后的图"):
        read_paper(tmp_path / "退回.pdf")


def _is_red(colour: object) -> bool:
    return all(abs(one - other) < 24 for one, other in zip(tuple(colour), (204, 36, 48), strict=True))  # type: ignore[arg-type]


def test_what_is_refused(sent: Sent, tmp_path: Path) -> None:
    """This test ensures that the sender's file is never overwritten, and no target of another kind is written."""
    path = tmp_path / "表.docx"
    shutil.copy(sent(ROSTER, "docx"), path)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="文件本身"):
        marking(path, str(path), force=True)
    with pytest.raises(UsageError, match=r"\.docx 结尾"):
        marking(path, str(tmp_path / "退回.pdf"))
    (tmp_path / "退回.docx").write_bytes(b"mine")
    with pytest.raises(UsageError, match="已经存在"):
        marking(path, str(tmp_path / "退回.docx"))
    assert path.read_bytes() == before
    assert (tmp_path / "退回.docx").read_bytes() == b"mine"


def test_strict_open_xml_is_refused(sent: Sent, tmp_path: Path) -> None:
    """This test ensures that a file of the strict kind, whose parts would be of two kinds, is not marked."""
    path = tmp_path / "严格.docx"
    old, new = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts(sent(ROSTER, "docx")).items():
            package.writestr(name, content.replace(old, new))
    with pytest.raises(InputError, match="Strict"):
        marking(path, str(tmp_path / "退回.docx")).write(())
