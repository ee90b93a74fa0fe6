"""What is read from old formats: every form, every value, and the results that were saved."""

from __future__ import annotations

import json
import struct
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from old_files import DATED, EXCEL_XML, OFFICE_PAGE, WORD_XML, aged, changed, notices, texts
from PIL import Image

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.render.paper import render
from greenforms_extractors.guard import inspect
from greenforms_extractors.reading import read
from papers import differences, example_forms, on_paper, without_file_names
from shipped import LIBRARY, load_form, read_paper, spread

VARIANTS = Path(__file__).resolve().parents[1] / "variants" / "cases"
FORMS = {stem: form for stem, form in example_forms().items() if stem in spread(example_forms(), 5)}
CASES = [(example, ".doc") for example in FORMS]
for known in LIBRARY.forms:
    first = Path(known.entry.example or "").stem
    old_kinds = (".wps", ".rtf", ".xls", ".et") if "xlsx" in known.entry.outputs else (".wps", ".rtf")
    CASES += [(first, suffix) for suffix in old_kinds if first in FORMS]


@pytest.fixture(scope="module")
def old_papers() -> dict[tuple[str, str], bytes]:
    """Every shipped example on its form, in every old format."""
    made: dict[tuple[str, str], bytes] = {}
    for example, old in CASES:
        kind = "xlsx" if old in (".xls", ".et") else "docx"
        twin = {".wps": ".doc", ".et": ".xls"}.get(old, "")
        if (example, twin) in made:
            made[example, old] = made[example, twin]
            continue
        data = datafile.load(str(examples_dir() / f"{example}.json"))
        made[example, old] = aged(render(load_form(FORMS[example]), data.data, kind, data.base), f".{kind}", old)
    return made


@pytest.mark.parametrize(("example", "suffix"), CASES)
def test_old_papers_give_their_data(
    example: str, suffix: str, old_papers: dict[tuple[str, str], bytes], tmp_path: Path
) -> None:
    """This test ensures that every form comes back from every old format whole, and the user knows how it was read."""
    path = tmp_path / f"收件{suffix}"
    path.write_bytes(old_papers[example, suffix])
    result = read_paper(path)
    assert result.form == FORMS[example]
    form, data = load_form(FORMS[example]), datafile.load(str(examples_dir() / f"{example}.json")).data
    assert differences(without_file_names(form, result.data), without_file_names(form, on_paper(form, data))) == []
    assert [finding.rule for finding in result.findings] == ["file/legacy"]
    assert "LibreOffice 转换后读取" in result.findings[0].message
    assert path.read_bytes() == old_papers[example, suffix]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


TRICKY = (
    "cultivation-plan/factory-auto-numbered",
    "cultivation-plan/factory-textbox-cover",
    "cultivation-plan/park-from-blank",
    "cultivation-roster/date-cells",
    "cultivation-roster/merged-with-blank-row",
    "cultivation-roster/merged-years",
    "cultivation-roster/numbered-rows",
    "cultivation-roster/title-lower-hidden-sheet",
    "recommendation-summary/ticks",
    "typical-experience/table-and-revisions",
)


@pytest.mark.parametrize("case", TRICKY)
def test_hand_made_papers_give_their_data(case: str, tmp_path: Path) -> None:
    """This test ensures that numbering, text boxes, ticks, merged cells, revisions and dates survive the conversion."""
    (paper,) = (VARIANTS / case).glob("paper.*")
    old = ".doc" if paper.suffix == ".docx" else ".xls"
    path = tmp_path / f"a{old}"
    path.write_bytes(aged(paper.read_bytes(), paper.suffix, old))
    expected = json.loads((VARIANTS / case / "expected.json").read_text("utf-8"), parse_float=Decimal)
    assert differences(read_paper(path).data, expected) == []


def test_numbers_of_a_sheet_keep_every_digit(tmp_path: Path) -> None:
    """This test ensures that figures, percentages, dates and codes say in .xls what they say in .xlsx."""
    workbook = openpyxl.Workbook()
    rows = [0.1, 0.1 + 0.2, 118230.56, 2.675, -1308.57, 1e-7, 123456789012345, "0123", "91350100M000100Y43", True]
    formats = ["General", "0.00", "0.0%", "#,##0.00", 'yyyy"年"m"月"d"日"', "000000", '#,##0"万元"', "@"]
    for row, value in enumerate(rows, 1):
        workbook.active.cell(row, 1, value)
    for row, form in enumerate(formats, 1):
        workbook.active.cell(row, 2, 45678.5).number_format = form
    workbook.save(tmp_path / "a.xlsx")
    (tmp_path / "a.xls").write_bytes(aged((tmp_path / "a.xlsx").read_bytes(), ".xlsx", ".xls"))
    new, old = (read(tmp_path / name).tables[0].cells for name in ("a.xlsx", "a.xls"))
    assert [(cell.text, cell.numeric, cell.origin) for cell in old] == [
        (cell.text, cell.numeric, cell.origin) for cell in new
    ]


