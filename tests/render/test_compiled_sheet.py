"""What compiled sheets print is what openpyxl prints from the same template: cells, styles, names and all around."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from greenforms.codec.printable import show_controls
from greenforms.errors import FormPackageError, InputError
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.record import Record, read_record
from greenforms.render.by_openpyxl import filled_by_openpyxl
from greenforms.render.compiled_sheet import CompiledSheet, compiled_sheet
from greenforms.render.paper import render, render_blank
from greenforms.render.sheet import sheet_not_compiled
from papers import example, example_forms
from shipped import few_editions, few_forms, form_ids, load_form
from strategies.datasets import DataSets
from strategies.forms import forms, write_package
from telling import of_telling

#: One form of each layout that has a sheet, and the examples of the layout.
FORMS = {load_form(form).layout: form for form in reversed(form_ids()) if "xlsx" in load_form(form).templates}
EXAMPLES = [(load_form(form).layout, name) for name, form in example_forms().items()]
#: How exactly heights are compared, in points.
EXACT = 6


def described(content: bytes) -> dict[str, Any]:
    """What a program that opens a workbook finds in it, by place."""
    book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
    found: dict[str, Any] = {f"name {name}": each.attr_text for name, each in book.defined_names.items()}
    for sheet in book.worksheets:
        found |= {f"{sheet.title} {place}": what for place, what in sheet_described(sheet)}
    return found


def sheet_described(sheet: Worksheet) -> Iterator[tuple[str, Any]]:
    """What it finds in a sheet."""
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        yield cell.coordinate, cell_described(cell)
    for number, row in sheet.row_dimensions.items():
        if row.height is not None or row.hidden:
            yield f"row {number}", (round(row.height or 0, EXACT), row.hidden)
    for name, column in sheet.column_dimensions.items():
        yield f"column {name}", (column.width, column.hidden)
    yield "merges", sorted(str(area) for area in sheet.merged_cells.ranges)
    yield "titles", (sheet.print_title_rows, sheet.print_title_cols, sheet.print_area)
    for each in (sheet.page_setup, sheet.page_margins, sheet.print_options, sheet.HeaderFooter, sheet.views):
        yield each.tagname, xml(each)
    for each in (sheet.sheet_properties, sheet.protection, sheet.sheet_format):
        yield each.tagname, xml(each)
    yield "validations", [xml(each) for each in sheet.data_validations.dataValidation]
    yield "breaks", [each.id for each in sheet.row_breaks.brk]
    yield "size", sheet.dimensions


def xml(part: Any) -> bytes:
    """A setting of openpyxl as it is written."""
    return etree.tostring(part.to_tree(part.tagname), method="c14n")


def cell_described(cell: Any) -> tuple[Any, ...]:
    """A cell: what it says, of what kind, in which style. Numbers are compared as far as Excel keeps them."""
    value = Decimal(f"{cell.value:.15g}") if cell.data_type == "n" and cell.value is not None else cell.value
    value, kind = (None, "") if value in (None, "") else (value, cell.data_type)
    if not cell.has_style:
        return value, kind
    parts = cell.font, cell.border, cell.fill, cell.alignment, cell.protection
    return value, kind, cell.number_format, *map(xml, parts)


def assert_alike(form: Form, data: Any, record: Record | None) -> None:
    compiled = compiled_sheet(form)
    assert isinstance(compiled, CompiledSheet), compiled
    ours = described(compiled.fill(data, record))
    theirs = described(filled_by_openpyxl(form, data, blank=record is None))
    different = [place for place in ours.keys() | theirs.keys() if ours.get(place) != theirs.get(place)]
    assert {place: (ours.get(place), theirs.get(place)) for place in sorted(different)} == {}


def record_of(form: Form, data: Any) -> Record:
    return Record(form.id, form.edition.id, data)


@pytest.mark.parametrize("form_id", of_telling(FORMS.values()))
@settings(max_examples=1, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(draw=st.data())
def test_compiled_sheets(form_id: str, draw: st.DataObject) -> None:
    """This test ensures that examples, drawn data and the blank are printed alike by both."""
    form = load_form(form_id)
    for layout, name in EXAMPLES:
        if layout == form.layout:
            assert_alike(form, example(name), record_of(form, example(name)))
    data = draw.draw(DataSets(form).draw())
    assert_alike(form, data, record_of(form, data))
    assert_alike(form, None, None)


def test_random_sheets(tmp_path: Path) -> None:
    """This test ensures that lists in lists, items of several rows and sections are printed alike by both."""
    drawn = list(forms(8, 8))
    write_package(tmp_path, drawn)
    library = Library(few_forms(), tmp_path)
    for each in drawn:
        form = library.form(each.id)
        try:
            compiled_sheet(form)
        except FormPackageError:
            continue
        data = each.data(random.Random(each.seed))  # noqa: S311 - chance for tests
        assert_alike(form, data, record_of(form, data))
        assert_alike(form, None, None)


ROSTER = "nm-2024/cultivation-roster"


def official(folder: Path) -> Library:
    """The forms, with all on a sheet that authorities put there: the list is in row 5, between its statements."""
    few_editions(folder, ("nm-2024",))
    path = folder / "templates/cultivation-roster.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    words = book.create_sheet("词表")
    words["A1"], words.sheet_state = "国家级", "hidden"
    sheet["A7"] = CellRichText("填报说明见", TextBlock(InlineFont(b=True), "通知"))
    sheet["A7"].hyperlink = "https://www.example.org/"
    for area, formula in (("F5", "词表!$A$1:$A$3"), ("A2 B5:B6", '"2025,2026"')):
        sheet.add_data_validation(DataValidation(type="list", formula1=formula, sqref=area))
    sheet.conditional_formatting.add("D5:F5", FormulaRule(formula=['$F5="国家级"'], font=Font(b=True)))
    sheet.conditional_formatting.add("A4:F4", FormulaRule(formula=["TRUE"], font=Font(b=True)))
    sheet.row_breaks.append(Break(id=5))
    sheet.merge_cells("F3:F4")
    sheet.auto_filter.ref = "A3:F5"
    sheet.print_area = "A1:F7"
    sheet.protection.sheet = True
    sheet.row_dimensions[7].hidden = True
    sheet["A1"].comment = Comment("按地区排列", "省厅")
    book.defined_names["企业"] = DefinedName("企业", attr_text="'培育名单库表'!$E$5")
    book.defined_names["开头"] = DefinedName("开头", attr_text="'培育名单库表'!$A$4")
    book.save(path)
    rewrite(path, "xl/worksheets/sheet1.xml", "</worksheet>", f"<extLst><ext {EXTENSION}</ext></extLst></worksheet>")
    return Library(folder)


#: A drop-down as Excel 2010 writes it, for the cells of a column.
EXTENSION = (
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}">'
    '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
    '<x14:dataValidation type="list"><x14:formula1><xm:f>词表!$A$1</xm:f></x14:formula1>'
    "<xm:sqref>C5</xm:sqref></x14:dataValidation></x14:dataValidations>"
)


def rewrite(path: Path, part: str, old: str, new: str) -> None:
    """Change a part of a package."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = parts[part].decode().replace(old, new, 1).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


