"""The differences as lines of a table: one for each field or row, one for each sentence of running text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from greenforms.diff.changes import Change, Kind, Stand
from greenforms.diff.result import WORDS, Difference

#: What stands where one side has nothing.
NOTHING = "（无）"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `number` counts the fields, so that sentences of one text share it."""

    number: int
    kind: str
    label: str
    old: str
    new: str
    old_place: str
    new_place: str
    remark: str


def lines_of(found: Difference) -> Iterator[Line]:
    """The lines in form order."""
    for number, change in enumerate(found.changes, 1):
        remark = _remark(found, change)
        places = (_place(change.old), _place(change.new))
        if not change.sentences:
            texts = (_text(change.old), _text(change.new))
            yield Line(number, WORDS[change.kind], change.label, *texts, *places, remark)
        for each in change.sentences:
            kind: Kind = "changed" if each.old and each.new else "removed" if each.old else "added"
            texts = (each.old or NOTHING, each.new or NOTHING)
            yield Line(number, WORDS[kind], change.label, *texts, *places, remark)


def line_text(found: Difference, line: Line) -> str:
    """A line for the screen, without its number: what was, what is, and where it stands."""
    sides = ((found.old, line.old_place), (found.new, line.new_place))
    where = "；".join([*(f"“{side.name}”{place}" for side, place in sides if place), *filter(None, [line.remark])])
    behind = f"（{where}）" if where else ""
    return f"【{line.kind}】{line.label}：{line.old} → {line.new}{behind}"


def _text(stand: Stand | None) -> str:
    return stand.text if stand is not None else NOTHING


def _place(stand: Stand | None) -> str:
    return stand.where if stand is not None else ""


def _remark(found: Difference, change: Change) -> str:
    """By how much a figure changed, and which side is not sure."""
    remarks = [_moved(change.gap, change.leaf.unit or "" if change.leaf else "")] if change.gap else []
    for side, stand in ((found.old, change.old), (found.new, change.new)):
        if stand is not None and stand.doubt:
            remarks.append(f"“{side.name}”：{stand.doubt}")
    return "；".join(remarks)


def _moved(gap: Decimal, unit: str) -> str:
    return f"{'增加' if gap > 0 else '减少'}{abs(gap):f}{unit}"
