"""Reads a filled-in workbook back by its defined names, wherever its cells have been moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenforms.codec.base import Problem
from greenforms.errors import InputError, UsageError
from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.library import Library
from greenforms.form.tree import ABSENT, Group, Leaf, Rows
from greenforms.place import describe
from greenforms.workbook.grid import Grid, Spot, origin_of
from greenforms.workbook.marker import SHEET, Marker, read_marker
from greenforms.workbook.plan import Column, Field, Sheet, Sublist, plan_of
from greenforms.workbook.values import UNREADABLE, taken
from greenforms_extractors.model import Document
from greenforms_extractors.reading import read
from greenforms_extractors.sheet.cells import reference

_QUOTED = 40
_LISTED = 5


@dataclass(frozen=True, slots=True)
class WorkbookData:
    """What a workbook says: the form, the data set, and what must be looked at."""

    form_id: str
    data: Any
    problems: tuple[Finding, ...]


def read_workbook(library: Library, path: Path) -> WorkbookData:
    """Read a workbook. Raises InputError for a file that is none, UnreadableFile for one that cannot be opened."""
    marker = read_marker(path)
    form = _form(library, marker, path)
    if form.edition.id != marker.edition:
        raise InputError(f"文件“{path.name}”记载的版本“{marker.edition}”与表单“{form.id}”不符。请重新生成工作簿。")
    reader = _Reader(path.name, form, read(path))
    data = reader.group(form.root, "")
    reader.note_lost()
    return WorkbookData(form.id, {} if data is ABSENT else data, tuple(reader.findings))


def _form(library: Library, marker: Marker, path: Path) -> Form:
    try:
        return library.form(marker.form_id)
    except UsageError as error:
        raise InputError(
            f"填报表“{path.name}”是按表单“{marker.form_id}”生成的，本机没有这个表单。"
            f"请换用本年度的表单重新生成填报表，或安装含有该表单的程序。{error}"
        ) from error


class _Reader:
    """One workbook while it is read."""

    def __init__(self, file: str, form: Form, document: Document) -> None:
        plan = plan_of(form)
        self.file = file
        self._form = form
        self.findings: list[Finding] = []
        self._fields = {entry.leaf.pattern: entry for entry in plan.fields}
        self._sheets = {sheet.pattern: sheet for sheet in plan.sheets}
        self.grid = Grid.of(document)
        self._lost: list[str] = []
        self._note_file(document)

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

    def note_lost(self) -> None:
        """Say which fields have no cell any more; somebody may have deleted the rows of a part that is not theirs."""
        if self._lost:
            listed = "、".join(f"“{label}”" for label in self._lost)
            why = f"工作簿中已找不到这些栏目的格子，按未填处理：{listed}"
            message = f"{self.file}：{why}。需要填写的，请重新生成工作簿。"
            self.findings.append(Finding("workbook/lost-cells", Severity.WARN, message, (Place(self.file, "", ""),)))

    def _child(self, child: Group | Leaf | Rows, pointer: str) -> Any:
        if isinstance(child, Group):
            return self.group(child, pointer)
        if child.pattern in self._sheets:
            return _Table(self, self._sheets[child.pattern]).read(pointer)
        entry = self._fields[child.pattern]
        spot = self.anchor(entry.anchor, self._label(entry, pointer))
        return ABSENT if spot is None else self.value(entry, spot, pointer)

    def anchor(self, anchor: str, label: str) -> Spot | None:
        """The cell a name means; a name on two copies of a sheet means neither."""
        if anchor in self.grid.copied:
            self._note_copy(anchor, label)
            return None
        if anchor not in self.grid.anchors:
            self._lost.append(label)
        return self.grid.anchors.get(anchor)

    def value(self, entry: Field, spot: Spot, pointer: str) -> Any:
        """What a cell says as its field; doubts become findings."""
        text = self.grid.cells.get(spot, "")
        outcome = taken(entry.leaf, text)
        for problem in outcome.problems:
            self._note_problem(entry, spot, pointer, problem, outcome.value)
        return outcome.value

    def _note_problem(self, entry: Field, spot: Spot, pointer: str, problem: Problem, value: Any) -> None:
        origin = origin_of(spot)
        text = self.grid.cells[spot].strip()
        label = self._label(entry, pointer)
        message = f"{self.file} {describe(origin)}“{label}”写的是“{text}”：{problem.reason}。{problem.remedy}。"
        place = Place(self.file, pointer, label, text if value is UNREADABLE else value, origin)
        severity = Severity.FIX if value is UNREADABLE else Severity.WARN
        rule, remedy = f"read/{entry.leaf.codec.name}", problem.remedy
        found = Finding(rule, severity, message, (place,), fix=remedy, suggestion=problem.suggestion)
        self.findings.append(found)

    def _label(self, entry: Field, pointer: str) -> str:
        return called(self._form, pointer) or entry.label

    def _note_copy(self, anchor: str, label: str) -> None:
        spots = self.grid.copied[anchor]
        where = "、".join(dict.fromkeys(describe(origin_of(spot)) for spot in spots))
        message = f"{self.file}：“{label}”在工作簿中有几处（{where}），无法确定以哪一处为准，未读取。请只保留一处。"
        places = tuple(Place(self.file, "", label, self.grid.cells.get(s), origin_of(s)) for s in spots)
        self.findings.append(Finding("workbook/copied-cells", Severity.FIX, message, places, fix="删去复制出的工作表"))

    def _note_file(self, document: Document) -> None:
        """Pass on the reader's notices, but for our own hidden sheet and for names reported by their field."""
        for notice in document.notices:
            ours = notice.code == "hidden-sheet" and notice.message.endswith(f"：{SHEET}")
            if not ours and notice.code != "broken-name":
                message = f"{self.file}：{notice.message}"
                place = Place(self.file, "", "")
                self.findings.append(Finding(f"file/{notice.code}", Severity.WARN, message, (place,)))


