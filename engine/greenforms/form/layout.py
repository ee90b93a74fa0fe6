"""Reads a blank template as a layout: its static texts are the labels, its tags the slots."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from greenforms.codec.blank import is_null_sign
from greenforms.form.package import Form
from greenforms.form.slots import TAG, Scope, UnknownName, is_ordinal
from greenforms.form.tree import Leaf, leaves, pattern_of
from greenforms.place import describe
from greenforms_extractors.match.layout import (
    Anchor,
    Column,
    Flow,
    Grid,
    Label,
    Layout,
    Part,
    Repeat,
    Row,
    RowCell,
    Slot,
)
from greenforms_extractors.model import Cell, Document, Paragraph, Table
from greenforms_extractors.reading import read

_FLOWS = {"paragraphs": Flow.PARAGRAPHS, "pictures": Flow.PICTURES}


@dataclass(frozen=True, slots=True)
class TemplateLayout:
    """A template's layout, the fields it prints (by pattern) and what is wrong with it, each error with its place."""

    layout: Layout
    printed: frozenset[str]
    errors: tuple[str, ...]


@cache
def template_layout(form: Form, kind: str) -> TemplateLayout:
    """The layout of a form's template of one kind (`docx` or `xlsx`)."""
    path = form.templates[kind]
    return _Reader(form, f"{form.edition.id}/{path.name}").read(read(path))


def layout_for(form: Form, document_kind: str) -> Layout:
    """The layout to lay over a returned document: sheets by the sheet template, all else by the Word template."""
    kind = document_kind if document_kind in form.templates else next(iter(form.templates))
    return template_layout(form, kind).layout


