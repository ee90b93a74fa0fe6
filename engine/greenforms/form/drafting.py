"""How a layout is drafted from other papers: what stands in it of itself, and what its running text should speak of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenforms.errors import FormPackageError
from greenforms.fact.vocabulary import Vocabulary
from greenforms.form.tree import pattern_of

#: A field in a fixed text: of the paper by its pointer, or one beside by its name.
SLOT = re.compile(r"\{([/a-z0-9_]+)\}")


@dataclass(frozen=True, slots=True)
class DraftedField:
    """What is known of a field (a pattern) before anybody writes; each way is tried in this order.

    `answered_by` are places of other layouts that answer the same question, `day` takes the day of drafting, `year`
    its year and so many more, `items` joins the parts of the unit that a fact is stated of, `verdict` judges a
    catalogue's rows, `texts` are fixed ones of which the first with all its fields known stands. What is still lacking
    then should speak of the facts of `speaks_of`.
    """

    answered_by: tuple[tuple[str, str], ...] = ()
    day: bool = False
    year: int | None = None
    items: str = ""
    verdict: str = ""
    texts: tuple[str, ...] = ()
    speaks_of: tuple[str, ...] = ()


#: Nothing is known.
UNKNOWN = DraftedField()


@dataclass(frozen=True, slots=True)
class Drafting:
    """What a file in `schemas/drafting/` says of a layout, by the pattern of the field."""

    source: str
    fields: Mapping[str, DraftedField]
    #: Where who made the report signs, and who checked it; empty where the form has no place for both.
    made_by: str = ""
    checked_by: str = ""

    def of(self, pointer: str) -> DraftedField:
        """What is known of a place; a row of a catalogue may be told for all rows."""
        pattern = pattern_of(pointer)
        around, _, name = pattern.rpartition("/")
        any_row = f"{around.rpartition('/')[0]}/*/{name}"
        return self.fields.get(pattern) or self.fields.get(any_row) or UNKNOWN


def drafting_of(content: Any, where: str, vocabulary: Vocabulary) -> Drafting:
    """The drafting that a file describes. Raises FormPackageError for facts that do not exist."""
    fields = {pattern: _field(said) for pattern, said in content["fields"].items()}
    named = [(pattern, fact) for pattern, each in fields.items() for fact in (*each.speaks_of, each.items) if fact]
    strange = [f"{where}：“{pattern}”：词汇表里没有“{fact}”" for pattern, fact in named if fact not in vocabulary.facts]
    if strange:
        raise FormPackageError(tuple(strange))
    review = content.get("review", {})
    return Drafting(where, fields, review.get("made_by", ""), review.get("checked_by", ""))


def _field(said: Mapping[str, Any]) -> DraftedField:
    layouts = (
        (layout, pointer) for layout, _, pointer in (each.partition("#") for each in said.get("answered_by", ()))
    )
    return DraftedField(
        tuple(layouts),
        said.get("day", False),
        said.get("year"),
        said.get("items", ""),
        said.get("verdict", ""),
        tuple(said.get("texts", ())),
        tuple(said.get("speaks_of", ())),
    )
