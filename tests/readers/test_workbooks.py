"""What the workbook reader makes of sheets, numbers, merges and names."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from greenforms_extractors.model import Cell, Document, SheetOrigin
from greenforms_extractors.reading import read
from greenforms_extractors.sheet.cells import position, reference
from greenforms_extractors.sheet.number_format import shown


@pytest.fixture
def book() -> openpyxl.Workbook:
    return openpyxl.Workbook()


@pytest.fixture
def sheet(book: openpyxl.Workbook) -> Worksheet:
    active = book.active
    assert isinstance(active, Worksheet)
    active.title = "名单库表"
    return active


def reread(book: openpyxl.Workbook, tmp_path: Path) -> Document:
    book.save(tmp_path / "a.xlsx")
    return read(tmp_path / "a.xlsx")


def cells(document: Document, table: int = 0) -> dict[str, Cell]:
    found = {}
    for cell in document.tables[table].cells:
        assert isinstance(cell.origin, SheetOrigin)
        found[cell.origin.cell] = cell
    return found


def notices(document: Document) -> dict[str, str]:
    return {notice.code: notice.message for notice in document.notices}


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("0.125", "0.0%", "12.5%"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("-1234.5", "#,##0.00;(#,##0.00)", "-1,234.50"),
        ("0", '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "0.00"),
        ("12", '0"吨"', "12吨"),
        ("5", "000", "005"),
        ("0.5", "0.##", "0.5"),
        ("2.675", "0.00", "2.68"),
        ("0.10000000000000001", "General", "0.1"),
        ("98.099999999999994", "0.0##############", "98.1"),
        ("1E-7", "General", "0.0000001"),
        ("13800138000", "General", "13800138000"),
        ("1.5", "# ?/?", "1.5"),
        ("12345", '0!.0,"万"', "12345"),
        ("1234567", "#,##0,", "1234567"),
        ("44693", "yyyy/m/d", "2022-05-12"),
        ("44693", '[$-804]yyyy"年"m"月"d"日";@', "2022-05-12"),
        ("44693", 'yyyy"年"m"月"', "2022-05"),
        ("44693.5", "yyyy", "2022"),
        ("44693.354166667", "yyyy-mm-dd h:mm", "2022-05-12 08:30"),
        ("0.35", "h:mm", "08:24"),
    ],
)
def test_number_formats(stored: str, code: str, text: str) -> None:
    """A stored number is shown as its cell shows it, and as itself where the format is not understood."""
    assert shown(Decimal(stored), code) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=1))
def test_general_keeps_the_number(stored: Decimal) -> None:
    """Without a format the printed text is the number."""
    assert Decimal(shown(stored, "General")) == stored


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(9999, 12, 31)))
def test_dates(day: date) -> None:
    """Each day number gives its date, in both date systems."""
    number = (day - date(1899, 12, 30)).days
    assert shown(Decimal(number), "yyyy-mm-dd") == day.isoformat()
    if day >= date(1904, 1, 1):
        assert shown(Decimal(number - 1462), "yyyy-mm-dd", base_1904=True) == day.isoformat()


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_references(row: int, column: int) -> None:
    """A cell's name and its position say the same."""
    assert position(reference(row, column)) == (row, column)


def test_values(book: openpyxl.Workbook, sheet: Worksheet, tmp_path: Path) -> None:
    """Text, numbers, dates and truth values are read as shown, numbers marked as such."""
    sheet.append(["企业名称", 12.5, datetime(2022, 5, 12), True, None, " 前后 "])
    sheet["A2"] = "第一行\n第二行_x005F_x000D_"
    found = cells(reread(book, tmp_path))
    assert {place: cell.text for place, cell in found.items()} == {
        "A1": "企业名称", "B1": "12.5", "C1": "2022-05-12", "D1": "TRUE", "F1": " 前后 ", "A2": "第一行\n第二行_x000D_",
    }  # fmt: skip
    assert {place for place, cell in found.items() if cell.numeric} == {"B1", "C1"}
    assert found["F1"].origin == SheetOrigin("名单库表", "F1")


def test_line_break_escape(book: openpyxl.Workbook, sheet: Worksheet, tmp_path: Path) -> None:
    """An escaped carriage return is a line break, not seven signs."""
    sheet["A1"] = "一_x000D_\n二"
    assert cells(reread(book, tmp_path))["A1"].text == "一\n二"


def test_merged_cells(book: openpyxl.Workbook, sheet: Worksheet, tmp_path: Path) -> None:
    """A merged range is one cell, also when it is empty; empty single cells are none."""
    sheet["A1"] = "标题"
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B2:C3")
    sheet["A2"] = "标签"
    document = reread(book, tmp_path)
    spans = [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in document.tables[0].cells]
    assert spans == [(0, 0, 1, 4, "标题"), (1, 0, 1, 1, "标签"), (1, 1, 2, 2, "")]
    assert (document.tables[0].rows, document.tables[0].columns) == (3, 4)


