"""Turns a template's program into the layout the matcher lays over returned papers: static texts and their slots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from greenforms.codec.blank import is_null_sign
from greenforms.form.template import program as p
from greenforms.form.template.headings import Heading, heading_over
from greenforms.form.tree import Leaf
from greenforms.place import describe
from greenforms_extractors.match.layout import (
    Anchor,
    Grid,
    Label,
    Layout,
    Part,
    Repeat,
    Row,
    RowCell,
    Slot,
    depth,
)
from greenforms_extractors.model import Origin

#: What parts a label from the value behind it.
_COLON = (":", "：")


@dataclass(frozen=True, slots=True)
class TemplateLayout:
    """A template's layout, and what in it could not be read back, each error with its place."""

    layout: Layout
    errors: tuple[str, ...]


def layout_of(program: p.Program) -> TemplateLayout:
    """The layout of a program."""
    builder = _Builder()
    parts = builder.parts(program.body, 0)
    return TemplateLayout(Layout(tuple(parts)), tuple(builder.errors))


@dataclass(slots=True)
class _Builder:
    errors: list[str] = field(default_factory=list)

    def _error(self, origin: Origin, what: str) -> None:
        self.errors.append(f"{describe(origin)}：{what}")

    # -- running text ----------------------------------------------------------------------------------------------

    def parts(self, body: Sequence[p.Node], level: int) -> list[Part | Repeat[Part]]:
        """The parts of some nodes, `level` lists deep."""
        parts: list[Part | Repeat[Part]] = []
        text: list[Anchor | Repeat[Anchor]] = []
        for node in _flat(body):
            match node:
                case p.Line():
                    self._line(node, text, level)
                case p.Each() if (slot := _line_each(node)) is not None:
                    self._attach(text, (slot_of(slot),), node.origin)
                case p.TableNode():
                    self._close(parts, text)
                    parts.append(Part(tuple(_TableBuilder(self, level).anchors(node)), table=True))
                case p.Each():
                    self._close(parts, text)
                    parts.append(Repeat(node.path, tuple(self._section(node, level + 1))))
        self._close(parts, text)
        return parts

    def _close(self, parts: list[Part | Repeat[Part]], text: list[Anchor | Repeat[Anchor]]) -> None:
        if text:
            parts.append(Part(tuple(text), table=False))
            text.clear()

    def _section(self, node: p.Each, level: int) -> list[Part | Repeat[Part]]:
        first = next(iter(_flat(node.body)), None)
        starts = (isinstance(first, p.Line) and first.static) or isinstance(first, p.TableNode)
        if not starts:
            self._error(node.origin, "重复的一段要以固定文字或表格开头，否则读不出有几段")
        return self.parts(node.body, level)

    def _line(self, line: p.Line, text: list[Anchor | Repeat[Anchor]], level: int) -> None:
        """The labels of a line; a line of slots alone goes on with the label above it."""
        if not line.static:
            if line.slots:
                self._slots_apart(line)
                self._attach(text, tuple(map(slot_of, line.slots)), line.origin)
            return
        text += self.labels(line)

    def labels(self, line: p.Line, *, inline: bool = False) -> list[Label]:
        """The labels of a line, one for each static text with its slots."""
        self._slots_apart(line)
        if _is_sentence(line):
            return [self._sentence(line)]
        found: list[tuple[str, p.Slot | None, list[p.Slot]]] = []
        ahead: list[p.Slot] = []
        for static, slots in _runs(line):
            if not static.strip():
                (found[-1][2] if found else ahead).extend(slots)
            else:
                found.append((static.strip(), ahead.pop() if ahead else None, list(slots)))
        return [
            self.label(text, tuple(map(slot_of, after)), slot_of(before) if before else None, inline=inline, of=line)
            for text, before, after in found
        ]

    def _sentence(self, line: p.Line) -> Label:
        pattern = tuple(
            piece.text if isinstance(piece, p.Text) else slot_of(piece) if isinstance(piece, p.Slot) else "1"
            for piece in line.pieces
        )
        return Label(line.static, pattern=pattern)

    def _slots_apart(self, line: p.Line) -> None:
        """Two slots side by side are one text to whoever reads them."""
        for one, other in pairwise(line.pieces):
            if isinstance(one, p.Slot) and isinstance(other, p.Slot):
                self._error(line.origin, f"字段“{one.leaf.title}”和“{other.leaf.title}”之间要有固定文字")

    def label(
        self,
        text: str,
        after: tuple[Slot, ...],
        before: Slot | None = None,
        *,
        of: p.Line | p.Box | None = None,
        cell: bool = False,
        inline: bool = False,
    ) -> Label:
        """A label with the other spellings its fields know."""
        slots = (*((before,) if before else ()), *after)
        leaves = _leaves(of) if of is not None else {}
        spellings = [each for slot in slots if slot.path in leaves for each in _spellings(text, leaves[slot.path])]
        return Label(text, tuple(dict.fromkeys(spellings)), after, before, cell, inline)

    def _attach(self, anchors: list[Anchor | Repeat[Anchor]], slots: tuple[Slot, ...], origin: Origin) -> None:
        last = anchors[-1] if anchors else None
        if isinstance(last, Label) and not last.pattern:
            anchors[-1] = replace(last, after=(*last.after, *slots))
        else:
            self._error(origin, f"字段“{slots[0].label}”前面没有可以认出它的文字")


