"""One paper of a dossier: a form's data, with the places where they stand where that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from greenforms.dossier.collect import Seen, collect, year_of
from greenforms.fact.statement import Fact
from greenforms.form.form import Form
from greenforms.form.tree import Group, Value, values


@dataclass(frozen=True, eq=False)
class Paper:
    """The data of one form. `document` is what places call it, `seen` where its values stand, by pointer, `makers`
    who made the file by its properties.
    """

    form: Form
    data: Any
    document: str = ""
    seen: Mapping[str, Seen] = field(default_factory=dict)
    makers: tuple[str, ...] = ()

    @property
    def root(self) -> Group:
        """The form's fields."""
        return self.form.root

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Every field that is there, in form order."""
        return tuple(values(self.root, self.data))

    @cached_property
    def running_texts(self) -> tuple[Value, ...]:
        """Every running text that is there, where a clerk may write anything, in form order."""
        return tuple(each for each in self.values if isinstance(each.value, str) and each.leaf.codec.free_text)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """What it states, in form order."""
        return collect(self.form, self.document, self.data, self.seen)

    @cached_property
    def fact_at(self) -> Mapping[str, Fact]:
        """The statement that each place makes."""
        return {fact.path: fact for fact in self.facts}

    @cached_property
    def year(self) -> str:
        """The year of its date, "" where it has none."""
        return year_of(self.form, self.data)