def test_merge_over_the_whole_row(book: openpyxl.Workbook, sheet: Worksheet, tmp_path: Path) -> None:
    """A title merged over all 16384 columns spans the columns in use."""
    sheet["A1"] = "标题"
    sheet.append(["甲", "乙", "丙"])
    sheet.merge_cells("A1:XFD1")
    document = reread(book, tmp_path)
    assert document.tables[0].columns == 3
    assert cells(document)["A1"].columns == 3


def test_styled_empty_cells_cost_nothing(book: openpyxl.Workbook, sheet: Worksheet, tmp_path: Path) -> None:
    """Cells that have only a border do not make a sheet wide."""
    sheet["A1"] = "甲"
    sheet["XFD1"].number_format = "0.00"
    assert reread(book, tmp_path).tables[0].columns == 1


def test_formulas(book: openpyxl.Workbook, sheet: Worksheet, tmp_path: Path) -> None:
    """A formula without a stored result is noticed and named."""
    sheet["B2"] = "=1+1"
    document = reread(book, tmp_path)
    assert cells(document)["B2"].text == ""
    assert "名单库表!B2" in notices(document)["no-cached-value"]


def test_cached_result(book: openpyxl.Workbook, sheet: Worksheet, tmp_path: Path) -> None:
    """A formula with a stored result gives the result, an error value is noticed."""
    sheet["A1"], sheet["A2"] = "=1+1", "=1/0"
    book.save(tmp_path / "a.xlsx")
    path = changed(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    changed(
        path, "xl/worksheets/sheet1.xml", b'<c r="A2"><f>1/0</f><v></v>', b'<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v>'
    )
    document = read(path)
    assert [cell.text for cell in document.tables[0].cells] == ["2", "#DIV/0!"]
    assert list(notices(document)) == ["error-value"]


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Rewrite one part of a package."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert old in files[part]
    files[part] = files[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_hidden_parts(book: openpyxl.Workbook, sheet: Worksheet, tmp_path: Path) -> None:
    """Hidden sheets are not read, hidden rows and columns are, and each is named."""
    sheet.append(["甲", "乙"])
    sheet.append(["丙"])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["Z"].hidden = True
    hidden = book.create_sheet("代码表")
    hidden["A1"] = "x"
    hidden.sheet_state = "veryHidden"
    document = reread(book, tmp_path)
    assert [cell.text for cell in document.tables[0].cells] == ["甲", "乙", "丙"]
    assert len(document.tables) == 1
    found = notices(document)
    assert "代码表" in found["hidden-sheet"]
    assert "第 2 行" in found["hidden-rows"]
    assert "B 列" in found["hidden-columns"]
    assert "Z" not in found["hidden-columns"]


def test_lost_digits(book: openpyxl.Workbook, sheet: Worksheet, tmp_path: Path) -> None:
    """A long code typed as a number has lost digits, which is said."""
    sheet["A1"] = 123456789012345678
    assert "名单库表!A1" in notices(reread(book, tmp_path))["lost-digits"]


def test_names(book: openpyxl.Workbook, sheet: Worksheet, tmp_path: Path) -> None:
    """Names beginning with gf. give a control per cell, with the offset where they mean several cells."""
    sheet.append(["标题", None, "甲"])
    sheet.append([None, None, None])
    sheet.append([None, None, "乙"])
    sheet.merge_cells("A1:B2")
    for name, target in {
        "gf.rows.name": "名单库表!$C$1:$C$9",
        "gf.title": "'名单库表'!$A$1:$B$2",
        "gf.one": "名单库表!$C$3",
        "gf.lost": "名单库表!#REF!",
        "other": "名单库表!$C$3",
    }.items():
        book.defined_names[name] = DefinedName(name, attr_text=target)
    document = reread(book, tmp_path)
    found = [(control.tag, control.text) for control in document.controls]
    assert found == [
        ("gf.rows.name[0]", "甲"), ("gf.rows.name[1]", ""), ("gf.rows.name[2]", "乙"),
        ("gf.title", "标题"), ("gf.one", "乙"),
    ]  # fmt: skip
    assert document.controls[2].origin == SheetOrigin("名单库表", "C3")
    assert "gf.lost" in notices(document)["broken-name"]


def test_custom_xml(book: openpyxl.Workbook, sheet: Worksheet, tmp_path: Path) -> None:
    """Custom XML parts of a workbook are attachments."""
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as archive:
        archive.writestr("customXml/item1.xml", "<a/>")
    assert read(tmp_path / "a.xlsx").attachments == {"customXml/item1.xml": b"<a/>"}
