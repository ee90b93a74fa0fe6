"""The fact of the vocabulary that a field states, guessed from its label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenforms.draft import wording as w
from greenforms.draft.kinds import Kind, unit_of
from greenforms.draft.outline import Asked
from greenforms.form.library import Library
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class Fact:
    """A shape of a fact that fields can refer to. `names` are its title and the other words for it, folded."""

    id: str
    name: str
    title: str
    names: frozenset[str]
    reference: str
    codec: str
    unit: str
    time: str


@dataclass(frozen=True, slots=True)
class Guess:
    """A fact that a field may state, None where none is sure enough, and why, a Chinese clause."""

    fact: Fact | None
    reason: str


def facts_of(library: Library) -> tuple[Fact, ...]:
    """The facts of a library, each with the first shape that takes no null."""
    return tuple(fact for file in library.registry.below("facts") for fact in _facts(file.name, file.content["$defs"]))


def _facts(file: str, definitions: Mapping[str, Any]) -> Iterator[Fact]:
    for name, said in definitions.items():
        shapes = {key: each for key, each in said.get("$defs", {}).items() if isinstance(each.get("type"), str)}
        if "x-fact" not in said or not shapes:
            continue
        shape, first = next(iter(shapes.items()))
        names = frozenset(map(w.core, (said["title"], *said.get("x-aliases", ()))))
        yield Fact(
            said["x-fact"],
            name,
            said["title"],
            names,
            f"../facts/{file}.schema.json#/$defs/{name}/$defs/{shape}",
            first.get("x-codec", ""),
            said.get("x-unit", ""),
            said.get("x-time", "day"),
        )


def guess_fact(asked: Asked, kind: Kind, facts: Sequence[Fact]) -> Guess:
    """The fact of a field that stands once on the form."""
    label = w.core(asked.label)
    found = [fact for fact in facts if label in fact.names]
    if not found and len(label) > 2:
        found = [fact for fact in facts if any(name.endswith(label) for name in fact.names)]
    if not found:
        return Guess(None, "")
    fact = found[0] if len(found) == 1 else _of_whom(asked, found, facts)
    if fact is None:
        return Guess(None, f"可能是{'、'.join(f'“{each.title}”' for each in found)}，分不清，请自行选定")
    why = _unfit(asked, kind, fact)
    return Guess(None if why else fact, why or f"标签与词汇表的“{fact.title}”相同")


def _of_whom(asked: Asked, found: Sequence[Fact], facts: Sequence[Fact]) -> Fact | None:
    """Of facts with one name, the one of the person that the label before names: head_phone beside head."""
    around = w.core(asked.around)
    stems = {fact.name.partition("_")[0] for fact in facts if around and around in fact.names}
    fitting = [fact for fact in found if fact.name.partition("_")[0] in stems]
    return fitting[0] if len(fitting) == 1 else None


def _unfit(asked: Asked, kind: Kind, fact: Fact) -> str:
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
