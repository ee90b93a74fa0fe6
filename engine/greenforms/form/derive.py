"""Texts that are printed from other fields: counts, sums, names in a row, a year, a field said once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from greenforms.form.tree import ABSENT, Derived, Group, Leaf, Node, Rows

_YEAR_DIGITS = 4


def derived_text(leaf: Leaf, paper: Any) -> str | None:
    """What a derived field prints for the data of its paper; None where what it follows from is not there."""
    assert leaf.derived is not None
    value = _value(leaf.derived, paper)
    if value is ABSENT:
        lists = [each for each in _spots(paper, _list_of(leaf.derived)) if isinstance(each, list)]
        return leaf.derived.nothing if lists else None
    said = value if isinstance(value, str) and leaf.codec.name == "text" else leaf.codec.format(value)
    return leaf.derived.text.replace("{}", said)


def _value(derived: Derived, paper: Any) -> Any:
    if derived.kind == "count":
        lists = [found for found in _spots(paper, _list_of(derived)) if isinstance(found, list)]
        return sum(len(_meant_items(found, derived)) for found in lists) if lists else ABSENT
    found = [value for value in _sources(derived, paper) if value is not None]
    if not found:
        return ABSENT
    match derived.kind:
        case "sum":
            figures = [value for value in found if isinstance(value, int | Decimal) and not isinstance(value, bool)]
            return sum(figures, Decimal(0)) if len(figures) == len(found) else ABSENT
        case "join":
            return derived.separator.join(map(str, found))
        case "year":
            digits = str(found[0])[:_YEAR_DIGITS]
            return int(digits) + derived.offset if digits.isdigit() and len(digits) == _YEAR_DIGITS else ABSENT
    return found[0]


def _list_of(derived: Derived) -> list[str]:
    """The steps to the list that a derived text is about: up to the last `*`, all of them for a count."""
    steps = derived.source.split("/")[1:]
    if derived.kind == "count" or "*" not in steps:
        return steps
    return steps[: len(steps) - 1 - steps[::-1].index("*")]


def _sources(derived: Derived, paper: Any) -> Iterator[Any]:
    """The values a derived text is made of."""
    steps = derived.source.split("/")[1:]
    if not derived.where:
        yield from _spots(paper, steps)
        return
    way = _list_of(derived)
    for items in _spots(paper, way):
        for item in _meant_items(items, derived):
            yield from _spots(item, steps[len(way) + 1 :])


def _meant_items(items: Any, derived: Derived) -> list[Any]:
    """The items of a list that have the values of `where`."""
    where = derived.where.items()
    return [
        item for item in items if not where or all(isinstance(item, Mapping) and item.get(k) == v for k, v in where)
    ]


def derived_errors(node: Node, paper: Group) -> Iterator[str]:
    """What is wrong with the pointers of derived texts, which begin at the layout they stand in; Chinese clauses."""
    if isinstance(node, Leaf) and node.derived is not None:
        kind = Rows if node.derived.kind == "count" else Leaf
        if not all(isinstance(each, kind) for each in _meant(paper, node.derived.source.split("/")[1:])):
            what = "列表" if kind is Rows else "字段"
            yield f"x-derived“{node.title}”里的 {node.derived.kind}“{node.derived.source}”指的不是{what}"
        else:
            yield from _where_errors(node.title, node.derived, paper)
    elif isinstance(node, Rows):
        yield from derived_errors(node.item, paper)
    elif isinstance(node, Group):
        paper = node if node.layout else paper
        for child in (*node.derived.values(), *node.children.values()):
            yield from derived_errors(child, paper)


def _where_errors(title: str, derived: Derived, paper: Group) -> Iterator[str]:
    """What is wrong with the fields that `where` names and the values it asks of them."""
    for rows in _meant(paper, _list_of(derived)) if derived.where else ():
        for name, value in derived.where.items():
            leaf = rows.item.children.get(name) if isinstance(rows, Rows) else None
            if not isinstance(leaf, Leaf):
                yield f"x-derived“{title}”里的 where“{name}”不是“{derived.source}”所在列表的字段"
            elif leaf.codec.parse(value).value != value:
                yield f"x-derived“{title}”里的 where“{name}”不能是“{value}”"


def _meant(node: Node | None, steps: list[str]) -> Iterator[Node | None]:
    """The nodes at a pattern; None for each place where it leads nowhere."""
    if not steps:
        yield node
    elif isinstance(node, Rows) and (steps[0] == "*" or steps[0].isdecimal()):
        yield from _meant(node.item, steps[1:])
    elif isinstance(node, Group) and steps[0] == "*" and node.children:
        for child in node.children.values():
            yield from _meant(child, steps[1:])
    else:
        yield from _meant(node.children.get(steps[0]), steps[1:]) if isinstance(node, Group) else (None,)


def _spots(data: Any, steps: list[str]) -> Iterator[Any]:
    """What stands at a pattern, `*` standing for each item of a list, for each row of a catalogue or matrix."""
    if not steps:
        yield data
    elif steps[0] == "*":
        members = data.values() if isinstance(data, Mapping) else data if isinstance(data, list) else ()
        for item in members:
            yield from _spots(item, steps[1:])
    elif isinstance(data, Mapping) and steps[0] in data:
        yield from _spots(data[steps[0]], steps[1:])
    elif isinstance(data, list) and steps[0].isdecimal() and int(steps[0]) < len(data):
        yield from _spots(data[int(steps[0])], steps[1:])
