"""One filing on the desk: what a paper shows, what it becomes when it was typed, and what is to be said of it all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from greenforms.check.deadlines import Due, due_of
from greenforms.check.eligibility import Sheet, procedures, sheet
from greenforms.check.procedures import procedure_of, type_in
from greenforms.check.questions import answer_to
from greenforms.dossier.dossier import Answer
from greenforms.dossier.paper import Paper
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.procedure import DuePaper
from greenforms.form.tree import at
from greenforms.pack.crosscheck import check_data
from greenforms.station.etag import refuse_stale
from greenforms.station.filing.enclosures import Enclosures
from greenforms.station.filing.entry import Content
from greenforms.station.filing.filings import Filing, Filings, Held, Version
from greenforms.station.filing.noticed import noticed
from greenforms.station.filing.typed import Typed
from greenforms.station.refused import Refused
from greenforms.submission.asking import Asking, asking_of
from greenforms.submission.editing import also_in, paper_data, place_of, places_in, repeats_in, with_paper
from greenforms.submission.papers import Plan, plan_for


@dataclass(frozen=True)
class Desk:
    """A filing, what its pack asks, and the version that holds now."""

    filings: Filings
    filing: Filing
    asking: Asking
    version: Version

    @property
    def day(self) -> date:
        """The day that verdicts are for."""
        return self.filings.workplace.as_of

    @property
    def due(self) -> tuple[Due, ...]:
        """The deadlines, with the days left."""
        return due_of(self.filings.workplace.library, self.asking.procedure, self.day, self.filing.since)

    def paper(self, key: str) -> tuple[DuePaper, Form]:
        """One paper of the pack. Raises Refused (404) when there is none."""
        if key not in self.asking.papers:
            raise Refused(404, "没有这份材料", "请从单位档案的材料清单进入。")
        return self.asking.papers[key]

    # -- one paper -------------------------------------------------------------------------------------------------

    def content(self, key: str) -> Content:
        """What a paper holds."""
        held = self.version.held
        return Content(
            data=paper_data(self.asking, held.given, key),
            texts=self._inside(key, held.texts),
            reasons=self._inside(key, held.reasons),
            sources=self._sources(key),
            also=also_in(self.asking, key),
            repeats=repeats_in(self.asking, key),
        )

    def typed(self, key: str, typed: Typed) -> Held:
        """What the filing holds when this was typed on a paper."""
        held = self.version.held
        return Held(
            with_paper(self.asking, held.given, key, typed.data),
            self._with(key, held.texts, typed.texts),
            self._with(key, held.reasons, typed.reasons),
        )

    def change(self, held: Held, what: str) -> Desk:
        """The desk with a new version on it. Raises Refused (412) when another one was made meanwhile."""
        return replace(self, version=self.filings.change(self.filing.id, self.version.tag, held, what))

    def findings(self, key: str, content: Content) -> tuple[Finding, ...]:
        """Everything to say of one paper by itself."""
        form = self.paper(key)[1]
        return check_data(form, content.data, as_of=self.day, noticed=noticed(form, content), answers=self.answers)

    def _inside(self, key: str, kept: Mapping[str, str]) -> dict[str, str]:
        pairs = ((inside, text) for place, text in kept.items() for inside in places_in(self.asking, key, place))
        return dict(pairs)

    def _with(self, key: str, kept: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
        others = {place: text for place, text in kept.items() if not any(places_in(self.asking, key, place))}
        return others | {place_of(self.asking, key, pointer): text for pointer, text in typed.items()}

    def _sources(self, key: str) -> dict[str, str]:
        """Where values are from, as long as they are what was carried."""
        found: dict[str, str] = {}
        for place, (value, source) in self._carried.items():
            same = at(self.version.held.given, place) == value
            text = f"带自{source}" if same else f"原带自{source}，已改"
            found |= dict.fromkeys(places_in(self.asking, key, place), text)
        return found

    @cached_property
    def _carried(self) -> Mapping[str, tuple[Any, str]]:
        return self.filings.sources(self.filing.id)

    # -- the pack --------------------------------------------------------------------------------------------------

    @cached_property
    def plan(self) -> Plan:
        """The pack as it would be built, with everything to say of it."""
        enclosed = Enclosures(self.filings.workplace).enclosed(self.filing.id)
        said = tuple(finding for key in self.asking.papers for finding in self._noticed(key))
        return plan_for(self.asking, self.version.held.given, self.day, enclosed, said, self.answers)

    def _noticed(self, key: str) -> Iterator[Finding]:
        title = f"《{self.paper(key)[1].title}》"
        for finding in noticed(self.paper(key)[1], self.content(key)):
            yield replace(finding, message=f"{title}{finding.message}")

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """What people answered."""
        said = self.filings.answers(self.filing.id).values()
        library = self.filings.workplace.library
        given = (each for each in said if each.answer)
        return tuple(
            answer_to(library, each.rule, each.answer, date.fromisoformat(each.at[:10]), each.who) for each in given
        )

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """能不能报, by each procedure whose rules judge this one and know this type; () where there are none."""
        library = self.filings.workplace.library
        known = procedures(library)
        papers = tuple(Paper(each.form, each.data, each.file) for each in self.plan.papers)
        ids = [each for each in self.asking.procedure.rules if self.filing.type in known.get(each, ())]
        return tuple(sheet(library, each, self.filing.type, papers, self.answers, self.day) for each in ids)


def desk_of(filings: Filings, number: int) -> Desk:
    """A filing with the version that holds now. Raises Refused (404) when there is none."""
    filing = filings.filing(number)
    procedure = procedure_of(filings.workplace.library, filing.procedure)
    return Desk(filings, filing, asking_for(filings, procedure.id, filing.type), filings.head(number))


def desk_as_seen(filings: Filings, number: int, seen: str | None) -> Desk:
    """The same, to change the version of a tag. Raises Refused: 412 when another holds, 428 when none is named."""
    desk = desk_of(filings, number)
    refuse_stale(seen, desk.version.tag)
    return desk


def asking_for(filings: Filings, procedure_id: str, type_: str) -> Asking:
    """What a pack asks. Raises UsageError for a procedure or type that there is not."""
    library = filings.workplace.library
    procedure = procedure_of(library, procedure_id)
    key = (procedure.id, type_in(procedure, type_))
    if key not in filings.askings:
        filings.askings[key] = asking_of(library, procedure, key[1])
    return filings.askings[key]
