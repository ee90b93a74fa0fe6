"""The first sheet: which form this is and how to fill it in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from greenforms.form.form import Form
from greenforms.workbook.look import Look, height_of
from greenforms.workbook.parts import ENTRY_SHEET, Plan

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (16, 92)
_GRADES = {"B": "版式部分依据原件", "C": "版式为重新整理，未见原件"}


def write_guide(worksheet: Worksheet, look: Look, form: Form, plan: Plan) -> None:
    """Fill the sheet."""
    for column, width in enumerate(_WIDTHS):
        worksheet.set_column(column, column, width)
    worksheet.hide_gridlines(2)
    worksheet.set_row(0, 40)
    worksheet.merge_range(0, 0, 0, 1, _title(form), look.style("title"))
    row = 1
    for row, (subject, text) in enumerate(_lines(form, plan), 1):
        worksheet.set_row(row, height_of(text, _WIDTHS[1], 24))
        worksheet.write_string(row, 0, subject, look.style("subject"))
        worksheet.write_string(row, 1, text, look.style("text"))
    names = [*([ENTRY_SHEET] if plan.fields else []), *(sheet.name for sheet in plan.sheets)]
    for number, name in enumerate(names):
        worksheet.set_row(row + 1 + number, 20)
        worksheet.write_string(row + 1 + number, 0, "" if number else "工作表", look.style("subject"))
        worksheet.write_url(row + 1 + number, 1, f"internal:'{name}'!A1", look.style("link"), name)
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)


def guide_texts(form: Form, plan: Plan) -> Iterator[str]:
    """All that the sheet says."""
    yield from (_title(form), "工作表", *(sheet.name for sheet in plan.sheets), ENTRY_SHEET)
    yield from (text for line in _lines(form, plan) for text in line)


def _title(form: Form) -> str:
    return f"{form.title}　填报工作簿"


def _lines(form: Form, plan: Plan) -> Iterator[tuple[str, str]]:
    """Subject and text of each line."""
    entry, edition = form.entry, form.edition
    yield "表单", f"{form.title}（{entry.annex}）"
    yield "版本", edition.title
    yield "依据", f"《{edition.document_title(entry.document)}》"
    yield "主管部门", edition.authority
    yield "填报单位", entry.filled_by
    yield "报送", entry.received_by
    if entry.grade != "A":
        yield "版式说明", f"{_GRADES.get(entry.grade, '')}。{entry.grade_note}"
    yield from _how_to(plan)


def _how_to(plan: Plan) -> Iterator[tuple[str, str]]:
    single = f"“{ENTRY_SHEET}”表填“填写内容”一栏。" if plan.fields else ""
    arrays = "各名单、清单在各自的工作表中填写，每条一行，从标题下第一行填起。" if plan.sheets else ""
    yield "怎样填", f"{single}{arrays}只填浅黄色的格子；选中格子会显示填写要求。"
    yield "", "标“必填”或 * 的必须填写；有下拉列表的从列表中选。数字只写数，单位已印在旁边。"
    yield "", "可以插入、删除、移动整行整列，可以把内容贴到别的工作簿；请保留栏目名称和名单的标题行。"
    yield "留空与“/”", "留空表示还没有填。本单位确实没有或不适用的，在说明中写有“不适用填“/””的栏目填“/”。"
    yield (
        "填完以后",
        "保存为 .xlsx（.xls、.ods 也可以），交回后由程序读出、检查，并打印成正式表格。本工作簿不是报送用的正式表格。",
    )
