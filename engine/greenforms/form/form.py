"""One official form: a layout under an edition's title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenforms.form.edition import Edition, FormEntry
from greenforms.form.rule import Rule
from greenforms.form.tree import Group, papers_in

if TYPE_CHECKING:
    from greenforms.form.library import Library


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One official form: what its edition says of it, its schema, the field tree and the blank templates by kind.

    `schema` is self-contained. `library` is what the form was found in.
    """

    id: str
    edition: Edition
    entry: FormEntry
    schema: Mapping[str, Any]
    root: Group
    templates: Mapping[str, Path]
    library: Library = field(repr=False)

    @property
    def title(self) -> str:
        """The official title."""
        return self.entry.title

    @property
    def layout(self) -> str:
        """The name of its layout, which forms of other editions may share."""
        return self.entry.layout

    @property
    def within(self) -> Mapping[str, str]:
        """The edition's forms that stand inside this one, by name, each with the pointer of its place."""
        places = dict(papers_in(self.root))
        return {entry.name: places[entry.layout] for entry in self.edition.forms if entry.layout in places}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that each paper of this form is held to: the edition's, then those of every form and of facts.

        What the edition says of a form holds of it inside another one, too.
        """
        names = {self.entry.name, *self.within}
        rules = self.library.rules_of(self.edition.id)
        own = (rule for rule in rules if rule.scope == "paper" and not names.isdisjoint(rule.forms))
        shared = (rule for rule in self.library.shared_rules if rule.scope == "paper")
        return (*own, *shared)
