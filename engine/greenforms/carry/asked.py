"""What a new form asks: for each field which fact, of which year and which site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from greenforms.dossier.scope import Scope, dated, period_of, placed
from greenforms.fact.vocabulary import FactKind, Vocabulary
from greenforms.form.edit import put
from greenforms.form.form import Form
from greenforms.form.tree import Group, Leaf, Node, Rows


@dataclass(frozen=True, slots=True)
class Ask:
    """One field of the new form: `period` is the year it is of, "" for none; `item` the row it stands in, if any."""

    leaf: Leaf
    kind: FactKind
    pointer: str
    period: str
    boundary: str
    item: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the form leaves open which year a figure of a year is of."""
        return self.kind.time == "year" and not self.period


@dataclass(frozen=True, slots=True)
class ListAsk:
    """A list of the new form, and of what its rows speak."""

    rows: Rows
    pointer: str
    scope: Scope


def asks_of(form: Form, day: date) -> Iterator[Ask | ListAsk]:
    """What a form asks that is filled in on a day, in form order."""
    return _walk(form.root, "", Scope(), form.library.vocabulary, day)


def ask_of(leaf: Leaf, pointer: str, beside: Any, scope: Scope, vocabulary: Vocabulary, item: str = "") -> Ask | None:
    """What a field asks, `beside` being the object it stands in; None for one that states no fact."""
    if leaf.fact is None or not leaf.printed:
        return None
    kind = vocabulary.facts[leaf.fact.fact]
    here = placed(leaf, beside, scope)
    boundary = here.boundary if kind.time != "always" else ""
    return Ask(leaf, kind, pointer, period_of(kind, here), boundary, item)


def _walk(node: Node, pointer: str, scope: Scope, vocabulary: Vocabulary, day: date) -> Iterator[Ask | ListAsk]:
    match node:
        case Leaf():
            ask = ask_of(node, pointer, {}, scope, vocabulary)
            yield from () if ask is None else (ask,)
        case Rows():
            yield ListAsk(node, pointer, scope)
        case Group():
            inside = placed(node, {}, scope)
            if node.paper is not None:
                inside = dated(node, _dated_on(node.paper.date, day), inside)
            for name, child in node.children.items():
                yield from _walk(child, f"{pointer}/{name}", inside, vocabulary, day)


def _dated_on(pointer: str, day: date) -> dict[str, Any]:
    paper: dict[str, Any] = {}
    put(paper, pointer, day.isoformat())
    return paper
