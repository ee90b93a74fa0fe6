"""What was typed into the inputs of a paper, as data: each text read by its field, nothing dropped that cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from greenforms.codec.blank import is_blank, is_null_sign
from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, Group, Leaf, Node, Rows, at
from greenforms.workbook.plan import may_be_empty
from greenforms.workbook.values import UNREADABLE, taken
from greenforms_extractors.match.flow import Flow

#: How the names of the inputs begin that say that a field does not apply, and why; that a list is said to be empty.
NULL, WHY, EMPTY = "null:", "why:", "empty:"


@dataclass(slots=True)
class Typed:
    """The data of a paper. `texts` were read with doubt or not at all and are kept as typed, `reasons` say why a field
    does not apply; both by the pointers of the data.

    `posted` tells for the items of lists where they were typed, if empty ones stood before them.
    """

    data: Any = None
    texts: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    posted: dict[str, str] = field(default_factory=dict)

    def place(self, pointer: str) -> str:
        """Where the field of a pointer was typed."""
        around, rest = pointer, ""
        while around:
            if around in self.posted:
                return self.posted[around] + rest
            around, _, step = around.rpartition("/")
            rest = f"/{step}{rest}"
        return pointer


def typed_in(form: Form, inputs: Mapping[str, str]) -> Typed:
    """The data that inputs hold, named by their pointers. Items of lists in which nothing is typed are none."""
    taker = _Taker(inputs)
    data = taker.node(form.root, "", "")
    taker.found.data = {} if data is ABSENT else data
    return taker.found


class _Taker:
    def __init__(self, inputs: Mapping[str, str]) -> None:
        self.found = Typed()
        self._inputs = {name: text.replace("\r\n", "\n") for name, text in inputs.items()}
        self._items = items_of(inputs)

    def node(self, node: Node, pointer: str, place: str, above: Any = ABSENT) -> Any:
        """What was typed below a place, `ABSENT` for nothing; `above` is the item before, for which 同上 stands."""
        match node:
            case Group():
                return self._group(node, pointer, place, above)
            case Rows():
                return self._rows(node, pointer, place)
            case Leaf() if node.codec.flow is Flow.PICTURES:
                return self._pictures(place)
            case Leaf():
                return self._leaf(node, pointer, place, above)

    def _group(self, group: Group, pointer: str, place: str, above: Any) -> Any:
        found = {
            name: self.node(child, f"{pointer}/{name}", f"{place}/{name}", at(above, f"/{name}"))
            for name, child in group.children.items()
        }
        if all(value is ABSENT for value in found.values()):
            return ABSENT
        for name, child in group.children.items():
            if found[name] is ABSENT and _is_list(child) and may_be_empty(child):
                found[name] = []
        return {name: value for name, value in found.items() if value is not ABSENT and value is not UNREADABLE}

    def _rows(self, rows: Rows, pointer: str, place: str) -> Any:
        items: list[Any] = []
        for number in self._items.get(place, ()):
            here, there = f"{pointer}/{len(items)}", f"{place}/{number}"
            item = self.node(rows.item, here, there, items[-1] if items else ABSENT)
            if item is not ABSENT:
                items.append(item)
                if here != there:
                    self.found.posted[here] = there
        return items or ([] if f"{EMPTY}{place}" in self._inputs else ABSENT)

    def _pictures(self, place: str) -> Any:
        rows = self._items.get(place, ())
        found = ({name: self._text(f"{place}/{number}/{name}") for name in ("file", "caption")} for number in rows)
        return [{name: text for name, text in row.items() if text} for row in found if any(row.values())] or ABSENT

    def _text(self, name: str) -> str:
        return self._inputs.get(name, "").strip()

    def _leaf(self, leaf: Leaf, pointer: str, place: str, above: Any) -> Any:
        text = self._inputs.get(place, "")
        if leaf.nullable and f"{NULL}{place}" in self._inputs and (is_blank(text) or is_null_sign(text)):
            text = leaf.empty or "/"
        outcome = taken(leaf, text, above)
        if outcome.problems:
            self.found.texts[pointer] = text
        reason = self._text(f"{WHY}{place}")
        if outcome.value is None and reason:
            self.found.reasons[pointer] = reason
        return outcome.value


def _is_list(node: Node) -> TypeGuard[Rows | Leaf]:
    return isinstance(node, Rows) or (isinstance(node, Leaf) and node.codec.flow is Flow.PICTURES)


def items_of(inputs: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """The numbers of the items of each list that were sent, in order."""
    found: dict[str, set[int]] = {}
    for name in inputs:
        steps = name.partition(":")[2].split("/") if name.startswith((NULL, WHY)) else name.split("/")
        for position, step in enumerate(steps):
            if step.isascii() and step.isdecimal() and len(step) < 6:
                found.setdefault("/".join(steps[:position]), set()).add(int(step))
    return {place: tuple(sorted(numbers)) for place, numbers in found.items()}
