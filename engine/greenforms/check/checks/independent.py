"""Who judges a unit has no hand in what the unit says of itself: no person, mail domain or file maker in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from greenforms.check.case import Case
from greenforms.check.pointers import spots
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.dossier.paper import Paper
from greenforms.fact.fold import fold_name
from greenforms.finding import Place
from greenforms.form.labels import called

#: Pointer patterns by the name of a form.
Places = Mapping[str, tuple[str, ...]]
What = Literal["values", "domains", "makers"]


@dataclass(frozen=True, slots=True)
class Independent:
    """A paper of `own` and one of `other` have none of what is compared in common, but for what is `common` to many.

    `values` are those of the places named, of papers on one unit; `domains` what stands behind the @ of addresses
    there, of any papers; `makers` who made the files by their properties, of papers on one unit.
    """

    name: ClassVar[str] = "independent"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"shared": ("own", "other", "values")}

    own: Places
    other: Places
    what: What = "values"
    common: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what nobody compares."""
        if self.what not in get_args(What):
            raise ValueError(f"“what”应为 {'、'.join(get_args(What))} 之一")

    def operands(self) -> tuple[str, ...]:
        """None: the places are those of several forms."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each pair of papers."""
        for own in self._papers(case, self.own):
            for other in self._papers(case, self.other):
                if self.what == "domains" or self._of_one_unit(case, own, other):
                    yield from self._judge(own, other)

    def _papers(self, case: Case, places: Places) -> Sequence[Paper]:
        return [paper for paper in case.dossier.papers if paper.form.entry.name in places]

    def _of_one_unit(self, case: Case, own: Paper, other: Paper) -> bool:
        about = case.dossier.about
        return about.subject_of(own) is not None and about.subject_of(own) == about.subject_of(other)

    def _judge(self, own: Paper, other: Paper) -> Iterator[Judgement]:
        ours, theirs = self._told(own, self.own), self._told(other, self.other)
        if not ours or not theirs:
            return
        shared = [value for value in ours if value in theirs]
        if not shared:
            yield FINE
            return
        values = "、".join(f"“{_value(ours[each])}”（{_label(ours[each])}、{_label(theirs[each])}）" for each in shared)
        places = tuple(side[each] for each in shared for side in (ours, theirs))
        yield Fault("shared", places, {"own": own.document, "other": other.document, "values": values})

    def _told(self, paper: Paper, places: Places) -> dict[str, Spot | Place]:
        """What is compared of a paper, by its folded value, each where it stands first."""
        common = {fold_name(each).casefold() for each in self.common}
        found: dict[str, Spot | Place] = {}
        for value, place in self._values(paper, places[paper.form.entry.name]):
            key = fold_name(value).casefold()
            if key and key not in common:
                found.setdefault(key, place)
        return found

    def _values(self, paper: Paper, patterns: Sequence[str]) -> Iterator[tuple[str, Spot | Place]]:
        if self.what == "makers":
            yield from ((each, Place(paper.document, "", "文件属性", each)) for each in paper.makers)
            return
        for pattern in patterns:
            for pointer, value in spots(paper.data, pattern):
                if isinstance(value, str):
                    compared = value.rpartition("@")[2] if self.what == "domains" else value
                    yield compared, Spot(paper, pointer, value)


def _value(place: Spot | Place) -> str:
    return str(place.value)


def _label(place: Spot | Place) -> str:
    return place.label if isinstance(place, Place) else f"“{called(place.paper.form, place.pointer)}”"
