"""Letters around a summary: its table, or a list of the same units, stands in them, and they count its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from greenforms.carry.filling import Prefilled
from greenforms.carry.material import Material
from greenforms.carry.summary import lists_of, summarised
from greenforms.dossier.paper import Paper
from greenforms.fact.fold import fold_name
from greenforms.form.edit import put
from greenforms.form.form import Form
from greenforms.form.tree import papers_in


def letter_of(form: Form, table: Prefilled, material: Material, day: date, first: Sequence[str] = ()) -> Prefilled:
    """A letter as far as the table fills it: the table is put where it stands in the letter, else its units are listed.

    Raises UsageError for a form that does neither.
    """
    place = dict(papers_in(form.root)).get(table.form.layout)
    if place is None:
        return summarised(form, material, day, first)
    letter = Prefilled(form, "")
    empty: dict[str, Any] = {}
    for ask in lists_of(table.form, day):
        put(empty, ask.pointer, [])
    put(letter.data, place, {**empty, **table.data})
    letter.carried = [replace(each, pointer=f"{place}{each.pointer}") for each in table.carried]
    letter.left = [replace(each, pointer=each.pointer and f"{place}{each.pointer}") for each in table.left]
    return letter


def otherwise_listed(letter: Prefilled, table: Prefilled, day: date) -> tuple[str, ...]:
    """The units that stand in one of the two alone, by name."""
    names = [_named(each, day) for each in (letter, table)]
    return tuple(name for key, name in {**names[0], **names[1]}.items() if (key in names[0]) != (key in names[1]))


def _named(of: Prefilled, day: date) -> dict[str, str]:
    kind = of.form.library.vocabulary.subject
    lists = tuple(f"{ask.pointer}/" for ask in lists_of(of.form, day))
    facts = (fact for fact in Paper(of.form, of.data).facts if fact.fact == kind and fact.path.startswith(lists))
    return {fold_name(str(fact.value)): str(fact.value) for fact in facts}
