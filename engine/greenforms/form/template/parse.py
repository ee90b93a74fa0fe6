"""Parses a template into its program: the document as the readers give it, its tags resolved against the fields.

The reader is the one that reads returned files, so a template is seen as its copies will be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from greenforms.form.template.program import (
    Box,
    Each,
    Given,
    Line,
    Node,
    Ordinal,
    Piece,
    Program,
    RowNode,
    Slot,
    TableNode,
    Text,
)
from greenforms.form.template.scope import Loop, Scope, UnknownName
from greenforms.form.template.tags import BLANK, TAG, End, For, If, Include, is_ordinal, statement_of
from greenforms.form.tree import Group, Rows
from greenforms.place import describe
from greenforms_extractors.model import Cell, Document, Origin, Paragraph, Table


def parse(document: Document, root: Group) -> Program:
    """The program of a template that was read as `document`, for the fields below `root`.

    Errors in the template are collected, not raised.
    """
    parser = _Parser(Scope(root))
    body = parser.blocks(document)
    return Program(body, tuple(parser.errors))


@dataclass(slots=True)
class _Open:
    """A repeat or condition whose end is still to come."""

    statement: For | If
    path: str
    origin: Origin
    body: list[Node] = field(default_factory=list)

    def close(self) -> Each | Given:
        if isinstance(self.statement, For):
            return Each(self.statement.variable, self.statement.name, self.path, tuple(self.body), self.origin)
        return Given(self.statement.name, self.path, tuple(self.body), self.origin)


@dataclass(slots=True)
class _Parser:
    scope: Scope
    errors: list[str] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def blocks(self, document: Document) -> tuple[Node, ...]:
        body: list[Node] = []
        for block in document.blocks:
            if isinstance(block, Table):
                self._put(body, TableNode(self._rows(block), block.origin))
            elif (statement := _statement(block.text)) is not None:
                self._follow(statement, block.origin, body)
            else:
                self._put(body, self._line(block))
        self._close_all(body)
        return tuple(body)

    def _put(self, body: list[Node], node: Node) -> None:
        (self.stack[-1].body if self.stack else body).append(node)

    def _error(self, origin: Origin, what: str) -> None:
        self.errors.append(f"{describe(origin)}：{what}")

    # -- statements ------------------------------------------------------------------------------------------------

    def _follow(self, text: str, origin: Origin, body: list[Node]) -> None:
        """Open or close what a row or paragraph of its own says."""
        statement = statement_of(text)
        match statement:
            case For() | If():
                self.stack.append(_Open(statement, self._opened(statement, text, origin), origin))
            case End(of):
                if not self.stack or (of == "for") != isinstance(self.stack[-1].statement, For):
                    self._error(origin, f"end{of} 没有对应的 {of}")
                    return
                opened = self.stack.pop()
                if isinstance(opened.statement, For) and self.scope.loops:
                    self.scope.loops.pop()
                self._put(body, opened.close())
            case Include():
                self._error(origin, f"“{text}”：这里不能放别的版式")
            case None:
                self._error(origin, f"不认识的语句“{text}”，模板里只能用成对的 for、endfor、if、endif，以及 layout")

    def _opened(self, statement: For | If, text: str, origin: Origin) -> str:
        try:
            if isinstance(statement, For):
                path, rows = self.scope.rows(statement.name)
                self.scope.loops.append(Loop(statement.variable, rows, path))
                return path
            return "" if statement.name == BLANK else self.scope.resolve(statement.name)[0]
        except UnknownName as error:
            self._error(origin, f"{{% {text} %}}：{error}")
            if isinstance(statement, For):
                self.scope.loops.append(Loop(statement.variable, _NOTHING, ""))
            return ""

    def _close_all(self, body: list[Node]) -> None:
        while self.stack:
            opened = self.stack.pop()
            if isinstance(opened.statement, For):
                self.scope.loops.pop()
            word = "for" if isinstance(opened.statement, For) else "if"
            self._error(opened.origin, f"{word} 没有对应的 end{word}")
            self._put(body, opened.close())

    # -- tables ----------------------------------------------------------------------------------------------------

    def _rows(self, table: Table) -> tuple[Node, ...]:
        """The rows of a table; rows that hold a statement alone vanish, and the others are counted without them."""
        outside, self.stack = self.stack, []
        body: list[Node] = []
        dropped = _statement_rows(table)
        for number, cells in enumerate(table.row_cells()):
            if number in dropped:
                self._follow(dropped[number], _origin(cells, table), body)
            else:
                moved = sum(other < number for other in dropped)
                boxes = tuple(self._box(cell, moved, dropped) for cell in cells)
                self._put(body, RowNode(number - moved, number, boxes))
        self._close_all(body)
        self.stack = outside
        return tuple(body)

    def _box(self, cell: Cell, moved: int, dropped: dict[int, str]) -> Box:
        covered = sum(cell.row < number < cell.row + cell.rows for number in dropped)
        placed = replace(cell, row=cell.row - moved, rows=cell.rows - covered)
        return Box(placed, tuple(self._line(paragraph) for paragraph in cell.paragraphs))

    # -- lines -----------------------------------------------------------------------------------------------------

    def _line(self, paragraph: Paragraph) -> Line:
        return Line(tuple(self._pieces(paragraph)), paragraph.origin)

    def _pieces(self, paragraph: Paragraph) -> Iterator[Piece]:
        position = 0
        text = paragraph.text
        for tag in TAG.finditer(text):
            if tag.start() > position:
                yield self._text(text[position : tag.start()], paragraph)
            position = tag.end()
            if tag["statement"]:
                self._error(paragraph.origin, f"语句“{tag[0]}”要独占一行或一段")
            elif is_ordinal(tag["name"]):
                yield Ordinal(tag["name"])
            else:
                yield from self._slot(tag["name"], tag[0], paragraph.origin)
        if position < len(text):
            yield self._text(text[position:], paragraph)

    def _text(self, text: str, paragraph: Paragraph) -> Text:
        if "{{" in text or "{%" in text:
            self._error(paragraph.origin, f"标记不完整：{paragraph.text.strip()}")
        return Text(text)

    def _slot(self, name: str, tag: str, origin: Origin) -> Iterator[Slot]:
        try:
            path, leaf = self.scope.leaf(name)
        except UnknownName as error:
            self._error(origin, f"{tag}：{error}")
            return
        yield Slot(name, path, leaf)


#: Stands for a list that the form does not have, so that one error does not bring others.
_NOTHING = Rows("", "", False, Group("", "", False, {}))


def _statement(text: str) -> str | None:
    """The statement of a text that is a statement and nothing else."""
    tag = TAG.fullmatch(text.strip())
    return tag["statement"] if tag and tag["statement"] else None


def _statement_rows(table: Table) -> dict[int, str]:
    """The rows that hold a statement alone, by number."""
    found: dict[int, str] = {}
    for number, cells in enumerate(table.row_cells()):
        statement = _statement("".join(cell.text for cell in cells))
        if statement is not None:
            found[number] = statement
    return found


def _origin(cells: Sequence[Cell], table: Table) -> Origin:
    return cells[0].origin if cells else table.origin
