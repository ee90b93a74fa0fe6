"""Reads a filled-in workbook back: by its labels, wherever they are now; the names of its cells confirm them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenforms.errors import InputError, UsageError
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.tree import ABSENT, Group, Leaf, Node, Rows
from greenforms.workbook import remarks
from greenforms.workbook.list_blocks import ListBlock
from greenforms.workbook.located import Located, is_named_field, is_named_list
from greenforms.workbook.marker import Marker
from greenforms.workbook.numbering import Line, number_spot
from greenforms.workbook.opening import Book, open_book
from greenforms.workbook.parts import Field, Plan, Sheet
from greenforms.workbook.plan import plan_of
from greenforms.workbook.recognising import recognised
from greenforms.workbook.signs import is_workbook
from greenforms.workbook.table import lines_of, read_table, texts_of
from greenforms.workbook.taking import CellReader
from greenforms.workbook.values import UNREADABLE
from greenforms.workbook.wording import printed_texts
from greenforms_extractors.origin import SheetOrigin


@dataclass(frozen=True, slots=True)
class WorkbookData:
    """What a workbook says: the form, the data set, what must be looked at, and where each field stands, by pointer."""

    form_id: str
    data: Any
    problems: tuple[Finding, ...]
    places: Mapping[str, SheetOrigin] = field(default_factory=dict)


def read_workbook(library: Library, path: Path, form: Form | None = None, edition: str | None = None) -> WorkbookData:
    """Read a workbook; one whose marker is gone as `form`, else as the form whose labels it has.

    That of a pack, whose form is in no library, is read as `form` alone.

    Raises InputError for a file that is no workbook or does not say which of several forms it is for, UnreadableFile
    for one that cannot be opened.
    """
    book = open_book(path)
    if book.marker is None and not is_workbook(path):
        raise InputError(f"文件“{path.name}”不是本程序生成的填报工作簿。请用 blank --workbook 生成后填写。")
    form = _form_of(library, book, path, form, edition)
    plan = plan_of(form)
    cells = CellReader(path.name, form, book.document)
    reader = _Reader(cells, plan)
    if book.marker is None and reader.is_empty:
        raise InputError(
            f"文件“{path.name}”不是《{form.title}》（{form.id}）的填报表：找不到它的栏目。请核对文件和所指的表单。"
        )
    data = reader.group(form.root, "")
    reader.finish(printed_texts(form, plan))
    found = {} if data is ABSENT else _in_order(form.root, data)
    return WorkbookData(form.id, found, tuple(cells.findings), cells.places)


def _form_of(library: Library, book: Book, path: Path, form: Form | None, edition: str | None) -> Form:
    if book.marker is not None:
        same = form is not None and form.id == book.marker.form_id
        return form if form is not None and same else _marked(library, book.marker, path)
    return form or recognised(library, book.document, path.name, edition)


def _marked(library: Library, marker: Marker, path: Path) -> Form:
    if marker.form_id in library.procedures:
        title = library.procedures[marker.form_id].title
        raise InputError(
            f"“{path.name}”是整套材料（{title}）的填报表，一本里有几份材料。请用 greenforms pack build 生成各份材料。"
        )
    try:
        form = library.form(marker.form_id)
    except UsageError as error:
        raise InputError(
            f"填报表“{path.name}”是按表单“{marker.form_id}”生成的，本机没有这个表单。"
            f"请换用本年度的表单重新生成填报表，或安装含有该表单的程序。{error}"
        ) from error
    if form.edition.id != marker.edition:
        raise InputError(f"文件“{path.name}”记载的版本“{marker.edition}”与表单“{form.id}”不符。请重新生成工作簿。")
    return form


def _in_order(node: Node, data: Any) -> Any:
    """The data with their members in form order; the arrays inside an array are read after its own columns."""
    if isinstance(node, Group):
        return {name: _in_order(child, data[name]) for name, child in node.children.items() if name in data}
    if isinstance(node, Rows):
        return [_in_order(node.item, row) for row in data]
    return data


class _Reader:
    """One workbook while it is read."""

    def __init__(self, cells: CellReader, plan: Plan) -> None:
        self._cells = cells
        self._fields = {entry.leaf.pattern: entry for entry in plan.fields}
        self._sheets = {sheet.pattern: sheet for sheet in plan.sheets}
        self._located = Located.of(cells.grid, plan)
        cells.used |= self._located.labels
        self._by_label: list[str] = []
        self._lost: list[str] = []

    @property
    def is_empty(self) -> bool:
        """Whether no field and no list was found."""
        return not any(self._located.fields.values()) and not any(self._located.lists.values())

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

    def finish(self, printed: frozenset[str]) -> None:
        """Say how the cells were found, which were not, and what was left."""
        cells = self._cells
        cells.findings += remarks.by_label(cells.file, self._by_label)
        cells.findings += remarks.lost(cells.file, self._lost)
        cells.findings += remarks.unread(cells.file, cells.grid, cells.used, printed)

    def _child(self, child: Group | Leaf | Rows, pointer: str) -> Any:
        if isinstance(child, Group):
            return self.group(child, pointer)
        if child.pattern in self._sheets:
            return self._list(self._sheets[child.pattern], pointer)
        return self._field(self._fields[child.pattern], pointer)

    def _field(self, entry: Field, pointer: str) -> Any:
        spots = self._located.fields.get(entry.anchor, ())
        label = self._cells.label(entry, pointer)
        if not spots:
            self._lost.append(label)
            return ABSENT
        if (spot := self._cells.one_of(label, spots, pointer)) is None:
            return UNREADABLE
        if self._cells.grid.text(spot) and not is_named_field(self._cells.grid, entry, spot):
            self._by_label.append(label)
        return self._cells.value(entry, spot, pointer)

    def _list(self, sheet: Sheet, pointer: str) -> Any:
        blocks = self._located.lists[sheet.pattern]
        self._note_columns(sheet, blocks)
        if (lines := self._lines(sheet, blocks, pointer)) is None:
            return UNREADABLE
        return read_table(self._cells, sheet, lines, pointer)

    def _note_columns(self, sheet: Sheet, blocks: Sequence[Sequence[ListBlock]]) -> None:
        """Note the columns that have no heading any more, or the whole list."""
        if not blocks:
            self._lost.append(f"{sheet.title}（整张表）")
            return
        there = {column for block in blocks[0] for column in block.columns}
        self._lost += [f"{sheet.title}－{each.field.label}" for each in sheet.all_columns if each not in there]

    def _lines(self, sheet: Sheet, blocks: Sequence[Sequence[ListBlock]], pointer: str) -> list[Line] | None:
        """The rows of a list; None where it stands on several worksheets that do not say the same."""
        grid = self._cells.grid
        found = [(each, lines) for each in blocks if (lines := self._entries(sheet, each, pointer))]
        contents = [[texts_of(grid, line) for line in lines] for _, lines in found]
        spots = [spot for _, lines in found for line in lines for spot in line.values() if grid.text(spot)]
        if any(content != contents[0] for content in contents):
            firsts = [next(iter(lines[0].values())) for _, lines in found]
            self._cells.note_copies(sheet.title, firsts, pointer)
            self._cells.used.update(spots)
            return None
        self._cells.used.update(spots)
        if found and not all(is_named_list(grid, sheet, block) for block in found[0][0]):
            self._by_label.append(sheet.title)
        return found[0][1] if found else []

    def _entries(self, sheet: Sheet, blocks: Sequence[ListBlock], pointer: str) -> list[Line]:
        """The rows of the blocks of one worksheet; those of which nobody can tell whose they are are said."""
        lines: list[Line] = []
        for block in blocks:
            gathered = lines_of(self._cells.grid, block)
            lines += gathered.lines
            for line in (*gathered.lines, *gathered.strays):
                self._cells.used.add(number_spot(block, line))
            self._cells.note_strays(sheet, block, gathered.strays, pointer)
        return lines