# -- tables ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _TableBuilder:
    """The anchors of one table: grids where rows stand under headings, labels with slots beside them elsewhere."""

    builder: _Builder
    level: int

    def anchors(self, table: p.TableNode) -> list[Anchor | Repeat[Anchor]]:
        return self._anchors(list(_flat(table.body)))

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
        inner = _TableBuilder(self.builder, self.level + 1)._anchors(list(_flat(node.body)))
        if not inner or not isinstance(inner[0], Label) or not _begins_static(node):
            self.builder._error(node.origin, "重复的行上方要有表头，或以固定文字开头，否则读不出有几行")
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
                    anchors.append(self.builder.label(box.static, (), cell=True))
                    last = len(anchors) - 1
            elif box.static and (last is None or _names_itself(box)):
                anchors += self._label_with_slot(box)
                last = len(anchors) - 1
            else:
                self._beside(box, anchors, last)

    def _frame_line(self, line: p.Line, anchors: list[Anchor | Repeat[Anchor]]) -> None:
        if line.static:
            anchors += self.builder.labels(line, inline=True)
        elif line.slots:
            self.builder._slots_apart(line)
            self.builder._attach(anchors, tuple(map(slot_of, line.slots)), line.origin)

    def _label_with_slot(self, box: p.Box) -> list[Label]:
        """A cell that holds its label and its slot."""
        line = p.Line(tuple(piece for each in box.lines for piece in each.pieces), box.cell.origin)
        found = self.builder.labels(line)
        return [replace(label, cell=True) for label in found]

    def _beside(self, box: p.Box, anchors: list[Anchor | Repeat[Anchor]], last: int | None) -> None:
        slot = box.slots[0]
        if len(box.slots) > 1:
            self.builder._error(box.cell.origin, "一个单元格里有几个字段时，每个前面要有固定文字")
        if last is None:
            self.builder._error(box.cell.origin, f"字段“{slot.leaf.title}”左边没有标签")
            return
        label = anchors[last]
        assert isinstance(label, Label)
        added = replace(slot_of(slot), prefix=_prefix(box), suffix=_suffix(box))
        aliases = (*label.aliases, *_spellings(label.text, slot.leaf))
        anchors[last] = replace(label, after=(*label.after, added), aliases=tuple(dict.fromkeys(aliases)), cell=True)

    def _grid(self, heading: Heading, nodes: Sequence[p.Node]) -> Grid:
        body = tuple(self._body(heading, nodes))
        return Grid(heading.columns(self._names(heading, nodes)), body)

    def _names(self, heading: Heading, nodes: Sequence[p.Node]) -> dict[int, tuple[str, ...]]:
        """Other spellings of each heading, from the fields of lists that stand under it alone."""
        names: dict[int, tuple[str, ...]] = {}
        for each in (node for node in nodes if isinstance(node, p.Each)):
            for row in (node for node in p.walk(each.body) if isinstance(node, p.RowNode)):
                for box in row.boxes:
                    first, last = heading.span(box)
                    if last == first + 1 and len(box.slots) == 1:
                        text = heading.text(first)
                        names[first] = (*names.get(first, ()), *_spellings(text, box.slots[0].leaf))
        return names

    def _body(self, heading: Heading, nodes: Sequence[p.Node]) -> Iterator[Row | Repeat[Row]]:
        for node in nodes:
            if isinstance(node, p.Each):
                yield Repeat(node.path, tuple(self._body(heading, list(_flat(node.body)))))
            elif isinstance(node, p.RowNode) and (row := self._pattern(heading, node)).cells:
                yield row

    def _pattern(self, heading: Heading, row: p.RowNode) -> Row:
        cells = []
        for box in row.boxes:
            first, last = heading.span(box)
            if len(box.slots) > 1:
                self.builder._error(box.cell.origin, "表头下的一个单元格只能有一个字段")
            if box.static or box.slots:
                slot = slot_of(box.slots[0]) if box.slots else None
                before = bool(box.slots) and not _prefix(box) and bool(box.static)
                cells.append(RowCell(first, last, box.static, (), slot, before))
        return Row(tuple(cells))


