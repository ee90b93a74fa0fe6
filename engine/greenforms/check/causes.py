"""One cause, one finding: what is wrong with a value is said once, by whoever sees it first.

A value is looked at in stages, from "can it be read" to "is it written the usual way". Where a stage finds it wrong,
later stages have nothing left to judge: their findings on the same place are the same fault in other words. Of rules
that see one fault from several sides, one says in its data to which others it yields.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from greenforms.check.checks import NO_ANSWER
from greenforms.check.pointers import parent
from greenforms.codec import CODECS
from greenforms.finding import Finding, Severity
from greenforms.form.form import Form


class Stage(IntEnum):
    """How far a value had come when it was found wrong."""

    READ = 0
    """the text could not be read as a value, or only with a doubt"""
    PLACED = 1
    """it stands where nothing should stand"""
    PRESENT = 2
    """it is not there"""
    ANSWER = 3
    """it is a placeholder or a sign, no answer"""
    SHAPE = 4
    """it is no value of the field's type"""
    VALUE = 5
    """it is no possible value"""
    BOUND = 6
    """it is outside the bounds of the schema"""
    RULE = 7
    """it breaks a rule, by itself or held against others"""
    COUNT = 8
    """the rows are too few, too many or alike; a rule may have said which"""
    SPELLING = 9
    """it is written in an unusual way"""
    OTHER = 10
    """the finding is about no single value, such as a notice on the file"""


#: Longer beginnings first; an edition's own rules begin otherwise.
_BY_RULE = {
    "schema/excluded": Stage.PLACED,
    "schema/unknown-key": Stage.PLACED,
    "schema/required": Stage.PRESENT,
    "schema/type": Stage.SHAPE,
    "schema/structure": Stage.SHAPE,
    **dict.fromkeys(("schema/rows", "schema/unique"), Stage.COUNT),
    "schema/": Stage.BOUND,
    "value/": Stage.VALUE,
    "normal-form/": Stage.SPELLING,
    **dict.fromkeys(("read/", "file/", "record/", "workbook/", "pack/"), Stage.OTHER),
}
#: A doubt of reading says nothing of what rules hold of the value; it is the same fault only as these.
_SAME_AS_READING = frozenset({Stage.PRESENT, Stage.VALUE, Stage.SPELLING})
_GRAVE = frozenset({Severity.BLOCK, Severity.FIX})
_GRAVITY = list(Severity)


@dataclass(frozen=True, slots=True)
class _Said:
    """A finding with how far its value had come, and its places."""

    finding: Finding
    stage: Stage
    paths: tuple[str, ...]


def once(form: Form, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings on one paper without those that repeat the fault of another, in the same order.

    What is kept is as grave as what it stands for: a field is missing whatever became of its text. Only a question
    stays a question.
    """
    no_answer = {rule.id for rule in form.rules if rule.check in NO_ANSWER}
    said = [_Said(each, _stage(each, no_answer), tuple(place.path for place in each.places)) for each in findings]
    at = _by_path(said)
    first = {rule.id: rule.yields_to for rule in form.rules if rule.yields_to}
    kept = [
        each
        for each in said
        if not any(_repeats(each, other) or _yields(each, other, first) for other in _around(each, at))
    ]
    return tuple(_as_grave(each, at) for each in kept)


def _by_path(said: Iterable[_Said]) -> Mapping[str, list[_Said]]:
    at: dict[str, list[_Said]] = defaultdict(list)
    for each in said:
        for path in dict.fromkeys(each.paths):
            at[path].append(each)
    return at


def _around(one: _Said, at: Mapping[str, list[_Said]]) -> Iterator[_Said]:
    """The findings on the places of one and on what they lie in."""
    for path in dict.fromkeys(one.paths):
        while path:
            yield from at.get(path, ())
            path = parent(path)


def _stage(finding: Finding, no_answer: Collection[str]) -> Stage:
    if not finding.places or not finding.places[0].path:
        return Stage.OTHER
    if finding.rule in no_answer:
        return Stage.ANSWER
    kind, _, codec = finding.rule.partition("/")
    if kind == "read" and codec in CODECS:
        return Stage.READ
    return next((stage for start, stage in _BY_RULE.items() if finding.rule.startswith(start)), Stage.RULE)


def _repeats(one: _Said, other: _Said) -> bool:
    """Whether the first finding says no more than that a value is wrong which the other has found wrong before."""
    if one.stage is Stage.OTHER or other.stage >= one.stage:
        return False
    if other.stage is Stage.READ:
        return one.stage in _SAME_AS_READING and one.paths[0] == other.paths[0]
    if other.finding.severity not in _GRAVE:
        return False
    if other.stage is Stage.PLACED:
        return any(path == place or path.startswith(f"{place}/") for place in other.paths for path in one.paths)
    # A rule holds values against each other: with one of them wrong by itself there is nothing to judge.
    touched = one.paths if one.stage is Stage.RULE else one.paths[:1]
    return any(path in other.paths for path in touched)


def _yields(one: _Said, other: _Said, first: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the rule of the first finding leaves it to that of the other to speak of a place of both."""
    return other.finding.rule in first.get(one.finding.rule, ()) and not set(one.paths).isdisjoint(other.paths)


def _as_grave(kept: _Said, at: Mapping[str, list[_Said]]) -> Finding:
    if kept.finding.severity is Severity.ASK:
        return kept.finding
    there = [each for path in kept.paths for each in at.get(path, ())]
    same = [each.finding for each in there if each.stage in _SAME_AS_READING and _repeats(each, kept)]
    return replace(kept.finding, severity=min((each.severity for each in (kept.finding, *same)), key=_GRAVITY.index))