@dataclass(slots=True)
class _Reader:
    form: Form
    where: str
    scope: Scope = field(init=False)
    parts: list[Part] = field(default_factory=list)
    text_anchors: list[Anchor] = field(default_factory=list)
    printed: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scope = Scope(self.form.root)

    def read(self, document: Document) -> TemplateLayout:
        for block in document.blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._close_text()
                self.parts.append(Part(tuple(self._table(block)), table=True))
        self._close_text()
        if self.scope.loops:
            self.errors.append(f"{self.where}：for 没有对应的 endfor")
        return TemplateLayout(Layout(tuple(self.parts)), frozenset(self.printed), tuple(self.errors))

    def _close_text(self) -> None:
        if self.text_anchors:
            self.parts.append(Part(tuple(self.text_anchors), table=False))
            self.text_anchors = []

    def _paragraph(self, paragraph: Paragraph) -> None:
        place = describe(paragraph.origin)
        static, slots, before = self._pieces(paragraph.text, place)
        if self.scope.blank_only:
            return
        if static:
            ahead = slots[0] if before and slots else None
            after = slots[1:] if ahead else slots
            self.text_anchors.append(self._label(static, tuple(after), ahead, cell=False))
        elif slots:
            self._attach(self.text_anchors, slots, place)

    def _attach(self, anchors: list[Anchor], slots: list[Slot], place: str) -> None:
        last = anchors[-1] if anchors else None
        if isinstance(last, Label):
            label = replace(last, after=(*last.after, *slots))
            anchors[-1] = self._label(label.text, label.after, label.before, cell=label.cell)
        else:
            self.errors.append(f"{self.where}：{place}：字段“{slots[0].label}”前面没有可以认出它的文字")

    def _pieces(self, text: str, place: str) -> tuple[str, list[Slot], bool]:
        """The static text, the slots and whether a slot stands in front; statements open and close scopes."""
        static: list[str] = []
        slots: list[Slot] = []
        before = False
        position = 0
        for tag in TAG.finditer(text):
            static.append(text[position : tag.start()])
            position = tag.end()
            if tag["statement"]:
                self._statement(tag["statement"], tag[0], place)
            elif (slot := self._slot(tag["name"], tag[0], place)) is not None:
                before = before or not "".join(static).strip()
                slots.append(slot)
        static.append(text[position:])
        if "{{" in "".join(static) or "{%" in "".join(static):
            self.errors.append(f"{self.where}：{place}：标记不完整：{text.strip()}")
        return "".join(static).strip(), slots, before

    def _statement(self, statement: str, tag: str, place: str) -> None:
        try:
            self.scope.open(statement)
        except UnknownName as error:
            self.errors.append(f"{self.where}：{place}：{tag}：{error}")

    def _slot(self, name: str, tag: str, place: str) -> Slot | None:
        if is_ordinal(name):
            return None
        try:
            pattern, leaf = self.scope.leaf(name)
        except UnknownName as error:
            self.errors.append(f"{self.where}：{place}：{tag}：{error}")
            return None
        self.printed.add(leaf.pattern)
        return Slot(pattern, leaf.title, leaf.blank, _FLOWS.get(leaf.codec.name, Flow.TEXT), _acceptance(leaf))

    def _label(self, text: str, after: tuple[Slot, ...], before: Slot | None, *, cell: bool) -> Label:
        spellings: list[str] = []
        for slot in (*((before,) if before else ()), *after):
            spellings += self._spellings(text, slot)
        return Label(text, tuple(dict.fromkeys(spellings)), after, before, cell)

    def _spellings(self, text: str, slot: Slot) -> Iterator[str]:
        """The field's aliases, put into the printed text where that holds the field's title (`一、企业简介`)."""
        leaf = next(leaf for leaf in leaves(self.form.root) if leaf.pattern == pattern_of(slot.path))
        for alias in leaf.aliases:
            yield text.replace(leaf.title, alias) if leaf.title in text else alias

    # -- tables ----------------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> Iterator[Anchor]:
        grids = self._grids(table)
        headings = {cell.origin: grid for grid, cells in grids for cell in cells}
        given: set[int] = set()
        anchors: list[Anchor] = []
        row = -1
        last_in_row: int | None = None
        for cell in self._plain_cells(table):
            if cell.row != row:
                row, last_in_row = cell.row, None
            if cell.origin in headings:
                grid = headings[cell.origin]
                if id(grid) not in given:
                    given.add(id(grid))
                    anchors.append(grid)
                continue
            last_in_row = self._cell(cell, anchors, last_in_row)
        yield from anchors

    def _cell(self, cell: Cell, anchors: list[Anchor], last_in_row: int | None) -> int | None:
        place = describe(cell.origin)
        static, slots, before = self._pieces(cell.text, place)
        if static:
            ahead = slots[0] if before and slots else None
            anchors.append(self._label(static, tuple(slots[1:] if ahead else slots), ahead, cell=True))
            return len(anchors) - 1
        if slots and last_in_row is not None:
            label = anchors[last_in_row]
            assert isinstance(label, Label)
            anchors[last_in_row] = self._label(label.text, (*label.after, *slots), label.before, cell=True)
        elif slots:
            self.errors.append(f"{self.where}：{place}：字段“{slots[0].label}”左边没有标签")
        return last_in_row

    def _plain_cells(self, table: Table) -> Iterator[Cell]:
        """The cells outside repeating rows."""
        inside = False
        for cells in table.row_cells():
            text = "".join(cell.text for cell in cells)
            if "{%tr" in text.replace(" ", ""):
                inside = "endfor" not in text
            elif not inside:
                yield from cells

    def _grids(self, table: Table) -> list[tuple[Grid, list[Cell]]]:
        """Each repeating row as a grid, with the heading cells above it."""
        found: list[tuple[Grid, list[Cell]]] = []
        inside = False
        for cells in table.row_cells():
            text = "".join(cell.text for cell in cells)
            if "{%tr" in text.replace(" ", ""):
                for tag in TAG.finditer(text):
                    self._statement(tag["statement"], tag[0], describe(cells[0].origin))
                inside = "endfor" not in text
            elif inside:
                found.append(self._grid(table, cells))
        return found

    def _grid(self, table: Table, cells: tuple[Cell, ...]) -> tuple[Grid, list[Cell]]:
        columns: list[Column] = []
        headings: list[Cell] = []
        row: list[RowCell] = []
        for cell in cells:
            place = describe(cell.origin)
            heading = _heading_above(table, cell)
            if heading is None:
                self.errors.append(f"{self.where}：{place}：重复行的这一列上方没有表头")
                continue
            _, slots, _ = self._pieces(cell.text, place)
            slot = slots[0] if slots else None
            number = len(columns)
            columns.append(Column(self._label(heading.text, (slot,) if slot else (), None, cell=True)))
            if slot:
                row.append(RowCell(number, number + 1, slot=slot))
            headings.append(heading)
        path = self.scope.loops[-1][2] if self.scope.loops else ""
        return Grid(tuple(columns), (Repeat(path, (Row(tuple(row)),)),)), headings


def _heading_above(table: Table, cell: Cell) -> Cell | None:
    above = [
        other
        for other in table.cells
        if other.row < cell.row
        and other.column < cell.column + cell.columns
        and cell.column < other.column + other.columns
        and other.text.strip()
        and not TAG.search(other.text)
    ]
    return max(above, key=lambda other: other.row, default=None)


def _acceptance(leaf: Leaf) -> Callable[[str], bool]:
    codec, nullable = leaf.codec, leaf.nullable

    def accepts(text: str) -> bool:
        if nullable and is_null_sign(text):
            return True
        reading = codec.parse(text)
        return reading.value is not None or not reading.problems

    return accepts