def slot_of(slot: p.Slot) -> Slot:
    """A slot as the matcher sees it."""
    leaf = slot.leaf
    return Slot(slot.path, leaf.title, leaf.blank, leaf.codec.flow, _acceptance(leaf))


def _acceptance(leaf: Leaf) -> Callable[[str], bool]:
    codec, nullable = leaf.codec, leaf.nullable

    def accepts(text: str) -> bool:
        if nullable and is_null_sign(text):
            return True
        reading = codec.parse(text)
        return reading.value is not None or not reading.problems

    return accepts


def _spellings(text: str, leaf: Leaf) -> Iterator[str]:
    """The field's aliases, put into the printed text where that holds the field's title (`一、企业简介`)."""
    for alias in leaf.aliases:
        yield text.replace(leaf.title, alias) if leaf.title in text else alias


def _leaves(of: p.Line | p.Box) -> dict[str, Leaf]:
    return {slot.path: slot.leaf for slot in of.slots}


def _flat(body: Iterable[p.Node]) -> Iterator[p.Node]:
    """Nodes with conditions opened up, without what the blank form alone prints."""
    for node in body:
        if not isinstance(node, p.Given):
            yield node
        elif node.path:
            yield from _flat(node.body)


def _line_each(node: p.Each) -> p.Slot | None:
    """The slot of a repeat that prints one line of its own for each item, with no text in it."""
    lines = [each for each in _flat(node.body) if not isinstance(each, p.Line) or each.static or each.slots]
    if len(lines) == 1 and isinstance(lines[0], p.Line) and not lines[0].static and len(lines[0].slots) == 1:
        return lines[0].slots[0]
    return None


def _begins_static(node: p.Each) -> bool:
    first = next(iter(_flat(node.body)), None)
    return isinstance(first, p.RowNode) and any(box.static for box in first.boxes[:1])


def _runs(line: p.Line) -> Iterator[tuple[str, list[p.Slot]]]:
    """Each static text of a line with the slots behind it; the first text may be empty. Ordinals print no text."""
    static, slots = "", list[p.Slot]()
    for piece in line.pieces:
        if isinstance(piece, p.Slot):
            slots.append(piece)
        elif isinstance(piece, p.Text):
            if slots:
                yield static, slots
                static, slots = "", []
            static += piece.text
    yield static, slots


def _is_sentence(line: p.Line) -> bool:
    """Whether fixed words stand behind a slot that name no further one: 共{{ count }}家."""
    runs = list(_runs(line))
    ahead = bool(runs and not runs[0][0].strip() and runs[0][1])
    for number, (static, slots) in enumerate(runs):
        text = static.strip()
        if number == 0 or not text:
            continue
        named = slots and text.endswith(_COLON)
        closes_title = ahead and number == 1 and not slots
        title_goes_on = ahead and number == 1 and len(runs) == 2
        if not (named or closes_title or title_goes_on):
            return True
    return False


def _is_frame(box: p.Box) -> bool:
    """Whether a cell holds several labels with their slots, as a commitment with signature and date does."""
    return len(box.slots) > 1 or (len(box.slots) == 1 and sum(bool(line.static) for line in box.lines) > 1)


def _names_itself(box: p.Box) -> bool:
    """Whether a cell begins with a label of its own: `其中：{{ n }}`."""
    first = next((piece for line in box.lines for piece in line.pieces), None)
    return isinstance(first, p.Text) and first.text.strip().endswith(_COLON)


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


__all__ = ["TemplateLayout", "depth", "layout_of", "slot_of"]
