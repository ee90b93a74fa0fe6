"""Something is there: rows, values, a unit in the list it belongs to, a file that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from greenforms.check import wording
from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.codec.blank import is_blank
from greenforms.dossier.paper import Paper
from greenforms.finding import Place

What = Literal["fields", "listed", "readable", "recognised"]


@dataclass(frozen=True, slots=True)
class Present:
    """`fields` of a paper hold at least `least` and at most `most` rows and values together.

    Or `what`: every unit with papers is `listed` where the folder has a list, every file is `readable`, or one of our
    forms (`recognised`).
    """

    name: ClassVar[str] = "present"

    fields: tuple[str, ...] = ()
    least: int = 1
    most: int | None = None
    what: What = "fields"

    def __post_init__(self) -> None:
        """Refuse a rule that looks for nothing."""
        if self.what not in get_args(What) or bool(self.fields) != (self.what == "fields"):
            raise ValueError(f"应给出参数“fields”，或“what”为 {'、'.join(get_args(What)[1:])} 之一")

    @property
    def faults(self) -> Mapping[str, tuple[str, ...]]:
        """Those of what is looked for, and of the limits that are set."""
        if self.what != "fields":
            return _FAULTS[self.what]
        limits = {"fewer": self.least > 0, "more": self.most is not None}
        return {kind: said for kind, said in _FAULTS["fields"].items() if limits[kind]}

    def operands(self) -> tuple[str, ...]:
        """The fields and tables."""
        return self.fields

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each paper, unit or file."""
        if self.what == "fields":
            for paper in case.papers:
                yield from self._of_paper(case, paper)
        elif self.what == "listed":
            yield from _listed(case)
        else:
            yield from _files(case, "unreadable" if self.what == "readable" else "unrecognised")

    def _of_paper(self, case: Case, paper: Paper) -> Iterator[Judgement]:
        found = [spot for spot in case.spots(*self.fields) if spot.paper is paper]
        tables = [spot for spot in found if isinstance(spot.value, list)]
        count = sum(len(spot.value) for spot in tables) + sum(
            spot not in tables and not (isinstance(spot.value, str) and is_blank(spot.value)) for spot in found
        )
        over = count - (count if self.most is None else self.most)
        if count >= self.least and over <= 0:
            yield FINE
            return
        spots = found or [Spot(paper, field) for field in self.fields if field.startswith("/") and "*" not in field]
        if spots:
            names = "、".join(f"“{case.title(spot)}”" for spot in spots)
            said = {"names": names, "count": str(count)}
            if over > 0:
                yield Fault("more", tuple(spots), {**said, "most": str(self.most), "over": str(over)})
            else:
                yield Fault("fewer", tuple(spots), {**said, "least": str(self.least)})


_FAULTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "fields": {"fewer": ("names", "count", "least"), "more": ("names", "count", "most", "over")},
    "listed": {"unlisted": ("name", "where", "lists")},
    "readable": {"file": ("message", "act")},
    "recognised": {"file": ("message", "act")},
}


def _listed(case: Case) -> Iterator[Judgement]:
    about = case.dossier.about
    for subject in about.subjects:
        found = about.unlisted(subject)
        if found is None:
            yield FINE
            continue
        name, lists = found
        said = {"name": name.shown, "where": wording.where(name), "lists": "、".join(f"“{each}”" for each in lists)}
        yield Fault("unlisted", (wording.place(name),), said)


def _files(case: Case, kind: str) -> Iterator[Judgement]:
    for unread in case.dossier.unread:
        if unread.kind == kind:
            said = {"message": unread.message.removesuffix("。"), "act": unread.act}
            yield Fault("file", (Place(unread.file, "", ""),), said)
