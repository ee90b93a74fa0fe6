"""Finds the headings of a template's tables, and which rows stand under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from greenforms.form.template.program import Box, Each, Node, RowNode, walk
from greenforms_extractors.match.layout import Column, Label


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of one or more levels. `titles` are the rows of plain text above it, `rows` how many rows both have."""

    titles: tuple[RowNode, ...]
    leaves: tuple[Box, ...]
    above: tuple[tuple[str, ...], ...]
    rows: int
    #: The columns of the grid that each leaf spans: they are asked for once for every cell below.
    _edges: tuple[tuple[int, int], ...] = field(init=False, repr=False, compare=False)
    _spans: dict[tuple[int, int], tuple[int, int]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_edges", tuple((leaf.left, leaf.right) for leaf in self.leaves))

    def span(self, box: Box) -> tuple[int, int]:
        """The columns a cell stands under, from the first up to, not including, the last."""
        place = (box.left, box.right)
        if (known := self._spans.get(place)) is None:
            known = self._spans[place] = self._under(*place)
        return known

    def _under(self, left: int, right: int) -> tuple[int, int]:
        under = [
            number
            for number, (first, last) in enumerate(self._edges)
            if (min(right, last) - max(left, first)) * 2 > min(right - left, last - first)
        ]
        return (under[0], under[-1] + 1) if under else (0, 0)

    def text(self, column: int) -> str:
        """What the heading of a column prints."""
        return self.leaves[column].static

    def columns(self, names: Mapping[int, tuple[str, ...]]) -> tuple[Column, ...]:
        """The columns as the matcher sees them, with their other spellings."""
        return tuple(
            Column(Label(leaf.static, tuple(dict.fromkeys(names.get(number, ()))), cell=True), above)
            for number, (leaf, above) in enumerate(zip(self.leaves, self.above, strict=True))
        )


def heading_over(nodes: Sequence[Node], start: int) -> tuple[Heading | None, int]:
    """The heading that begins at a node, and where the rows under it end; None where no heading begins."""
    end = start
    while end < len(nodes) and isinstance(node := nodes[end], RowNode) and node.static_only:
        end += 1
    if end == start or end == len(nodes):
        return None, start
    heading = _heading([node for node in nodes[start:end] if isinstance(node, RowNode)])
    if heading is None:
        return None, start
    last, roles = end, _Roles(heading)
    while last < len(nodes) and _goes_on(heading, nodes, last) and roles.agree(nodes[last]):
        last += 1
    rows = nodes[end:last]
    if not rows or not any(isinstance(node, Each) or _is_matrix_row(node) or _is_plain(heading, node) for node in rows):
        return None, start
    return heading, last


def _heading(run: Sequence[RowNode]) -> Heading | None:
    """The heading at the foot of some rows of plain text."""
    lowest = run[-1]
    block = [lowest]
    for row in reversed(run[:-1]):
        if not _over(row, block[0], lowest):
            break
        block.insert(0, row)
    boxes = [box for row in block for box in row.boxes if box.static]
    leaves = sorted((box for box in boxes if not _covered(box, boxes)), key=lambda box: box.left)
    above = tuple(
        tuple(other.static for other in boxes if other.cell.row < leaf.cell.row and _shared(other, leaf))
        for leaf in leaves
    )
    return Heading(tuple(run[: len(run) - len(block)]), tuple(leaves), above, len(run)) if leaves else None


def _over(row: RowNode, below: RowNode, lowest: RowNode) -> bool:
    """Whether a row of plain text is a level of the heading below it: its cells span columns or rows of that."""
    if len([box for box in row.boxes if box.static]) < 2:
        return False
    return any(box.cell.rows > 1 for box in row.boxes) or any(
        box.cell.columns > 1 and sum(_shared(box, other) > 0 for other in below.boxes) > 1 for box in row.boxes
    )


def _covered(box: Box, boxes: Sequence[Box]) -> bool:
    """Whether other headings stand below a heading."""
    return any(other.cell.row > box.cell.row and _shared(other, box) for other in boxes)


def _goes_on(heading: Heading, nodes: Sequence[Node], position: int) -> bool:
    """Whether a node stands under the heading, too."""
    node = nodes[position]
    if position and _is_plain(heading, nodes[position - 1]):
        return False
    if isinstance(node, Each):
        rows = [each for each in walk(node.body) if isinstance(each, RowNode)]
        if _has_heading(node) or not (rows and _fits(heading, rows[0])):
            return False
        if not all(_lies_under(heading, row) for row in rows):
            return False
        return not all(_labels_its_slots(row) for row in rows)
    if not isinstance(node, RowNode):
        return False
    if node.static_only:
        return _is_title(node, heading) and position + 1 < len(nodes) and _goes_on_after(heading, nodes, position + 1)
    if _is_plain(heading, node):
        return not _follows_rows(heading, nodes, position)
    return _fits(heading, node) and any(box.static for box in node.boxes)


class _Roles:
    """Which columns of a table hold texts and which hold fields, as far as its rows were seen."""

    def __init__(self, heading: Heading) -> None:
        self._heading = heading
        self._texts = set[int]()
        self._slots = set[int]()

    def agree(self, node: Node) -> bool:
        """Whether the rows of a node print texts and fields under the same headings as the rows before them.

        The first cell of a row is its label, also under a heading where other rows have a field: 合计.
        """
        texts, slots = self._of(node)
        if self._texts & slots or self._slots & texts:
            return False
        self._texts |= texts
        self._slots |= slots
        return True

    def _of(self, node: Node) -> tuple[set[int], set[int]]:
        """The columns of texts and those of fields, but for the first cell of each row and wide ones."""
        texts, slots = set[int](), set[int]()
        for row in (each for each in walk((node,)) if isinstance(each, RowNode) and len(each.boxes) > 1):
            for box in [box for box in row.boxes if box.static or box.slots][1:]:
                first, last = self._heading.span(box)
                if last == first + 1:
                    (slots if box.slots else texts).add(first)
        return texts, slots


def _is_plain(heading: Heading, node: Node) -> bool:
    """Whether a row holds nothing but one slot right under each of some headings."""
    if not isinstance(node, RowNode) or any(box.static for box in node.boxes):
        return False
    spans = [heading.span(box) for box in node.boxes if box.slots]
    return bool(spans) and all(last == first + 1 for first, last in spans) and _fits(heading, node)


def _goes_on_after(heading: Heading, nodes: Sequence[Node], position: int) -> bool:
    """Whether rows go on below a title inside a table; a heading of their own would end them."""
    node = nodes[position]
    if isinstance(node, RowNode) and node.static_only:
        return False
    return _goes_on(heading, nodes, position) and (isinstance(node, Each) or _is_matrix_row(node))


def _follows_rows(heading: Heading, nodes: Sequence[Node], position: int) -> bool:
    before = nodes[position - 1] if position else None
    return isinstance(before, Each) or (isinstance(before, RowNode) and not before.static_only)


def _has_heading(node: Each) -> bool:
    return any(isinstance(each, RowNode) and each.static_only and len(each.boxes) > 1 for each in walk(node.body))


def _is_title(row: RowNode, heading: Heading) -> bool:
    boxes = [box for box in row.boxes if box.static]
    return len(boxes) == 1 and heading.span(boxes[0])[1] - heading.span(boxes[0])[0] > 1


def _fits(heading: Heading, row: RowNode) -> bool:
    """Whether each slot of a row stands under one heading, or beside its own text in a wide cell."""
    return _lies_under(heading, row) and all(
        box.static or _alone(row, box)
        for box in row.boxes
        if box.slots and heading.span(box)[1] > heading.span(box)[0] + 1
    )


def _lies_under(heading: Heading, row: RowNode) -> bool:
    """Whether the cells of a row stand under headings, no two of them under one, with at most one slot in each."""
    taken = 0
    for box in row.boxes:
        if not box.slots and not box.static:
            continue
        first, last = heading.span(box)
        if first < taken or len(box.slots) > 1 or (box.slots and last == first):
            return False
        taken = last
    return True


def _alone(row: RowNode, box: Box) -> bool:
    """Whether a wide cell is the row's only one, as where an item's text stands below its figures."""
    return all(not other.static and not other.slots for other in row.boxes if other is not box) or not any(
        other.static for other in row.boxes
    )


def _is_matrix_row(node: Node) -> bool:
    """Whether a row is known by its label and its headings: it has slots that no text of the row stands right before.

    Two texts side by side say so as well: the second is a unit or another attribute of the row, no label.
    """
    if not isinstance(node, RowNode) or not any(box.slots for box in node.boxes):
        return False
    boxes = [box for box in node.boxes if box.static or box.slots]
    if not any(box.static and not box.slots for box in boxes):
        return False
    return any(_bare(one) and _bare(other) for one, other in _neighbours(boxes)) or any(
        _plain(one) and _plain(other) for one, other in _neighbours(boxes)
    )


def _labels_its_slots(row: RowNode) -> bool:
    """Whether each slot of a row stands right behind a text, as in a table of labels and values."""
    boxes = [box for box in row.boxes if box.static or box.slots]
    named = all(
        box.static or (number > 0 and _plain(boxes[number - 1])) for number, box in enumerate(boxes) if box.slots
    )
    return named and any(box.static for box in boxes)


def _neighbours(boxes: Sequence[Box]) -> Iterator[tuple[Box, Box]]:
    return pairwise(boxes)


def _bare(box: Box) -> bool:
    return bool(box.slots)


def _plain(box: Box) -> bool:
    return bool(box.static) and not box.slots


def _shared(one: Box, other: Box) -> int:
    """How many grid columns two cells share."""
    return max(0, min(one.right, other.right) - max(one.left, other.left))
