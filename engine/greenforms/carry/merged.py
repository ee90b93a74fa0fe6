"""An earlier list beside the one that is made now: what is new, gone and changed, and rows that are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from greenforms.carry.filling import Prefilled
from greenforms.carry.summary import lists_of
from greenforms.diff.changes import Change, Stand, changes
from greenforms.diff.result import change_json
from greenforms.diff.side import Side
from greenforms.fact.fold import fold_name
from greenforms.form.edit import put
from greenforms.form.form import Form
from greenforms.form.labels import container
from greenforms.form.tree import ABSENT, at

_WORDS = {"added": "新增", "removed": "上次有，这次没有", "changed": "与上次不同"}
_OPEN = "这次没有填"
_NOTHING = "（无）"


@dataclass(frozen=True, slots=True)
class Merged:
    """A list beside the earlier one. `kept` are the names, by pointer, of rows of the earlier one that were kept."""

    form: Form
    earlier: Side
    changes: tuple[Change, ...]
    kept: Mapping[str, str]

    @property
    def counted(self) -> str:
        """How many rows are new and gone, and how many cells differ, in words."""
        rows = {kind: sum(each.kind == kind and each.leaf is None for each in self.changes) for kind in _WORDS}
        cells = sum(each.leaf is not None for each in self.changes)
        gone = rows["removed"] + len(self.kept)
        kept = f"（留下 {len(self.kept)} 行）" if self.kept else ""
        return f"与“{self.earlier.name}”比：新增 {rows['added']} 行，这次没有材料 {gone} 行{kept}，改动 {cells} 格。"

    def is_new(self, pointer: str) -> bool:
        """Whether this is a row that the earlier list has not."""
        return any(each.kind == "added" and each.leaf is None and each.pointer == pointer for each in self.changes)

    def lines(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Each change: its pointer in the new list ("" for none), what became of it, where, what was and what is."""
        for each in self.changes:
            old, new = _text(each.old), _text(each.new)
            what = _WORDS[each.kind] if each.leaf is None else _OPEN if each.new is None else _WORDS["changed"]
            yield each.pointer, what, each.label, old, new
        for pointer, name in self.kept.items():
            yield pointer, "这次没有材料，照上次留下", f"{container(self.form.root, pointer)}{name}", "", ""

    def to_json(self) -> dict[str, Any]:
        """The changes for programs."""
        return {
            "file": self.earlier.name,
            "changes": [change_json(each) for each in self.changes],
            "kept": list(self.kept),
        }


def _text(stand: Stand | None) -> str:
    """What one list says; how sure that was read, where it is not."""
    if stand is None:
        return _NOTHING
    return f"{stand.text}（{stand.doubt}）" if stand.doubt else stand.text


def names_in(earlier: Side, day: date) -> tuple[str, ...]:
    """The units that a list names, in its order."""
    lists = ((_rows(earlier.data, ask.pointer), str(ask.rows.subject)) for ask in lists_of(earlier.form, day))
    return tuple(row[subject] for rows, subject in lists for row in rows if isinstance(row.get(subject), str))


def merged(result: Prefilled, earlier: Side, day: date, *, keep: bool) -> Merged:
    """The new list held against the earlier one; with `keep` its rows that have no counterpart are put behind."""
    kept = dict(_keep(result, earlier, day)) if keep else {}
    new = Side(result.form.title, result.form, result.data)
    pointers = tuple(f"{ask.pointer}/" for ask in lists_of(result.form, day))
    return Merged(
        result.form, earlier, tuple(each for each in changes(earlier, new) if _place(each).startswith(pointers)), kept
    )


def _place(change: Change) -> str:
    return change.pointer or (change.old.pointer if change.old is not None else "")


def _rows(data: Any, pointer: str) -> list[dict[str, Any]]:
    rows = at(data, pointer)
    return [] if rows is ABSENT or not isinstance(rows, list) else [row for row in rows if isinstance(row, dict)]


def _keep(result: Prefilled, earlier: Side, day: date) -> Iterator[tuple[str, str]]:
    """Put rows of the earlier list behind the new ones; the pointer and the name of each."""
    for ask in lists_of(result.form, day):
        key = str(ask.rows.subject)
        there = {fold_name(str(row.get(key))) for row in _rows(result.data, ask.pointer)}
        for row in _rows(earlier.data, ask.pointer):
            if fold_name(str(row.get(key))) not in there:
                pointer = f"{ask.pointer}/{len(_rows(result.data, ask.pointer))}"
                put(result.data, pointer, deepcopy(row))
                yield pointer, str(row.get(key, ""))
