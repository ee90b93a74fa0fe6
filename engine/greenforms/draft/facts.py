"""The fact of the vocabulary that a field states, guessed from its label."""

from __future__ import annotations

from collections import defaultdict
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
    """The facts of a library, one for each shape that takes no null."""
    files = [*library.registry.below("facts"), *library.registry.below("layouts")]
    labels = defaultdict[str, set[str]](set)
    for file in files:
        for address, said in _references(file.content):
            target = address if "/facts/" in address else f"../facts/{file.name}.schema.json{address}"
            labels[target.partition("/$defs/")[0] + "/" + target.split("/")[-3]] |= set(map(w.core, _called(said)))
    facts = library.registry.below("facts")
    return tuple(fact for file in facts for fact in _facts(file.name, file.content["$defs"], labels))


def _references(node: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every place that takes a shape of a fact, with the address it gives."""
    if isinstance(node, Mapping):
        if str(node.get("$ref", "")).count("/$defs/") == 2:
            yield node["$ref"], node
        for child in node.values():
            yield from _references(child)
    elif isinstance(node, list):
        for child in node:
            yield from _references(child)


def _called(said: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(filter(None, (said.get("title", ""), *said.get("x-aliases", ()))))


def _facts(file: str, definitions: Mapping[str, Any], labels: Mapping[str, set[str]]) -> Iterator[Fact]:
    for name, said in definitions.items():
        if "x-fact" not in said:
            continue
        more = labels.get(f"../facts/{file}.schema.json#/{name}", set())
        names = frozenset(more | set(map(w.core, _called(said))))
        for shape, each in said.get("$defs", {}).items():
            if isinstance(each.get("type"), str):
                reference = f"../facts/{file}.schema.json#/$defs/{name}/$defs/{shape}"
                unit, time = said.get("x-unit", ""), said.get("x-time", "day")
                codec = each.get("x-codec", "")
                yield Fact(said["x-fact"], name, said["title"], names, reference, codec, unit, time)


def guess_fact(asked: Asked, kind: Kind, facts: Sequence[Fact]) -> Guess:
    """The fact of a field that stands once on the form."""
    label = w.core(asked.label)
    found = [fact for fact in facts if label in fact.names]
    if not found and len(label) > 2:
        found = [fact for fact in facts if any(name.endswith(label) for name in fact.names)]
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


def _of_whom(asked: Asked, found: Sequence[Fact], facts: Sequence[Fact]) -> list[Fact]:
    """Of facts with one name, the one of the person that the label before names: head_phone beside head."""
    around = w.core(asked.around)
    stems = {fact.name.partition("_")[0] for fact in facts if around and around in fact.names}
    fitting = [fact for fact in found if fact.name.partition("_")[0] in stems]
    return fitting if len({fact.id for fact in fitting}) == 1 else []


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
