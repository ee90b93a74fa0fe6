"""Writes the fill-in workbook of a form, empty or with a data set already in it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from greenforms.errors import InputError
from greenforms.form.form import Form
from greenforms.form.tree import Group, Leaf, Node
from greenforms.workbook import marker
from greenforms.workbook.arrays import ArrayWriter
from greenforms.workbook.cells import CellWriter, reference_to
from greenforms.workbook.entries import EntryWriter
from greenforms.workbook.guide import write_guide
from greenforms.workbook.look import Look
from greenforms.workbook.parts import ENTRY_SHEET, GUIDE_SHEET, Plan
from greenforms.workbook.plan import plan_of
from greenforms.workbook.signature import SHEET
from greenforms.workbook.validation import choices_of

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet


def make_workbook(form: Form, data: Any | None = None) -> bytes:
    """The workbook of a form, with `data` filled in where given.

    The same data give the same bytes. Raises InputError for keys that are not on the form and for texts no cell holds.
    """
    import xlsxwriter

    given = {} if data is None else data
    if strange := _strange_keys(form.root, given, ""):
        raise InputError(f"数据中有表单“{form.id}”没有的项目：{'、'.join(strange)}。请核对项目名称。")
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": form.title, "created": datetime(1980, 1, 1)})
        _write(workbook, form, plan_of(form), given)
    return target.getvalue()


def _write(workbook: Workbook, form: Form, plan: Plan, data: Any) -> None:
    guide = workbook.add_worksheet(GUIDE_SHEET)
    entries = workbook.add_worksheet(ENTRY_SHEET) if plan.fields else None
    sheets = [(sheet, workbook.add_worksheet(sheet.name)) for sheet in plan.sheets]
    lists = _write_marker(workbook.add_worksheet(SHEET), form, plan)
    cells = CellWriter(workbook, Look(workbook), lists)
    write_guide(guide, cells.look, form, plan)
    if entries is not None:
        EntryWriter(cells, form.title, plan, data).write(entries)
    for sheet, worksheet in sheets:
        ArrayWriter(cells, data).write(worksheet, sheet)
    (entries or sheets[0][1]).activate()


def _write_marker(worksheet: Worksheet, form: Form, plan: Plan) -> dict[tuple[str, ...], str]:
    """Fill the hidden sheet; the answer is where the list of each drop-down stands."""
    worksheet.very_hidden()
    for row, (label, text) in enumerate(marker.Marker.of(form).rows()):
        worksheet.write_string(row, 0, label)
        worksheet.write_string(row, 1, text)
    fields = (*plan.fields, *(column.field for sheet in plan.sheets for column in sheet.all_columns))
    lists: dict[tuple[str, ...], str] = {}
    top = marker.ROWS + 1
    for column, choices in enumerate(dict.fromkeys(filter(None, map(choices_of, fields)))):
        for row, choice in enumerate(choices):
            worksheet.write_string(top + row, column, choice)
        lists[choices] = reference_to(SHEET, (top, column, top + len(choices) - 1, column))
    return lists


def _strange_keys(node: Node, data: Any, pointer: str) -> list[str]:
    """Pointers of what the form does not have, which would otherwise vanish."""
    if isinstance(node, Leaf):
        return []
    if isinstance(node, Group):
        if not isinstance(data, Mapping):
            return [pointer or "/"]
        unknown = [f"{pointer}/{key}" for key in data if key not in node.children]
        inner = (
            _strange_keys(child, data[name], f"{pointer}/{name}")
            for name, child in node.children.items()
            if name in data
        )
        return [*unknown, *(each for found in inner for each in found)]
    if not isinstance(data, list):
        return [pointer]
    rows = (_strange_keys(node.item, row, f"{pointer}/{index}") for index, row in enumerate(data))
    return [each for found in rows for each in found]
