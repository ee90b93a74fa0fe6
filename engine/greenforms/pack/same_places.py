"""Places that are the same on two versions of a paper, and findings of one rule that speak of the same places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from greenforms.diff.pairs import pairs
from greenforms.finding import Finding
from greenforms.form.tree import Value
from greenforms.pack.paper import Paper


@dataclass(frozen=True, slots=True)
class Pointers:
    """The newer pointer of each older one and the reverse; `gone` are rows that the newer version lacks."""

    newer: Mapping[str, str]
    older: Mapping[str, str]
    gone: tuple[str, ...]

    def now(self, pointer: str) -> str:
        """Where an older place stands now; what stood in a row that is gone is told apart from all that is there."""
        lost = any(pointer == row or pointer.startswith(f"{row}/") for row in self.gone)
        return f"-{pointer}" if lost else _translated(pointer, self.newer)

    def before(self, pointer: str) -> str:
        """Where a newer place stood."""
        return _translated(pointer, self.older)


def pointers_of(old: Paper, new: Paper) -> Pointers:
    """The places of two versions of a paper; rows find each other as they do where the versions are compared."""
    newer: dict[str, str] = {}
    gone: list[str] = []
    for pair in pairs(new.form.root, old.extraction.data, new.extraction.data):
        match pair.old, pair.new:
            case Value() as one, Value() as other:
                newer |= dict(_prefixes(one.pointer, other.pointer))
            case str() as row, None:
                gone.append(row)
    return Pointers(newer, {now: before for before, now in newer.items()}, tuple(gone))


def _prefixes(one: str, other: str) -> Iterator[tuple[str, str]]:
    """A pointer and all it is part of, on both sides; the tree is the same, so that both are equally long."""
    while one:
        yield one, other
        one, other = one.rpartition("/")[0], other.rpartition("/")[0]


def _translated(pointer: str, known: Mapping[str, str]) -> str:
    """A pointer by the longest part of it that is known."""
    part, rest = pointer, ""
    while part and part not in known:
        part, _, last = part.rpartition("/")
        rest = f"/{last}{rest}"
    return f"{known.get(part, '')}{rest}"


@dataclass(frozen=True, slots=True)
class Spots:
    """What a finding speaks of, in the newer version's names; `documents` are the files as the side calls them."""

    places: frozenset[tuple[str, ...]]
    documents: frozenset[str]

    @classmethod
    def of(
        cls, finding: Finding, originals: Mapping[str, str], mapped: Mapping[str, tuple[str, Pointers]] | None
    ) -> Spots:
        """Those of a finding. `originals` are the side's papers, copies under the name of their original.

        `mapped` are, for the older side, the newer paper of each and its pointers. A finding without places is known
        by its message, and what is said of no paper by the name of what it is said of.
        """
        found: set[tuple[str, ...]] = set()
        for place in finding.places:
            file = originals.get(place.document)
            if file is None:
                found.add((place.document,))
            elif mapped is None:
                found.add((file, place.path))
            elif file in mapped:
                newer, pointers = mapped[file]
                found.add((newer, pointers.now(place.path)))
            else:
                found.add(("", file, place.path))
        documents = frozenset(originals.get(place.document, place.document) for place in finding.places)
        return cls(frozenset(found or {(finding.message,)}), documents)


def same_spots(
    then: Sequence[tuple[Finding, Spots]], now: Sequence[tuple[Finding, Spots]]
) -> Mapping[int, Sequence[int]]:
    """The findings now that say what one said then, by number: one rule, and the places of one hold the other's.

    What is left over on both sides goes together where some field is in both, each once.
    """
    found: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(then):
        found[number] += [each for each, other in enumerate(now) if _same(one, other)]
    taken = {each for numbers in found.values() for each in numbers}
    for number, (finding, spots) in enumerate(then):
        if not found[number]:
            shared = (
                each
                for each, (other, its) in enumerate(now)
                if each not in taken and other.rule == finding.rule and _fields(spots) & _fields(its)
            )
            found[number] += [each for each in [next(shared, None)] if each is not None]
            taken.update(found[number])
    return found


def _same(one: tuple[Finding, Spots], other: tuple[Finding, Spots]) -> bool:
    left, right = one[1].places, other[1].places
    return one[0].rule == other[0].rule and (left <= right or right <= left)


def _fields(spots: Spots) -> set[tuple[str, ...]]:
    return {place for place in spots.places if len(place) > 1 and place[1]}