@dataclass(slots=True)
class _Table:
    """One array's sheet while it is read."""

    reader: _Reader
    sheet: Sheet
    spots: dict[Column, Spot] = field(default_factory=dict)

    def read(self, pointer: str) -> Any:
        """The array; `ABSENT` when the sheet is blank."""
        self._find_columns()
        if not self.spots:
            return ABSENT
        items: list[dict[str, Any]] = []
        counts: dict[Sublist, int] = {}
        for row in self._filled_rows():
            if not items or any(self._text(column, row) for column in self.sheet.columns):
                items.append({})
                counts = dict.fromkeys(self.sheet.sublists, 0)
                self._take(self.sheet.columns, row, items[-1], f"{pointer}/{len(items) - 1}")
            self._take_sublists(row, items[-1], counts, f"{pointer}/{len(items) - 1}")
        for item in items:
            self._complete(item)
        return items or ABSENT

    def _find_columns(self) -> None:
        """Where the columns are; below the heading's row, however far they are filled."""
        reader, sheet = self.reader, self.sheet
        heading = reader.grid.anchors.get(sheet.anchor)
        for column in sheet.all_columns:
            spot = reader.anchor(column.field.anchor, f"{sheet.title}－{column.field.label}")
            if spot is not None:
                inserted = heading is not None and heading[0] == spot[0] and heading[1] < spot[1]
                self.spots[column] = (spot[0], heading[1] + 1, spot[2]) if inserted and heading else spot

    def _filled_rows(self) -> Iterator[int]:
        columns = {(spot[0], spot[2]): spot[1] for spot in self.spots.values()}
        names = {name for name, _ in columns}
        top = min(columns.values())
        below = [spot for spot, text in self.reader.grid.cells.items() if spot[0] in names and spot[1] >= top and text]
        self._note_extra([spot for spot in below if (spot[0], spot[2]) not in columns])
        return iter(sorted({spot[1] for spot in below if (spot[0], spot[2]) in columns}))

    def _note_extra(self, spots: list[Spot]) -> None:
        if not spots:
            return
        first = sorted(spots)[:_LISTED]
        listed = "、".join(f"{reference(s[1], s[2])}“{_short(self.reader.grid.cells[s])}”" for s in first)
        more = f"等 {len(spots)} 处" if len(spots) > _LISTED else ""
        where = f"{self.reader.file} 工作表“{first[0][0]}”"
        message = f"{where}在栏目以外写有内容，未读取：{listed}{more}。请核对是否填错位置。"
        places = tuple(Place(self.reader.file, "", "", self.reader.grid.cells[s], origin_of(s)) for s in first)
        self.reader.findings.append(Finding("read/unread", Severity.ASK, message, places))

    def _text(self, column: Column, row: int) -> str:
        spot = self.spots.get(column)
        return self.reader.grid.cells.get((spot[0], row, spot[2]), "") if spot else ""

    def _take(self, columns: tuple[Column, ...], row: int, item: dict[str, Any], pointer: str) -> None:
        """Read a row's cells of some columns into an object."""
        for column in columns:
            if (spot := self.spots.get(column)) is None:
                continue
            path = "".join(f"/{step}" for step in column.path)
            value = self.reader.value(column.field, (spot[0], row, spot[2]), pointer + path)
            if value is not ABSENT and value is not UNREADABLE:
                _put(item, column.path, value)

    def _take_sublists(self, row: int, item: dict[str, Any], counts: dict[Sublist, int], pointer: str) -> None:
        for sublist in self.sheet.sublists:
            if not any(self._text(column, row) for column in sublist.columns):
                continue
            path = "".join(f"/{step}" for step in sublist.path)
            entry: dict[str, Any] = {}
            self._take(sublist.columns, row, entry, f"{pointer}{path}/{counts[sublist]}")
            counts[sublist] += 1
            _put(item, sublist.path, [*_got(item, sublist.path), entry])

    def _complete(self, item: dict[str, Any]) -> None:
        for sublist in self.sheet.sublists:
            if sublist.may_be_empty and not _got(item, sublist.path):
                _put(item, sublist.path, [])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"


def _got(item: Mapping[str, Any], path: tuple[str, ...]) -> list[Any]:
    place: Any = item
    for step in path:
        place = place.get(step, {})
    return place or []


def _put(item: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        item = item.setdefault(step, {})
    item[path[-1]] = value
