"""The arithmetic of scripts/fit-confidence: chances of causes, rates of evidence, grades and the reliability curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Bins = npt.NDArray[np.int64]

#: From which strength on a sign counts for more; chances never fall from one step to the next.
STEPS: Mapping[str, tuple[float, ...]] = {
    "least": (0.0001, 0.0005, 0.002, 0.006, 0.015, 0.04, 0.08, 0.15, 0.25, 0.4, 0.6),
    "slips": (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 2.0),
    "long": (0.0005, 0.0015, 0.004, 0.01, 0.02, 0.04, 0.1, 0.3),
    "crowded": (0.1, 0.17, 0.23, 0.3, 0.37),
    "stray": (0.01, 0.03, 0.1, 0.3),
    "unexplained": (0.02, 0.06, 0.15, 0.4),
    "small": (0.3, 0.38, 0.5),
    "gap": (0.5, 0.8),
    "wide": (0.5,),
    "shared": (0.5,),
    "beside": (0.5,),
    "below": (0.5,),
    "unbalanced": (0.5,),
    "unfinished": (0.5,),
    "uncaptioned": (0.5,),
    "problem": (0.5,),
    "label": (0.01, 0.12, 0.25),
    "row": (0.003, 0.02, 0.1, 0.4),
}
#: The cause that is at work even where its sign is weakest.
_ALWAYS = "least"
_ROUNDS = 300
_MOST = 0.98
#: One imagined field per step, wrong to this degree: so that no step is certain on the strength of few fields.
_DOUBT = 0.01


@dataclass(frozen=True, slots=True)
class Sample:
    """One recognised field: the strength of its signs, and whether it was read right."""

    signs: Mapping[str, float]
    right: bool


def chances(samples: Sequence[Sample]) -> dict[str, tuple[float, ...]]:
    """The chance of each cause at each step of its sign, of greatest likelihood (expectation-maximisation).

    A wrong field is shared out among the causes that may have spoilt it, by their chances; the chances are then counted
    anew from the shares, and made to rise with the strength of the sign.
    """
    names = [name for name in STEPS if name in samples[0].signs]
    bins = {name: np.searchsorted(STEPS[name], [each.signs[name] for each in samples], "right") for name in names}
    wrong = np.array([not each.right for each in samples])
    found: dict[str, Numbers] = {name: np.linspace(1e-4, 0.3, len(STEPS[name]) + 1) for name in names}
    for _ in range(_ROUNDS):
        spoilt = {name: found[name][bins[name][wrong]] for name in names}
        whole = 1 - np.prod([1 - each for each in spoilt.values()], axis=0)
        for name in names:
            found[name] = _counted(name, bins[name], wrong, spoilt[name] / np.maximum(whole, 1e-9))
    return {name: tuple(float(round(each, 6)) for each in found[name]) for name in names}


def _counted(name: str, bins: Bins, wrong: npt.NDArray[np.bool_], shares: Numbers) -> Numbers:
    size = len(STEPS[name]) + 1
    fields: Numbers = np.bincount(bins, minlength=size).astype(np.float64) + 1.0
    spoilt = np.bincount(bins[wrong], weights=shares, minlength=size) + _DOUBT
    found = np.minimum(_rising(spoilt / fields, fields), _MOST)
    if name != _ALWAYS:
        found[0] = 0.0
    return found


def _rising(values: Numbers, weights: Numbers) -> Numbers:
    """The nearest values that never fall (pool adjacent violators)."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values, weights, strict=True):
        pools.append((float(value), float(weight), 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, heavy, count), (other, light, more) = pools[-2:]
            pools[-2:] = [((one * heavy + other * light) / (heavy + light), heavy + light, count + more)]
    return np.array([value for value, _, count in pools for _ in range(count)])


def rate(observed: Sequence[bool], expected: float, weight: float) -> float:
    """How often something held, beside `weight` imagined cases of the rate expected beforehand."""
    return round((sum(observed) + expected * weight) / (len(observed) + weight), 4)


def green_from(confidences: Numbers, right: npt.NDArray[np.bool_], most_wrong: float, cover: float) -> float:
    """The greatest confidence from which on that share of the right fields is covered, if few enough are wrong there.

    Else the least from which on at most the share `most_wrong` of fields is wrong: that goes before all.
    """
    order = np.argsort(-confidences, kind="stable")
    share = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    level = confidences[order]
    ends = np.append(level[1:] < level[:-1], True)  # a threshold cannot part fields of one confidence
    fitting = np.flatnonzero(ends & (share <= most_wrong))
    if not len(fitting):
        return 1.0
    covering = np.flatnonzero(ends & (np.cumsum(right[order]) >= cover * right.sum()))
    return float(max(level[fitting[-1]], level[covering[0]]))


@dataclass(frozen=True, slots=True)
class Point:
    """Fields of like confidence: the chance of being wrong foretold, the share that was, and its 95 % interval."""

    foretold: float
    observed: float
    low: float
    high: float
    count: int


def reliability(confidences: Numbers, right: npt.NDArray[np.bool_]) -> list[Point]:
    """The curve: fields sorted by the foretold chance of being wrong, in bands of half a power of ten."""
    doubt = 1 - confidences
    edges = [0.0, *(10.0 ** (power / 2) for power in range(-7, 0)), 0.6, 1.01]
    points = []
    for low, high in pairwise(edges):
        inside = (doubt >= low) & (doubt < high)
        if inside.any():
            count, wrong = int(inside.sum()), int((~right[inside]).sum())
            points.append(Point(float(doubt[inside].mean()), wrong / count, *_wilson(wrong, count), count))
    return points


def _wilson(hits: int, count: int) -> tuple[float, float]:
    """The score interval of a share (E. B. Wilson, 1927) at 95 %."""
    z = 1.96
    middle = (hits + z * z / 2) / (count + z * z)
    half = z * sqrt(hits * (count - hits) / count + z * z / 4) / (count + z * z)
    return max(0.0, middle - half), min(1.0, middle + half)
