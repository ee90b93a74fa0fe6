"""What clerks do to a workbook before they hand it in."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from greenforms.bundled import examples_dir
from greenforms.errors import InputError
from greenforms.finding import Severity
from greenforms.record import parse_json
from greenforms.workbook.reading import WorkbookData
from greenforms.workbook.signs import is_workbook
from greenforms.workbook.writing import make_workbook
from greenforms_extractors.model import SheetOrigin
from shipped import load_form, read_workbook

PLAN, ROSTER, SUMMARY = "nm-2024/cultivation-plan", "nm-2024/cultivation-roster", "he-2024/recommendation-summary"
ROW = {"year": 2024, "type": "绿色工厂", "region": "包头市", "name": "晴川公司", "level": "国家级"}
Reading = Callable[..., WorkbookData]


@pytest.fixture
def edited(tmp_path: Path) -> Reading:
    """Makes a workbook, lets the test edit it in openpyxl and reads it."""

    def run(form_id: str, edit: Callable[[Workbook], None], data: Any | None = None) -> WorkbookData:
        workbook = openpyxl.load_workbook(io.BytesIO(make_workbook(load_form(form_id), data)))
        edit(workbook)
        path = tmp_path / "填报.xlsx"
        workbook.save(path)
        return read_workbook(path)

    return run


def put(workbook: Workbook, name: str, value: Any, row: int = 0, number_format: str | None = None) -> str:
    """Write into a named cell or the given row of a named column, and say where."""
    sheet, reference = next(iter(workbook.defined_names[name].destinations))
    first = workbook[sheet][reference.replace("$", "").split(":")[0]]
    cell = workbook[sheet].cell(first.row + row, first.column, value)
    if number_format:
        cell.number_format = number_format
    return str(cell.coordinate)


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (0.1 + 0.2, None, Decimal("0.3")),
        (12.5, "0.00", Decimal("12.50")),
        (1234567.25, "#,##0.00", Decimal("1234567.25")),
        ("1,234.5", None, Decimal("1234.5")),
        ("\uff11\uff12.\uff15", None, Decimal("12.5")),
    ],
)
def test_number_as_shown(edited: Reading, value: Any, number_format: str | None, expected: Decimal) -> None:
    """This test ensures that a number is the one shown, without binary noise."""
    found = edited(PLAN, lambda book: put(book, "gf.park.planned_area", value, number_format=number_format) and None)
    assert str(found.data["park"]["planned_area"]) == str(expected)
    assert found.problems == ()


def test_percentage_as_shown(edited: Reading) -> None:
    """This test ensures that 12.5% typed into a cell, which stores 0.125, is read as 12.5."""
    found = edited(PLAN, lambda book: put(book, "gf.park.energy_decline", 0.125, number_format="0.0%") and None)
    assert found.data == {"park": {"energy_decline": Decimal("12.5")}}


def test_date_cell(edited: Reading) -> None:
    """This test ensures that a real date cell is a date."""
    day = datetime.date(2026, 3, 18)
    found = edited(PLAN, lambda book: put(book, "gf.date", day, number_format="yyyy/m/d") and None)
    assert found.data == {"date": "2026-03-18"}


@pytest.mark.parametrize("sign", ["/", "／", "—", "无", "不适用"])
def test_null_signs(edited: Reading, sign: str) -> None:
    """This test ensures that the signs for 不适用 give null where null may stand."""
    found = edited(PLAN, lambda book: put(book, "gf.enterprise.fax", sign) and None)
    assert found.data == {"enterprise": {"fax": None}}


def test_unreadable_number(edited: Reading) -> None:
    """This test ensures that a doubtful number is left out and reported with sheet and cell."""
    places: list[str] = []
    found = edited(PLAN, lambda book: places.append(put(book, "gf.park.planned_area", "约12")))
    (finding,) = found.problems
    assert found.data == {"park": {}}
    assert (finding.rule, finding.severity) == ("read/number", Severity.FIX)
    assert finding.places[0].evidence == SheetOrigin("填报", places[0])
    assert finding.places[0].path == "/park/planned_area"
    assert "约12" in finding.message


def test_blank_rows_between(edited: Reading) -> None:
    """This test ensures that blank rows are skipped and pointers count what is read."""

    def edit(book: Workbook) -> None:
        for row, year in ((0, 2024), (3, "二〇二五"), (5, "明年")):
            put(book, "gf.rows.year", year, row)

    found = edited(ROSTER, edit)
    assert found.data == {"rows": [{"year": 2024}, {"year": 2025}, {}]}
    assert [place.path for finding in found.problems for place in finding.places] == ["/rows/2/year"]


def test_rows_below_the_named_range(edited: Reading) -> None:
    """This test ensures that rows pasted below the prepared ones are read."""
    found = edited(SUMMARY, lambda book: put(book, "gf.factories.name", "甲厂", 900) and None)
    assert found.data["factories"] == [{"name": "甲厂"}]


def test_row_inserted_under_the_heading(edited: Reading) -> None:
    """This test ensures that a row inserted above the first is read, though the columns' names begin below it."""

    def edit(book: Workbook) -> None:
        for name, defined in list(book.defined_names.items()):
            if name.startswith("gf.rows."):
                book.defined_names[name] = DefinedName(name, attr_text=defined.attr_text.replace("$4:", "$5:"))
        sheet = book["培育名单"]
        sheet["A5"], sheet["A4"] = 2024, 2023

    assert edited(ROSTER, edit).data == {"rows": [{"year": 2023}, {"year": 2024}]}


