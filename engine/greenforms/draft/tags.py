"""The tags that go into a blank: in each slot its field's, around the rows of a list its loop's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from greenforms.draft.form import DraftForm, Loop
from greenforms.draft.outline import Place

END = "{%tr endfor %}"


@dataclass(frozen=True, slots=True)
class Insertion:
    """A tag and the place whose text it replaces."""

    place: Place
    tag: str


def insertions(form: DraftForm) -> Iterator[tuple[Insertion, ...]]:
    """The tags of each paragraph or cell, the last first, so that those before keep their places."""
    found = [Insertion(field.asked.place, f"{{{{ {field.tag} }}}}") for field in form.fields]
    found += [Insertion(loop.listed.ordinal, "{{ loop.index }}") for loop in form.loops if loop.listed.ordinal]
    ordered = sorted(found, key=lambda each: (_where(each.place), -each.place.start))
    return (tuple(group) for _, group in groupby(ordered, key=lambda each: _where(each.place)))


def openings(loop: Loop) -> tuple[str, ...]:
    """The statements above the rows of a list, outermost first."""
    outer = f"{{%tr for {loop.variable} in {loop.name} %}}"
    inner = f"{{%tr for {loop.inner_variable} in {loop.variable}.{loop.inner} %}}"
    return (outer, inner) if loop.inner else (outer,)


def _where(place: Place) -> tuple[int, int, int, int]:
    cell = place.cell
    return (place.block, cell.row if cell else -1, cell.column if cell else -1, place.paragraph)
