"""The fitted numbers behind confidence: how often which sign of trouble went with a wrong reading.

A wrong field has a cause: a character misread, a line cut off by what was taken for a rule, ink passed over. Each cause
leaves a sign that can be measured, and each strength of a sign has a chance, counted on scans whose truth is known,
that the field is wrong because of it. The field is right when nothing went wrong, so what the causes leave is
multiplied (a noisy or: J. Pearl, Probabilistic Reasoning in Intelligent Systems, 4.3.2). Evidence from outside the
picture, such as a check digit or the same fact elsewhere, then raises or lowers that by Bayes' rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from greenforms.read.extraction import Grade
from greenforms.tables import table

#: No reading is certain: neither right nor wrong.
_LEAST, _MOST = 0.0001, 0.9999


@dataclass(frozen=True, slots=True)
class Risk:
    """The chance that a field is wrong by one cause: `chances[n]` from a sign of strength `steps[n - 1]` on."""

    steps: tuple[float, ...]
    chances: tuple[float, ...]

    def at(self, strength: float) -> float:
        """The chance at one strength."""
        return self.chances[bisect_right(self.steps, strength)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that should hold: how often it does for a right reading, and all the same for a wrong one."""

    right: float
    wrong: float

    def weigh(self, confidence: float, *, holds: bool) -> float:
        """The chance of being right once it is known whether it holds (Bayes)."""
        right, wrong = (self.right, self.wrong) if holds else (1 - self.right, 1 - self.wrong)
        share = confidence * right
        return bounded(share / (share + (1 - confidence) * wrong))


@dataclass(frozen=True, slots=True)
class Calibration:
    """All fitted numbers. A field is green from the chance `green` on, and red below `red`."""

    risks: Mapping[str, Risk]
    evidence: Mapping[str, Evidence]
    green: float
    red: float

    def grade(self, confidence: float) -> Grade:
        """The grade of a chance of being right."""
        if confidence >= self.green:
            return "green"
        return "amber" if confidence >= self.red else "red"

    def weigh(self, confidence: float, name: str, *, holds: bool) -> float:
        """The chance after one piece of evidence; what was never fitted weighs nothing."""
        evidence = self.evidence.get(name)
        return evidence.weigh(confidence, holds=holds) if evidence else confidence


def bounded(confidence: float) -> float:
    """A chance that leaves room for doubt."""
    return min(_MOST, max(_LEAST, confidence))


def read_calibration(content: Mapping[str, Any]) -> Calibration:
    """The calibration that a YAML file holds."""
    return Calibration(
        risks={name: Risk(tuple(each["steps"]), tuple(each["chances"])) for name, each in content["risks"].items()},
        evidence={name: Evidence(each["right"], each["wrong"]) for name, each in content["evidence"].items()},
        green=content["grades"]["green"],
        red=content["grades"]["red"],
    )


@cache
def calibration() -> Calibration:
    """The calibration shipped, as scripts/fit-confidence wrote it."""
    return read_calibration(table(Path(__file__).with_name("calibration.yaml")))
