"""The anchors of a template's tables: rows under headings, labels with slots beside them, cells of several labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from greenforms.form.template import program as p
from greenforms.form.template.headings import Heading, heading_over
from greenforms.form.template.line_labels import COLON, LabelMaker, slot_of, spellings
from greenforms_extractors.match.layout import Anchor, Grid, Label, Repeat, Row, RowCell


@dataclass(slots=True)
class TableLayout:
    """The anchors of one table: grids where rows stand under headings, labels with slots beside them elsewhere."""

    maker: LabelMaker

    def anchors(self, table: p.TableNode) -> list[Anchor | Repeat[Anchor]]:
        """The anchors of the table in reading order."""
        return self._anchors(list(p.opened(table.body)))

    def _anchors(self, nodes: Sequence[p.Node]) -> list[Anchor | Repeat[Anchor]]:
        anchors: list[Anchor | Repeat[Anchor]] = []
        position = 0
        while position < len(nodes):
            node = nodes[position]
            heading, end = heading_over(nodes, position)
            if heading is not None:
                for row in heading.titles:
                    self._row(row, anchors)
                anchors.append(self._grid(heading, nodes[position + heading.rows : end]))
                position = end
            elif isinstance(node, p.Each):
                anchors.append(self._block(node))
                position += 1
            else:
                if isinstance(node, p.RowNode):
                    self._row(node, anchors)
                position += 1
        return anchors

    def _block(self, node: p.Each) -> Repeat[Anchor]:
        """Rows with labels of their own, once for each item."""
        inner = TableLayout(self.maker)._anchors(list(p.opened(node.body)))
        if not inner or not isinstance(inner[0], Label) or not _begins_static(node):
            self.maker.error(node.origin, "重复的行上方要有表头，或以固定文字开头，否则读不出有几行")
        return Repeat(node.path, tuple(inner))

    def _row(self, row: p.RowNode, anchors: list[Anchor | Repeat[Anchor]]) -> None:
        """The labels of a row, each with the slots to its right."""
        last: int | None = None
        for box in row.boxes:
            if _is_frame(box):
                for line in box.lines:
                    self._frame_line(line, anchors)
                last = None
            elif not box.slots:
                if box.static:
                    anchors.append(self.maker.label(box.static, (), cell=True))
                    last = len(anchors) - 1
            elif box.static and (last is None or _names_itself(box)):
                anchors += self._label_with_slot(box)
                last = len(anchors) - 1
            else:
                self._beside(box, anchors, last)

    def _frame_line(self, line: p.Line, anchors: list[Anchor | Repeat[Anchor]]) -> None:
        if line.static:
            anchors += self.maker.labels(line, inline=True)
        elif line.slots:
            self.maker.slots_apart(line)
            self.maker.attach(anchors, tuple(map(slot_of, line.slots)), line.origin)

    def _label_with_slot(self, box: p.Box) -> list[Label]:
        """A cell that holds its label and its slot."""
        line = p.Line(tuple(piece for each in box.lines for piece in each.pieces), box.cell.origin)
        found = self.maker.labels(line)
        return [replace(label, cell=True) for label in found]

    def _beside(self, box: p.Box, anchors: list[Anchor | Repeat[Anchor]], last: int | None) -> None:
        slot = box.slots[0]
        if len(box.slots) > 1:
            self.maker.error(box.cell.origin, "一个单元格里有几个字段时，每个前面要有固定文字")
        if last is None:
            self.maker.error(box.cell.origin, f"字段“{slot.leaf.title}”左边没有标签")
            return
        label = anchors[last]
        assert isinstance(label, Label)
        added = replace(slot_of(slot), prefix=_prefix(box), suffix=_suffix(box))
        aliases = (*label.aliases, *spellings(label.text, slot.leaf))
        anchors[last] = replace(label, after=(*label.after, added), aliases=tuple(dict.fromkeys(aliases)), cell=True)

    def _grid(self, heading: Heading, nodes: Sequence[p.Node]) -> Grid:
        body = tuple(self._body(heading, nodes))
        return Grid(heading.columns(self._names(heading, nodes)), body)

    def _names(self, heading: Heading, nodes: Sequence[p.Node]) -> dict[int, tuple[str, ...]]:
        """Other spellings of each heading, from the fields that stand under it alone.

        In a matrix or catalogue a field may be called by its row as well; it lends the heading its names where its
        title is the heading's.
        """
        names: dict[int, dict[str, None]] = {}
        for node in nodes:
            listed = isinstance(node, p.Each)
            for row in (each for each in p.walk((node,)) if isinstance(each, p.RowNode)):
                for box in row.boxes:
                    first, last = heading.span(box)
                    text = heading.text(first)
                    if last == first + 1 and len(box.slots) == 1 and (listed or box.slots[0].leaf.title == text):
                        names.setdefault(first, {}).update(dict.fromkeys(spellings(text, box.slots[0].leaf)))
        return {first: tuple(found) for first, found in names.items()}

    def _body(self, heading: Heading, nodes: Sequence[p.Node]) -> Iterator[Row | Repeat[Row]]:
        for node in nodes:
            if isinstance(node, p.Each):
                yield Repeat(node.path, tuple(self._body(heading, list(p.opened(node.body)))))
            elif isinstance(node, p.RowNode) and (row := self._pattern(heading, node)).cells:
                yield row

    def _pattern(self, heading: Heading, row: p.RowNode) -> Row:
        cells = []
        for box in row.boxes:
            first, last = heading.span(box)
            if len(box.slots) > 1:
                self.maker.error(box.cell.origin, "表头下的一个单元格只能有一个字段")
            if box.static or box.slots:
                slot = slot_of(box.slots[0]) if box.slots else None
                before = bool(box.slots) and not _prefix(box) and bool(box.static)
                cells.append(RowCell(first, last, box.static, (), slot, before))
        return Row(tuple(cells))


def _begins_static(node: p.Each) -> bool:
    first = next(iter(p.opened(node.body)), None)
    return isinstance(first, p.RowNode) and any(box.static for box in first.boxes[:1])


def _is_frame(box: p.Box) -> bool:
    """Whether a cell holds several labels with their slots, as a commitment with signature and date does."""
    return len(box.slots) > 1 or (len(box.slots) == 1 and sum(bool(line.static) for line in box.lines) > 1)


def _names_itself(box: p.Box) -> bool:
    """Whether a cell begins with a label of its own: `其中：{{ n }}`."""
    first = next((piece for line in box.lines for piece in line.pieces), None)
    return isinstance(first, p.Text) and first.text.strip().endswith(COLON)


def _prefix(box: p.Box) -> str:
    return "".join(_before_slot(box)).strip()


def _before_slot(box: p.Box) -> Iterator[str]:
    for line in box.lines:
        for piece in line.pieces:
            if isinstance(piece, p.Slot):
                return
            if isinstance(piece, p.Text):
                yield piece.text


def _suffix(box: p.Box) -> str:
    pieces = [piece for line in box.lines for piece in line.pieces]
    behind = pieces[next(number for number, piece in enumerate(pieces) if isinstance(piece, p.Slot)) + 1 :]
    return "".join(piece.text for piece in behind if isinstance(piece, p.Text)).strip()
