"""The heaviest chain of candidates that keeps order, with loops: what lines a layout up with a document.

Anchors stand in a fixed order, and so do the places of the document; a chain pairs some of them with both rising. A
loop is a run of anchors that the document may hold any number of times, so inside it the anchors may start again.
Anchors may be passed over: free of charge where each is known by its own text, at a price where only the turn in
which they come tells them apart. An item that begins further on than with its first anchor may cost something, too;
a loop that is not there at all costs nothing.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

#: Of two chains of one weight the one that begins again less often, in the inner loop, with earlier places, is taken.
_AGAIN = 1e-6
_LATER = 1e-9


class Candidate(Protocol):
    """An anchor that may lie on the places from `start` to `end`, with what that is worth."""

    @property
    def anchor(self) -> int:
        """The anchor's number."""

    @property
    def start(self) -> int:
        """The first place."""

    @property
    def end(self) -> int:
        """The last place."""

    @property
    def score(self) -> float:
        """What the pair is worth; more is better."""


@dataclass(frozen=True, slots=True)
class Loop:
    """The anchors from `start` up to, not including, `end` are printed once for each item of the list at `path`."""

    start: int
    end: int
    path: str


Chosen = TypeVar("Chosen", bound=Candidate)


@dataclass(frozen=True, slots=True)
class Link(Generic[Chosen]):
    """One candidate of a chain; `again` is the number of the loop that begins a new item with it, if one does."""

    candidate: Chosen
    again: int | None


def chain(
    candidates: Iterable[Chosen], loops: Sequence[Loop] = (), prices: Sequence[float] = (), midway: float = 0.0
) -> list[Link[Chosen]]:
    """The heaviest chain. `prices` say what passing over each anchor costs; without them nothing does.

    `midway` is what an item costs that begins behind the first anchor of its loop.
    """
    return _Chain(sorted(candidates, key=lambda each: (each.start, each.anchor)), loops, prices, midway).run()


class _Chain(Generic[Chosen]):
    """Works through the candidates by place; `_open` holds the best total by anchor of those that are passed."""

    def __init__(self, candidates: list[Chosen], loops: Sequence[Loop], prices: Sequence[float], midway: float) -> None:
        self._candidates = candidates
        self._loops = loops
        size = max([candidate.anchor for candidate in candidates] + [loop.end - 1 for loop in loops], default=-1) + 1
        self._paid = [0.0]
        for anchor in range(size):
            self._paid.append(self._paid[-1] + (prices[anchor] if prices else 0.0))
        self._open = _RangeMaximum(size)
        self._midway = midway
        self._around = [[] for _ in range(size)]  # type: list[list[int]]
        for number, loop in enumerate(loops):
            for anchor in range(loop.start, loop.end):
                self._around[anchor].append(number)
        #: What beginning again costs, by loop: the more the further out it lies.
        depths = [sum(one.start <= loop.start and loop.end <= one.end for one in loops[:number])
                  for number, loop in enumerate(loops)]  # fmt: skip
        self._begun = [(max(depths) + 1 - depth) * _AGAIN for depth in depths]

    def run(self) -> list[Link[Chosen]]:
        came: list[tuple[int, int | None]] = []
        waiting: list[tuple[int, int, float]] = []
        paid = self._paid
        best, last = -paid[-1], -1
        for number, candidate in enumerate(self._candidates):
            while waiting and waiting[0][0] < candidate.start:
                _, place, total = heapq.heappop(waiting)
                anchor = self._candidates[place].anchor
                self._open.raise_to(anchor, total + self._paid[anchor + 1], place)
            total, before, again = self._before(candidate)
            total += candidate.score - candidate.start * _LATER
            came.append((before, again))
            heapq.heappush(waiting, (candidate.end, number, total))
            ended = total - paid[-1] + paid[candidate.anchor + 1]
            if ended > best:
                best, last = ended, number
        links: list[Link[Chosen]] = []
        while last >= 0:
            before, again = came[last]
            links.append(Link(self._candidates[last], again))
            last = before
        return links[::-1]

    def _before(self, candidate: Chosen) -> tuple[float, int, int | None]:
        """The best total in front of a candidate, the candidate it ends with, and the loop that begins again."""
        paid, anchor = self._paid, candidate.anchor
        around = self._around[anchor]
        starts = [self._loops[number].start for number in around]
        best: tuple[float, int, int | None] = (-paid[anchor] - self._entering(starts, anchor), -1, None)
        for depth, (start, end) in enumerate(pairwise([0, *starts, anchor])):
            total, place = self._open.over(start, end)
            total -= paid[anchor] + self._entering(starts[depth:], anchor)
            if total >= best[0]:
                best = (total, place, None)
        for depth in reversed(range(len(around))):
            number = around[depth]
            loop = self._loops[number]
            total, place = self._open.over(loop.start, loop.end)
            total -= paid[loop.end] + paid[anchor] - paid[loop.start] + self._begun[number]
            total -= self._entering(starts[depth:], anchor)
            if total > best[0]:
                best = (total, place, number)
        return best

    def _entering(self, starts: Sequence[int], anchor: int) -> float:
        """What it costs to begin items of the loops that start there with an anchor that is not their first."""
        return self._midway * len({start for start in starts if start < anchor})


class _RangeMaximum:
    """A segment tree of (total, place): the best entry over a range of anchors."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._tree: list[tuple[float, int]] = [(float("-inf"), -1)] * (2 * size)

    def raise_to(self, position: int, total: float, place: int) -> None:
        position += self._size
        while position and total > self._tree[position][0]:
            self._tree[position] = (total, place)
            position >>= 1

    def over(self, start: int, end: int) -> tuple[float, int]:
        best = (float("-inf"), -1)
        left, right = start + self._size, end + self._size
        while left < right:
            if left & 1:
                best = max(best, self._tree[left], key=_total)
                left += 1
            if right & 1:
                right -= 1
                best = max(best, self._tree[right], key=_total)
            left >>= 1
            right >>= 1
        return best


def _total(entry: tuple[float, int]) -> float:
    return entry[0]


def indices(links: Sequence[Link[Chosen]], loops: Sequence[Loop]) -> list[tuple[int, ...]]:
    """For each link of a chain the numbers of the items it belongs to, one for each loop around it, outermost first."""
    counts = [0] * len(loops)
    found: list[tuple[int, ...]] = []
    last = -1
    for link in links:
        anchor = link.candidate.anchor
        around = [number for number, loop in enumerate(loops) if loop.start <= anchor < loop.end]
        if link.again is not None:
            counts[link.again] += 1
        for number in around:
            loop = loops[number]
            entered = not loop.start <= last < loop.end
            restarted = link.again is not None and number > link.again
            if entered or restarted:
                counts[number] = 0
        found.append(tuple(counts[number] for number in around))
        last = anchor
    return found
