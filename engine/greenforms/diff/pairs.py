"""Places of two data sets that answer each other; rows of a list find each other by name, else by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from greenforms.dossier.versions import imprint_of
from greenforms.fact.fold import fold_name
from greenforms.form.tree import ABSENT, Group, Leaf, Node, Rows, Value, values

#: Rows that nothing names are taken for one where they agree in so much of what either says.
_ALIKE = 0.5
#: How far ahead such a row is looked for.
_REACH = 50


@dataclass(frozen=True, slots=True)
class Pair:
    """One place on both sides: a field, or a whole row that only one side has (the other is None then)."""

    node: Leaf | Group
    old: Value | str | None
    new: Value | str | None


def pairs(node: Node, old: Any, new: Any, old_at: str = "", new_at: str = "") -> Iterator[Pair]:
    """All places in form order. A row that one side lacks is one place, told by its pointer."""
    match node:
        case Leaf():
            yield Pair(node, _value(node, old, old_at), _value(node, new, new_at))
        case Group():
            for name, child in node.children.items():
                inner = (_member(old, name), _member(new, name))
                yield from pairs(child, *inner, f"{old_at}/{name}", f"{new_at}/{name}")
        case Rows():
            lists = [each if isinstance(each, list) else [] for each in (old, new)]
            for one, other in rows_paired(node, *lists):
                here = (f"{old_at}/{one}", f"{new_at}/{other}")
                if one is not None and other is not None:
                    yield from pairs(node.item, lists[0][one], lists[1][other], *here)
                else:
                    yield Pair(node.item, here[0] if one is not None else None, here[1] if other is not None else None)


def _value(leaf: Leaf, value: Any, pointer: str) -> Value:
    return Value(leaf, pointer, value if value is not ABSENT else None, value is not ABSENT)


def _member(data: Any, name: str) -> Any:
    return data.get(name, ABSENT) if isinstance(data, Mapping) else ABSENT


def rows_paired(rows: Rows, old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[int | None, int | None]]:
    """The rows of two lists that are the same row, in the order of the new list; None for one that is not there."""
    partner = _by_name(rows, old, new) or _by_content(rows, old, new)
    gone = [number for number in range(len(old)) if number not in partner.values()]
    for number in range(len(new)):
        one = partner.get(number)
        while gone and one is not None and gone[0] < one:
            yield gone.pop(0), None
        yield one, number
    yield from ((number, None) for number in gone)


def _by_name(rows: Rows, old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """New rows with the old ones of their name or year; nothing where names are lacking or come twice."""
    period = rows.period or rows.item.period
    key = rows.subject or (period.field if period is not None else None)
    if key is None:
        return {}
    names = [[_name(_member(row, key)) for row in each] for each in (old, new)]
    if any("" in each or max(Counter(each).values(), default=0) > 1 for each in names):
        return {}
    at = {name: number for number, name in enumerate(names[0])}
    found = {number: at[name] for number, name in enumerate(names[1]) if name in at}
    return {**found, **_renamed(rows, old, new, found)}


def _name(value: Any) -> str:
    return fold_name(str(value)) if value not in (ABSENT, None) else ""


def _renamed(rows: Rows, old: Sequence[Any], new: Sequence[Any], found: Mapping[int, int]) -> dict[int, int]:
    """Rows left over on both sides that are alike in all but their name."""
    gone = {n: _said(rows, row) for n, row in enumerate(old) if n not in found.values()}
    come = {n: _said(rows, row) for n, row in enumerate(new) if n not in found}
    return _nearest(gone, come)


def _by_content(rows: Rows, old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """Rows that say the same in the same order, and between those the ones that are most alike."""
    one, other = ([_said(rows, row) for row in each] for each in (old, new))
    found: dict[int, int] = {}
    matcher = SequenceMatcher(None, [*map("\x1f".join, one)], [*map("\x1f".join, other)], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            found |= dict(zip(range(j1, j2), range(i1, i2), strict=True))
        else:
            found |= _nearest({n: one[n] for n in range(i1, i2)}, {n: other[n] for n in range(j1, j2)})
    return found


def _nearest(old: Mapping[int, list[str]], new: Mapping[int, list[str]]) -> dict[int, int]:
    """New rows with the one of the next old rows that says enough of the same; neither is taken twice."""
    left = list(old)
    found: dict[int, int] = {}
    for number, said in new.items():
        best = max(left[:_REACH], key=lambda each: _likeness(old[each], said), default=None)
        if best is not None and _likeness(old[best], said) >= _ALIKE:
            found[number] = best
            left.remove(best)
    return found


def _said(rows: Rows, row: Any) -> list[str]:
    return [imprint_of(each) for each in values(rows.item, row)]


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of what either row says in which both agree."""
    cells = [(left, right) for left, right in zip_longest(one, other, fillvalue="") if left or right]
    return sum(left == right for left, right in cells) / len(cells) if cells else 1.0
