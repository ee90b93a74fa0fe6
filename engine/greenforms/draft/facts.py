"""The fact of the vocabulary that a field states, guessed from its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from greenforms.draft import wording as w
from greenforms.draft.kinds import Kind, unit_of
from greenforms.draft.outline import Asked
from greenforms.form.fact_shapes import FactShape, fact_shapes
from greenforms.form.library import Library
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class Fact:
    """A shape of a fact and the names it goes by: its title and other labels, folded."""

    shape: FactShape
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Guess:
    """A fact that a field may state, None where none is sure enough, and why, a Chinese clause."""

    fact: FactShape | None
    reason: str


def facts_of(library: Library) -> tuple[Fact, ...]:
    """The facts of a library, one for each shape that takes no null."""
    return tuple(Fact(shape, frozenset(map(w.core, shape.called))) for shape in fact_shapes(library))


def guess_fact(asked: Asked, kind: Kind, facts: Sequence[Fact]) -> Guess:
    """The fact of a field that stands once on the form."""
    label = w.core(asked.label)
    found = [fact.shape for fact in facts if label in fact.names]
    if not found and len(label) > 2:
        found = [fact.shape for fact in facts if any(name.endswith(label) for name in fact.names)]
    if not found:
        return Guess(None, "")
    ids = dict.fromkeys(fact.id for fact in found)
    meant = found if len(ids) == 1 else _of_whom(asked, found, facts)
    if not meant:
        titles = "、".join(f"“{title}”" for title in dict.fromkeys(each.title for each in found))
        return Guess(None, f"可能是{titles}，分不清，请自行选定")
    fact = next((each for each in meant if each.codec == kind.codec), meant[0])
    why = _unfit(asked, kind, fact)
    return Guess(None if why else fact, why or f"标签与词汇表的“{fact.title}”相同")


def _of_whom(asked: Asked, found: Sequence[FactShape], facts: Sequence[Fact]) -> list[FactShape]:
    """Of facts with one name, the one of the person that the label before names: head_phone beside head."""
    around = w.core(asked.around)
    stems = {fact.shape.name.partition("_")[0] for fact in facts if around and around in fact.names}
    fitting = [fact for fact in found if fact.name.partition("_")[0] in stems]
    return fitting if len({fact.id for fact in fitting}) == 1 else []


def _unfit(asked: Asked, kind: Kind, fact: FactShape) -> str:
    """Why a fact of the right name is not that of the field, a Chinese clause."""
    unit = unit_of(asked)
    if fact.time == "year":
        return f"像是“{fact.title}”，但它按年度说，起草时不知道是哪一年，请自行选定"
    if fact.codec == "choice":
        return f"像是“{fact.title}”，但它要写明选项，请自行选定"
    if fold_label(unit) != fold_label(fact.unit):
        return f"像是“{fact.title}”，但单位是“{unit or '未印'}”，词汇表是“{fact.unit or '无'}”"
    if kind.codec not in (fact.codec, "text", "paragraphs"):
        return f"像是“{fact.title}”，但空表要填的是另一种内容"
    return ""