@pytest.mark.filterwarnings("ignore:Data Validation extension")
def test_everything_of_the_official_sheet_is_kept(tmp_path: Path) -> None:
    """This test ensures that what belongs to rows goes with them, and all else of the sheet stays as it was."""
    form = official(tmp_path).form(ROSTER)
    data = example("cultivation-roster")
    rows = len(data["rows"])
    content = render(form, data, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
    sheet = book.worksheets[0]
    last = 3 + rows
    assert (rows, sheet_not_compiled(form)) == (12, "")
    assert {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation} == {
        f"F4:F{last}": "词表!$A$1:$A$3",
        f"A2 B4:B{last}": '"2025,2026"',
    }
    formats = {str(area.sqref): area.rules[0].formula for area in sheet.conditional_formatting}
    assert formats == {f"D4:F{last}": ['$F4="国家级"']}
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A2:F2"]
    assert [each.id for each in sheet.row_breaks.brk] == [last]
    assert (sheet.auto_filter.ref, sheet.print_area) == (f"A3:F{last}", f"'培育名单库表'!$A$1:$F${last + 1}")
    note = sheet[f"A{last + 1}"]
    assert (str(note.value), note.value[1].font.b) == ("填报说明见通知", True)
    assert (note.hyperlink.target, note.hyperlink.ref) == ("https://www.example.org/", note.coordinate)
    assert sheet.row_dimensions[last + 1].hidden
    assert (sheet.protection.sheet, book["词表"].sheet_state, book["词表"]["A1"].value) == (True, "hidden", "国家级")
    assert sheet["A1"].comment.text == "按地区排列"
    assert book.defined_names["企业"].attr_text == f"'培育名单库表'!$E$4:$E${last}"
    assert "开头" not in book.defined_names
    assert f"<xm:sqref>C4:C{last}</xm:sqref>" in parts(content)["xl/worksheets/sheet1.xml"].decode()


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def with_formula(sheet: Worksheet) -> None:
    sheet["A7"] = "=COUNTA(E5:E5)"


def with_moving_cell(sheet: Worksheet) -> None:
    sheet.add_data_validation(DataValidation(type="list", formula1="$A$7:$A$8", sqref="C5"))


def with_comment(sheet: Worksheet) -> None:
    sheet["A7"].comment = Comment("按地区排列", "省厅")


def with_table(sheet: Worksheet) -> None:
    sheet.add_table(Table(displayName="名单", ref="A3:F5"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (with_formula, "工作表“培育名单库表”里有公式"),
        (with_moving_cell, "工作表“培育名单库表”的数据有效性或条件格式引用了会移动的单元格 $A$7"),
        (with_comment, "工作表“培育名单库表”在清单处或清单下面有批注"),
        (with_table, "工作表“培育名单库表”在清单处或清单下面有“表格”（套用了表格格式的区域）"),
    ],
)
def test_left_to_openpyxl(change: Callable[[Worksheet], None], reason: str, tmp_path: Path) -> None:
    """This test ensures that what the compiler does not take is printed all the same, and that it is said why."""
    few_editions(tmp_path, ("nm-2024",))
    path = tmp_path / "templates/cultivation-roster.xlsx"
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    form = Library(tmp_path).form(ROSTER)
    assert sheet_not_compiled(form) == reason
    data = example("cultivation-roster")
    printed = render(form, data, "xlsx")
    assert data["rows"][0]["name"] in {each[0] for each in described(printed).values() if isinstance(each, tuple)}
    assert read_record(parts(printed)) == record_of(form, data)


def test_values_are_no_markup() -> None:
    """This test ensures that markup, formulas, escapes and signs that no XML holds are printed as they were given."""
    form = load_form(ROSTER)
    names = ["<v>1</v>&amp;]]>", "=1+1", "_x000D_", "甲\x0b乙\ufffe\x85", "{{ form.title }}", " 前后有空格 ", "+86"]
    row = example("cultivation-roster")["rows"][0]
    data = {"rows": [{**row, "name": name} for name in names]}
    assert_alike(form, data, record_of(form, data))
    sheet = openpyxl.load_workbook(io.BytesIO(render(form, data, "xlsx"))).worksheets[0]
    shown = [show_controls(name).replace("_x000D_", "_x005F_x000D_") for name in names]
    assert [(cell.value, cell.data_type) for cell in sheet["E"][3 : 3 + len(names)]] == [(text, "s") for text in shown]


def test_too_long_for_a_cell() -> None:
    """This test ensures that a text that no cell holds is refused, not cut off."""
    form = load_form(ROSTER)
    row = example("cultivation-roster")["rows"][0]
    with pytest.raises(InputError, match="有 40,000 个字，Excel 的一个单元格最多放 32,767 个字"):
        render(form, {"rows": [{**row, "name": "长" * 40_000}]}, "xlsx")


def test_same_bytes() -> None:
    """This test ensures that nothing but the data decides the bytes, whatever was printed before."""
    form = load_form("hb-2025/performance-summary")
    data = example("performance-summary")
    printed = render(form, data, "xlsx")
    changed = {**data, "rows": [{**row, "energy": Decimal("0.1234567")} for row in data["rows"]]}
    assert render(form, changed, "xlsx") != printed
    compiled_sheet.cache_clear()
    assert render(form, data, "xlsx") == printed
    assert render_blank(form, "xlsx") == render_blank(form, "xlsx")