def test_a_name_without_its_label_is_not_believed(edited: Reading) -> None:
    """This test ensures that the label says where a field is, and that what stands at a name gone astray is told."""

    def edit(book: Workbook) -> None:
        book.defined_names["gf.unit"] = DefinedName("gf.unit", attr_text="填报!$H$90")
        book["填报"]["H90"] = "晴川公司"

    found = edited(PLAN, edit)
    assert found.data == {}
    assert [(each.rule, each.places[0].evidence) for each in found.problems] == [
        ("read/unread", SheetOrigin("填报", "H90"))
    ]


def test_the_label_wins(edited: Reading) -> None:
    """This test ensures that a value stands beside its label, whatever the names say, and that this is said once."""

    def edit(book: Workbook) -> None:
        names = book.defined_names
        unit, contact = names["gf.unit"].attr_text, names["gf.contact.name"].attr_text
        put(book, "gf.unit", "晴川公司")
        put(book, "gf.contact.name", "苏晓萌")
        names["gf.unit"] = DefinedName("gf.unit", attr_text=contact)
        names["gf.contact.name"] = DefinedName("gf.contact.name", attr_text=unit)

    found = edited(PLAN, edit)
    assert found.data == {"unit": "晴川公司", "contact": {"name": "苏晓萌"}}
    (finding,) = found.problems
    assert finding.rule == "workbook/by-label"
    assert [place.label for place in finding.places] == ["单位（盖章）", "联 系 人"]


def test_lost_label(edited: Reading) -> None:
    """This test ensures that a deleted row is said to be missing, and the rest is read."""

    def edit(book: Workbook) -> None:
        place = put(book, "gf.unit", None)
        put(book, "gf.contact.name", "苏晓萌")
        book["填报"][place.replace("B", "A")] = None
        book.defined_names["gf.unit"] = DefinedName("gf.unit", attr_text="填报!#REF!")

    found = edited(PLAN, edit)
    assert found.data == {"contact": {"name": "苏晓萌"}}
    assert [(each.rule, "单位（盖章）" in each.message) for each in found.problems] == [("workbook/lost-cells", True)]


def test_label_with_a_remark(edited: Reading) -> None:
    """This test ensures that a label somebody added to is known by the name beside it."""

    def edit(book: Workbook) -> None:
        place = put(book, "gf.unit", "晴川公司")
        book["填报"][place.replace("B", "A")] = "单位（盖章）（写全称）"

    found = edited(PLAN, edit)
    assert (found.data, found.problems) == ({"unit": "晴川公司"}, ())


def copied(book: Workbook) -> Worksheet:
    """A copy of the list with a name of its own, as Excel makes it."""
    copy = book.copy_worksheet(book["培育名单"])
    copy.defined_names["gf.rows.name"] = DefinedName("gf.rows.name", attr_text=f"'{copy.title}'!$D$4:$D$9")
    return copy


def test_copied_sheet(edited: Reading) -> None:
    """This test ensures that a copy that says the same changes nothing."""
    found = edited(ROSTER, lambda book: copied(book) and None, {"rows": [ROW]})
    assert (found.data, found.problems) == ({"rows": [ROW]}, ())


def test_copied_and_changed_sheet(edited: Reading) -> None:
    """This test ensures that of two copies that differ neither is believed, and that both are named."""

    def edit(book: Workbook) -> None:
        copied(book)["D4"] = "另一公司"

    found = edited(ROSTER, edit, {"rows": [ROW]})
    assert found.data == {}
    (finding,) = found.problems
    assert (finding.rule, finding.severity) == ("workbook/copied-cells", Severity.FIX)
    assert "培育名单" in finding.message
    assert "培育名单 Copy" in finding.message


def test_blank_left_beside_a_filled_copy(edited: Reading) -> None:
    """This test ensures that the filled one of two sheets is read."""

    def edit(book: Workbook) -> None:
        copied(book)
        for cell in book["培育名单"][4]:
            cell.value = None

    assert edited(ROSTER, edit, {"rows": [ROW]}).data == {"rows": [ROW]}


