"""What follows from the figures of a paper, walked place by place, and what would follow from others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from greenforms.check.working.explaining import Explanation, explain, explained, supposing
from greenforms.check.working.telling import outcome_of, score_lines
from greenforms.check.working.tree import Working
from greenforms.dossier.paper import Paper


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it is shown: the outcome, and what it would be with other figures where that differs."""

    working: Working
    outcome: str
    supposed: str
    inputs: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A place worked out: the steps, and for a score its rows and what they cost, in words."""

    step: Step
    lines: tuple[str, ...]
    supposed_lines: tuple[str, ...]

    def typed(self) -> Iterator[Working]:
        """The figures that the paper states, each once: what one can suppose to be others."""
        yield from {each.path: each for each in _stated(self.step)}.values()


def places_of(paper: Paper) -> list[tuple[str, str]]:
    """The places that can be worked out, with their titles; each once."""
    return list(dict(explained(paper.form, paper.data)).items())


def shown(paper: Paper, path: str, suppose: Sequence[tuple[str, str]]) -> Shown:
    """A place worked out, beside what it would be. Raises UsageError for places and values that are none."""
    found = explain(paper.form, paper.data, path, paper.document)
    if not suppose:
        return Shown(_step(found.working, None), _lines(found), ())
    other = explain(paper.form, supposing(paper.form, paper.data, suppose), path, paper.document)
    return Shown(_step(found.working, other.working), _lines(found), _lines(other))


def _lines(found: Explanation) -> tuple[str, ...]:
    return tuple(score_lines(found.score)) if found.score is not None else ()


def _step(working: Working, other: Working | None) -> Step:
    outcome, supposed = outcome_of(working), outcome_of(other) if other is not None else ""
    others = {_key(each): each for each in other.inputs} if other is not None else {}
    inputs = tuple(_step(each, others.get(_key(each))) for each in working.inputs)
    return Step(working, outcome, supposed if supposed != outcome else "", inputs)


def _key(working: Working) -> tuple[str, str]:
    return working.title, working.path


def _stated(step: Step) -> Iterator[Working]:
    if step.working.path and not step.working.written:
        yield step.working
    for each in step.inputs:
        yield from _stated(each)
