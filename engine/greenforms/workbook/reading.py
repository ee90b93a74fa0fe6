"""Reads a filled-in workbook back by its defined names, wherever its cells have been moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenforms.errors import InputError, UsageError
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.tree import ABSENT, Group, Leaf, Node, Rows
from greenforms.workbook.marker import Marker, read_marker
from greenforms.workbook.plan import plan_of
from greenforms.workbook.table import read_table
from greenforms.workbook.taking import CellReader
from greenforms.workbook.values import UNREADABLE
from greenforms_extractors.model import SheetOrigin
from greenforms_extractors.reading import read


@dataclass(frozen=True, slots=True)
class WorkbookData:
    """What a workbook says: the form, the data set, what must be looked at, and where each field stands, by pointer."""

    form_id: str
    data: Any
    problems: tuple[Finding, ...]
    places: Mapping[str, SheetOrigin] = field(default_factory=dict)


def read_workbook(library: Library, path: Path) -> WorkbookData:
    """Read a workbook. Raises InputError for a file that is none, UnreadableFile for one that cannot be opened."""
    marker = read_marker(path)
    form = _form(library, marker, path)
    if form.edition.id != marker.edition:
        raise InputError(f"文件“{path.name}”记载的版本“{marker.edition}”与表单“{form.id}”不符。请重新生成工作簿。")
    cells = CellReader(path.name, form, read(path))
    data = _Reader(cells, form).group(form.root, "")
    cells.note_lost()
    found = {} if data is ABSENT else _in_order(form.root, data)
    return WorkbookData(form.id, found, tuple(cells.findings), cells.places)


def _form(library: Library, marker: Marker, path: Path) -> Form:
    try:
        return library.form(marker.form_id)
    except UsageError as error:
        raise InputError(
            f"填报表“{path.name}”是按表单“{marker.form_id}”生成的，本机没有这个表单。"
            f"请换用本年度的表单重新生成填报表，或安装含有该表单的程序。{error}"
        ) from error


def _in_order(node: Node, data: Any) -> Any:
    """The data with their members in form order; the arrays inside an array are read after its own columns."""
    if isinstance(node, Group):
        return {name: _in_order(child, data[name]) for name, child in node.children.items() if name in data}
    if isinstance(node, Rows):
        return [_in_order(node.item, row) for row in data]
    return data


class _Reader:
    """One workbook while it is read."""

    def __init__(self, cells: CellReader, form: Form) -> None:
        plan = plan_of(form)
        self._cells = cells
        self._fields = {entry.leaf.pattern: entry for entry in plan.fields}
        self._sheets = {sheet.pattern: sheet for sheet in plan.sheets}

    def group(self, group: Group, pointer: str) -> Any:
        """An object; `ABSENT` when nothing stands in any of its fields."""
        found = {name: self._child(child, f"{pointer}/{name}") for name, child in group.children.items()}
        if all(value is ABSENT for value in found.values()):
            return ABSENT
        for name, child in group.children.items():
            sheet = self._sheets.get(child.pattern)
            if found[name] is ABSENT and sheet is not None and sheet.may_be_empty:
                found[name] = []
        return {name: value for name, value in found.items() if value is not ABSENT and value is not UNREADABLE}

    def _child(self, child: Group | Leaf | Rows, pointer: str) -> Any:
        if isinstance(child, Group):
            return self.group(child, pointer)
        if child.pattern in self._sheets:
            return read_table(self._cells, self._sheets[child.pattern], pointer)
        entry = self._fields[child.pattern]
        spot = self._cells.anchor(entry.anchor, self._cells.label(entry, pointer))
        return ABSENT if spot is None else self._cells.value(entry, spot, pointer)
