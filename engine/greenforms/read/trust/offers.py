"""Corrections offered for recognised text that is no value of its field: always a suggestion, never taken.

The recogniser takes characters for others of the same look. Where exactly one way of putting that right gives a value
the field accepts, it is worth showing to whoever holds the paper.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from greenforms.codec.base import Problem
from greenforms.form.tree import Leaf


def with_offers(leaf: Leaf, raw: str, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems of a recognised text, with a correction where none has one and only one is likely."""
    if not problems or any(problem.suggestion is not None for problem in problems):
        return problems
    suggestion = leaf.codec.likely(raw)
    if suggestion is None:
        return problems
    return (_offering(problems[0], suggestion), *problems[1:])


def _offering(problem: Problem, suggestion: Any) -> Problem:
    remedy = f"识别可能有误，请对照原件，疑应为“{suggestion}”"
    return replace(problem, remedy=remedy, suggestion=suggestion)
