"""What a template could print and nobody could read back: an error of the check of packages, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from greenforms.form.template.program import Box, Each, Given, Line, Node, Program, RowNode, Slot, TableNode, Text, walk
from greenforms.form.template.tags import BLANK, RESERVED
from greenforms.form.tree import Group, Leaf, Rows
from greenforms.place import describe
from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.layout import depth
from greenforms_extractors.origin import Origin, SheetOrigin

_FLOWS = frozenset({"paragraphs", "pictures"})


def key_errors(root: Group) -> Iterator[str]:
    """Keys of the schema that a template or a pointer could not name."""
    for pattern, key in _keys(root):
        if key in RESERVED or key == BLANK:
            yield f"字段“{pattern}”：“{key}”是模板自用的名称，请换一个键名"
        elif key.isdecimal():
            yield f"字段“{pattern}”：键名不能全是数字，否则与清单的行号分不开"


def readable_errors(program: Program) -> Iterator[str]:
    """What of a template could not be read back."""
    for node in walk(program.body, blank=False):
        match node:
            case Line():
                yield from _short_label(node)
            case TableNode(origin=SheetOrigin()):
                yield from _torn(node)
            case Each():
                yield from _merged(node)
                yield from _alike(node)


def _short_label(line: Line) -> Iterator[str]:
    """A label of one character is found in any text."""
    for text, slot in pairwise(line.pieces):
        if isinstance(text, Text) and isinstance(slot, Slot) and len(fold_label(text.text)) == 1:
            yield _at(line.origin, f"字段“{slot.leaf.title}”的标签“{text.text.strip()}”只有一个字，认不出来，请写全")


def _merged(node: Each) -> Iterator[str]:
    """What an outer item prints beside the rows of its inner list."""
    inner = [each for each in walk(node.body) if isinstance(each, Each)]
    if not inner or any(isinstance(each, RowNode) for each in _own(node.body)):
        return
    outside = {depth(each.path) + 1 for each in inner}
    beside = [
        (box, slot)
        for row in walk(node.body)
        if isinstance(row, RowNode)
        for box in row.boxes
        for slot in box.slots
        if depth(slot.path) == depth(node.path) + 1 and depth(slot.path) not in outside
    ]
    if not beside:
        return
    for box, slot in beside:
        if slot.leaf.codec.name in _FLOWS:
            yield _at(box.cell.origin, f"字段“{slot.leaf.title}”与几行并列，不能是多段文字或图片")
    if not any(slot.leaf.required and not slot.leaf.nullable for _, slot in beside):
        names = "、".join(f"“{slot.leaf.title}”" for _, slot in beside)
        yield _at(node.origin, f"外层清单印在里层各行旁边的字段{names}里要有一个必填，否则读不出外层有几项")


def _alike(node: Each) -> Iterator[str]:
    """Two rows of one item that only their turn tells apart, of which either may be left blank."""
    rows = [each for each in _own(node.body) if isinstance(each, RowNode)]
    plain = [row for row in rows if any(box.slots for box in row.boxes) and not any(box.static for box in row.boxes)]
    for one, other in combinations(plain, 2):
        if _shape(one) == _shape(other):
            yield _at(
                _place(other, node.origin),
                "这一行与同一项的另一行列数相同，又都没有固定文字，读的时候分不开，请加上行标签或合并单元格",
            )


def _torn(table: TableNode) -> Iterator[str]:
    """Merged cells of a sheet some rows of which are repeated or left out without the others."""
    blocks = dict(_blocks(table.body))
    for row in (each for each in walk(table.body) if isinstance(each, RowNode)):
        for box in row.boxes:
            if len({blocks.get(number) for number in range(row.number, row.number + box.cell.rows)}) > 1:
                yield _at(box.cell.origin, "合并的单元格一部分在要重复或可以不印的行里，一部分不在，请拆开")


def _blocks(body: tuple[Node, ...]) -> Iterator[tuple[int, int]]:
    """The rows inside repeats and conditions, each with a mark of the innermost of these."""
    for node in walk(body):
        if isinstance(node, Each | Given):
            yield from ((each.number, id(node)) for each in node.body if isinstance(each, RowNode))


def _shape(row: RowNode) -> frozenset[tuple[int, int]]:
    return frozenset((box.left, box.right) for box in row.boxes if box.slots)


def _own(body: tuple[Node, ...]) -> Iterator[Node]:
    """The nodes of one item without those of the lists in it."""
    for node in body:
        if isinstance(node, Given | TableNode):
            yield from _own(node.body)
        elif not isinstance(node, Each):
            yield node


def _keys(group: Group) -> Iterator[tuple[str, str]]:
    for key, node in group.children.items():
        yield node.pattern, key
        match node:
            case Group():
                yield from _keys(node)
            case Rows():
                yield from _keys(node.item)
            case Leaf():
                pass


def _place(row: RowNode, otherwise: Origin) -> Origin:
    boxes: tuple[Box, ...] = row.boxes
    return boxes[0].cell.origin if boxes else otherwise


def _at(origin: Origin, what: str) -> str:
    return f"{describe(origin)}：{what}"
