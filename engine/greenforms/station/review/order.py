"""Which fields want a look, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from greenforms.readings.lines import lines_of
from greenforms.station.review.layered import Layered
from greenforms.station.review.standing import Standing

#: Of the green fields that no record vouches for, one in so many is looked at.
_ONE_IN = 20


class Look(IntEnum):
    """Why a field wants a look; the first come first."""

    NONE = 0
    CONTRADICTED = 1
    QUOTED = 2
    DOUBTFUL = 3
    SAMPLED = 4

    @property
    def word(self) -> str:
        """What people are told."""
        return ("", "与别处矛盾", "有疑问，别的材料也写到", "有疑问", "绿色抽查")[self]


@dataclass(frozen=True, slots=True)
class Sample:
    """Green fields that were drawn: how many, how many were looked at, and how many of these had to be changed."""

    drawn: int = 0
    seen: int = 0
    wrong: int = 0

    def __add__(self, other: Sample) -> Sample:
        return Sample(self.drawn + other.drawn, self.seen + other.seen, self.wrong + other.wrong)

    @property
    def words(self) -> str:
        """The error rate of what is green, with the number it rests on."""
        if not self.drawn:
            return "没有抽到绿色的栏目"
        if not self.seen:
            return f"抽了 {self.drawn} 处绿色的，还没有看"
        rate = 100 * self.wrong / self.seen
        return f"抽了 {self.drawn} 处绿色的，看过 {self.seen} 处，读错 {self.wrong} 处（{rate:.1f}%）"


def looks_of(paper: Layered, standing: Standing) -> dict[str, Look]:
    """Why each field wants a look, whether or not somebody has looked since, in the order of the form."""
    lines = lines_of(paper.form, paper.reading)
    machine = {each.path: each for each in paper.machine.fields}
    drawn = set(_drawn(paper))
    found = {}
    for line in lines:
        read = machine.get(line.pointer)
        needs = line.required if read is None else read.grade != "green"
        look = _look(paper, line.pointer, standing, needs=needs)
        found[line.pointer] = Look.SAMPLED if look is Look.NONE and line.pointer in drawn else look
    return found


def in_order(looks: dict[str, Look]) -> list[str]:
    """The fields that want a look, the gravest first, each kind in the order of the form."""
    return sorted((pointer for pointer, look in looks.items() if look), key=lambda pointer: looks[pointer])


def is_open(paper: Layered, pointer: str) -> bool:
    """Whether nobody has spoken of a field yet, or the machine reads something else since."""
    return pointer not in paper.held or paper.moved(pointer)


def sample_of(papers: Sequence[Layered]) -> Sample:
    """What became of the green fields that were drawn."""
    return sum((_seen(paper, pointer) for paper in papers for pointer in _drawn(paper)), Sample())


def _look(paper: Layered, pointer: str, standing: Standing, *, needs: bool) -> Look:
    where = paper.paper.name, pointer
    if standing.contradicted(where):
        return Look.CONTRADICTED
    if needs or paper.moved(pointer) or standing.findings_of(where):
        return Look.QUOTED if where in standing.quoted else Look.DOUBTFUL
    return Look.NONE


def _drawn(paper: Layered) -> Iterator[str]:
    """The same fields each time, whoever asks."""
    for each in paper.machine.fields:
        if each.grade == "green" and each.source != "record":
            digest = sha256(f"{paper.paper.sha256}\0{each.path}".encode()).digest()
            if int.from_bytes(digest[:8], "big") % _ONE_IN == 0:
                yield each.path


def _seen(paper: Layered, pointer: str) -> Sample:
    said = paper.held.get(pointer)
    return Sample(1, said is not None, said is not None and said.kind == "changed")