@pytest.mark.parametrize(
    "line", [["填表人：王某", None, "联系电话：0471-4901234"], ["合计", None, "1 家"], ["注：以上名单已公示。"]]
)
def test_lines_below_a_list(edited: Reading, line: list[str | None]) -> None:
    """This test ensures that totals, notes and closing lines are no entries, and are told as unread."""

    def edit(book: Workbook) -> None:
        for column, text in enumerate(line, 1):
            book["培育名单"].cell(5, column).value = text

    found = edited(ROSTER, edit, {"rows": [ROW]})
    assert found.data == {"rows": [ROW]}
    (finding,) = found.problems
    assert finding.rule == "read/unread"
    assert [place.value for place in finding.places] == [text for text in line if text]


def test_cells_merged_down_a_list(edited: Reading) -> None:
    """This test ensures that a cell merged over rows of the same value speaks for each of them."""
    rows = [ROW, ROW | {"name": "乙公司"}, ROW | {"name": "丙公司"}]
    found = edited(ROSTER, lambda book: book["培育名单"].merge_cells("C4:C6"), {"rows": rows})
    assert (found.data, found.problems) == ({"rows": rows}, ())


def test_text_beside_the_columns(edited: Reading) -> None:
    """This test ensures that what stands in a column the form does not have is not dropped without a word."""

    def edit(book: Workbook) -> None:
        book["培育名单"]["G4"] = "已公示"

    found = edited(ROSTER, edit, {"rows": [ROW]})
    assert found.data == {"rows": [ROW]}
    assert [(each.rule, each.places[0].evidence) for each in found.problems] == [
        ("read/unread", SheetOrigin("培育名单", "G4"))
    ]


def test_pictures_of_one_highlight_on_several_rows(edited: Reading) -> None:
    """This test ensures that rows with nothing but a picture belong to the entry above."""
    data = parse_json((examples_dir() / "typical-experience-factory.json").read_text("utf-8"))
    data["highlights"][0]["pictures"].append({"file": "二.png", "caption": "图　二"})
    found = edited("he-2024/typical-experience", lambda book: None, data)
    assert found.data == data


def test_empty_list_that_the_form_allows(edited: Reading) -> None:
    """This test ensures that a required list left blank in a workbook otherwise filled is an empty list."""
    found = edited(SUMMARY, lambda book: put(book, "gf.recommender", "石家庄市工业和信息化局") and None)
    assert found.data["parks"] == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7"])
def test_other_files_are_no_workbooks(tmp_path: Path, content: bytes) -> None:
    """This test ensures that the quick check answers no for anything else."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert not is_workbook(path)
    assert not is_workbook(tmp_path / "none.xlsx")


def test_ordinary_sheet_is_refused(tmp_path: Path) -> None:
    """This test ensures that an xlsx that is no workbook of ours is refused with a remedy."""
    path = tmp_path / "名单.xlsx"
    Workbook().save(path)
    assert not is_workbook(path)
    with pytest.raises(InputError, match="blank --workbook"):
        read_workbook(path)


def test_later_version_is_refused(edited: Reading) -> None:
    """This test ensures that the layout of a later program is not guessed at."""

    def edit(book: Workbook) -> None:
        book["_greenforms"]["B3"] = "99"

    with pytest.raises(InputError, match="较新版本"):
        edited(PLAN, edit)


def test_what_a_program_left_is_no_value(edited: Reading) -> None:
    """this test ensures that empty values and tags of programs are not filled in, and that each is pointed out"""

    def edit(workbook: Workbook) -> None:
        put(workbook, "gf.enterprise.legal_representative", "{{ name }}")
        put(workbook, "gf.enterprise.address", "None")
        put(workbook, "gf.enterprise.name", "____晴川公司____")

    found = edited(PLAN, edit)
    assert found.data["enterprise"] == {"name": "晴川公司"}
    told = [finding.message for finding in found.problems if finding.severity is Severity.FIX]
    assert sum("按未填处理" in message for message in told) == 2


def test_ditto_in_a_list(edited: Reading) -> None:
    """this test ensures that 同上 takes the value of the row before, which is said, and none where there is no row"""

    def edit(workbook: Workbook) -> None:
        for name, value in (("region", "同上"), ("type", "〃"), ("name", "乙公司")):
            put(workbook, f"gf.rows.{name}", value, row=1)
        put(workbook, "gf.rows.level", "同上")

    found = edited(ROSTER, edit, {"rows": [{key: ROW[key] for key in ROW if key != "level"}]})
    assert found.data["rows"][1] == {"region": "包头市", "type": "绿色工厂", "name": "乙公司"}
    assert "level" not in found.data["rows"][0]
    told = [finding.message for finding in found.problems]
    assert sum("已按上一行读作" in message for message in told) == 2
    assert sum("上面没有可以照抄的内容" in message for message in told) == 1