def test_fields_keep_what_was_saved(tmp_path: Path) -> None:
    """This test ensures that a date field gives the day that was saved, not the day of reading."""
    (tmp_path / "a.rtf").write_bytes(DATED)
    assert texts(tmp_path / "a.rtf") == ["2022-5-12", "plan.doc", "part 2"]
    old = aged(DATED.replace(b"DATE", b"QUOTE"), ".rtf", ".doc")
    (tmp_path / "a.doc").write_bytes(as_date_field(old))
    assert texts(tmp_path / "a.doc")[0] == "2022-5-12"


def as_date_field(content: bytes) -> bytes:
    """A .doc whose first field, a QUOTE (MS-DOC 2.9.90: 0x23), is made a DATE (0x1F) in its list of fields."""
    assert content.count(b"\x13\x23") == 1
    return content.replace(b"\x13\x23", b"\x13\x1f")


def test_formulas_keep_what_was_saved(tmp_path: Path) -> None:
    """This test ensures that a formula gives the result that was saved, also where calculating would give another."""
    workbook = openpyxl.Workbook()
    workbook.active.append(["=1.25+1.5", '="a"&"b"', "=1>0", "=1/0", "=A1*2", '=""', "文字"])
    workbook.save(tmp_path / "a.xlsx")
    stale = aged((tmp_path / "a.xlsx").read_bytes(), ".xlsx", ".xls")
    for old, new in ((2.75, 7.0), (5.5, 99.5)):
        stale = changed(stale, struct.pack("<d", old), struct.pack("<d", new))
    stale = changed(stale, b"\x07\x02\x05\x00\x02\x00\x00ab", b"\x07\x02\x05\x00\x02\x00\x00xy")
    (tmp_path / "a.xls").write_bytes(stale)
    assert texts(tmp_path / "a.xls") == ["7", "xy", "TRUE", "#DIV/0!", "99.5", "文字"]


@pytest.mark.parametrize(
    ("name", "content", "kind", "said"),
    [
        ("a.doc", WORD_XML, "docx", ["企业名称", "2022-5-12", "8:05"]),
        ("a.xls", EXCEL_XML, "xlsx", ["0472-5178206", "7", "旧"]),
        ("b.xls", OFFICE_PAGE, "docx", ["组织机构代码", "0123456789012345678"]),
    ],
)
def test_one_file_formats(name: str, content: str, kind: str, said: list[str], tmp_path: Path) -> None:
    """This test ensures that Office 2003 XML and web pages called .doc or .xls say what was saved, to the digit."""
    path = tmp_path / name
    path.write_text(content, "utf-8")
    assert read(path).kind == kind
    assert [text for text in texts(path) if text] == said
    assert notices(path).keys() == {"legacy", "extension"}


def test_extensions(roster: Path, sheet: Path) -> None:
    """This test ensures that the content decides, and that Kingsoft's extensions are right for what they hold."""
    assert inspect(roster).kind == "doc"
    assert inspect(sheet).kind == "xls"
    for suffix in (".wps", ".dot"):
        assert inspect(roster.rename(roster.with_suffix(suffix))).notices == ()
        roster = roster.with_suffix(suffix)
    wrong = sheet.rename(sheet.with_suffix(".doc"))
    assert [notice.code for notice in inspect(wrong).notices] == ["extension"]


@pytest.mark.parametrize("name", ["JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF"])
def test_pictures_are_known(name: str, tmp_path: Path) -> None:
    """This test ensures that a picture is known by its content under any extension."""
    for suffix, codes in ((".png" if name == "PNG" else f".{name.lower()}", []), (".docx", ["extension"])):
        path = tmp_path / f"照片{suffix}"
        Image.new("RGB", (8, 8), "white").save(path, name)
        inspection = inspect(path)
        assert inspection.kind == "image"
        assert [notice.code for notice in inspection.notices] == codes
