"""A figure that a formula gives is the one the formula gives; a score is the one its catalogue's rules give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.check.working.formulas import formulas_at, worked_out
from greenforms.check.working.inputs import row_name, stated
from greenforms.check.working.score import RowScore, Score, score_of
from greenforms.check.working.sheet import ScoreSheet, sheets_of
from greenforms.check.working.suspects import suspect_of
from greenforms.check.working.tree import Working, long
from greenforms.dossier.paper import Paper
from greenforms.fact.precision import interval, printed
from greenforms.form.tree import values

_QUOTED = ("stated", "result", "written", "put_in")


@dataclass(frozen=True, slots=True)
class Computed:
    """Every figure of every paper that a formula of the library gives, and every score that a catalogue's rules give.

    Figures agree as far as the printed places of all figures in the formula tell. What cannot be worked out, because a
    figure is missing or points are not public, is not judged.
    """

    name: ClassVar[str] = "computed"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "off": _QUOTED,
        "slip": (*_QUOTED, "times"),
        "mode": (*_QUOTED, "implied"),
        "factor": (*_QUOTED, "implied", "other"),
        "over": ("stated", "full"),
    }

    def operands(self) -> tuple[str, ...]:
        """None: formulas say what they look at."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each figure that can be worked out."""
        for paper in case.papers:
            yield from self._figures(case, paper)
            for sheet in sheets_of(paper):
                yield from self._scores(case, sheet)

    def _figures(self, case: Case, paper: Paper) -> Iterator[Judgement]:
        for each in values(paper.root, paper.data):
            if not each.present or each.value is None:
                continue
            spot = Spot(paper, each.pointer, each.value, each.leaf)
            formulas = {formula.id: formula for formula in formulas_at(spot)}
            working = worked_out(case, spot) if formulas else None
            if working is None or working.problem or working.stated is None or working.limits is None:
                continue
            if interval(printed(working.stated)).meets(working.limits):
                yield FINE
                continue
            suspect = suspect_of(working, formulas[working.formula], row_name(spot))
            said = {**_said(working), **(suspect.said if suspect else {})}
            yield Fault(suspect.kind if suspect else "off", (spot, *_places(case, paper, working)), said)

    def _scores(self, case: Case, sheet: ScoreSheet) -> Iterator[Judgement]:
        score = score_of(case, sheet)
        for row in score.rows:
            yield from self._row(case, sheet, row)
        yield from self._total(case, score)

    def _row(self, case: Case, sheet: ScoreSheet, row: RowScore) -> Iterator[Judgement]:
        given = row.known.get("得分")
        spot = case.at(sheet.paper, given.path) if given is not None else None
        if given is None or given.value is None or spot is None:
            return
        if row.full is not None and given.value > row.full:
            yield Fault("over", (spot,), {"stated": f"{given.stated:f}", "full": f"{long(row.full):f}"})
        elif row.working.value is not None and not _agree(given, row.working.value):
            yield Fault("off", (spot, *_places(case, sheet.paper, row.working)), _said(row.working))
        else:
            yield FINE

    def _total(self, case: Case, score: Score) -> Iterator[Judgement]:
        """The places that state a total, wherever they are on the paper."""
        total = score.working
        for pointer in score.sheet.totals:
            spot = case.at(score.sheet.paper, pointer)
            if spot is None or total.value is None:
                continue
            given = stated(case, spot, total.title, total.unit)
            if given.stated is not None:
                said = {**_said(total), "stated": f"{given.stated:f}"}
                yield FINE if _agree(given, total.value) else Fault("off", (spot,), said)


def _agree(given: Working, value: Fraction) -> bool:
    """Whether a stated score is the one worked out, as far as its printed places tell."""
    assert given.stated is not None
    limits = interval(printed(given.stated))
    return limits.least <= value <= limits.most


def _said(working: Working) -> dict[str, str]:
    return {
        "stated": "" if working.stated is None else f"{working.stated:f}{working.unit}",
        "result": f"{working.rounded:f}{working.unit}",
        "written": f"{working.title}＝{working.written}",
        "put_in": working.put_in or working.written,
    }


def _places(case: Case, paper: Paper, working: Working) -> Iterator[Spot]:
    """The places a figure was worked out of."""
    for each in working.inputs:
        found = case.at(paper, each.path) if each.path and each.document == paper.document else None
        if found is not None:
            yield found
