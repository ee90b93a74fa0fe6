"""Of a catalogue every required row is answered, and of the optional ones as many as are to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.check.working.sheet import ScoreSheet, counts, sheets_of
from greenforms.finding import Severity


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where a table says which rows count: all that are no choice do, and of the others as many as the catalogue says.

    How many of each choice is told as a warning where the number in all is right.
    """

    name: ClassVar[str] = "chosen"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "required": ("rows", "count"),
        "count": ("choose", "among", "given"),
        "choice": ("title", "choose", "given", "among"),
    }

    def operands(self) -> tuple[str, ...]:
        """None: catalogues say what may be chosen."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each table of a catalogue with choices, once whatever the years it has."""
        for paper in case.papers:
            tables = {sheet.pointer: sheet for sheet in sheets_of(paper)}
            for sheet in tables.values():
                if sheet.catalogue.choices and sheet.group.score.get("counted"):
                    yield from _judged(sheet)


def _judged(sheet: ScoreSheet) -> Iterator[Judgement]:
    optional = [row for choice in sheet.catalogue.choices for row in choice.rows]
    titles = {id_: node.title for id_, node in sheet.rows}
    left_out = [id_ for id_ in titles if id_ not in optional and not counts(sheet, id_)]
    if left_out:
        names = "、".join(f"“{titles[id_]}”" for id_ in left_out)
        yield Fault("required", _spots(sheet, left_out), {"rows": names, "count": str(len(left_out))})
    choose = sum(choice.choose for choice in sheet.catalogue.choices)
    given = sum(counts(sheet, row) for row in optional)
    if given != choose:
        said = {"choose": str(choose), "among": str(len(optional)), "given": str(given)}
        yield Fault("count", _spots(sheet, optional), said)
        return
    for choice in sheet.catalogue.choices:
        chosen = sum(counts(sheet, row) for row in choice.rows)
        said = {"title": choice.title, "choose": str(choice.choose), "given": str(chosen)}
        said["among"] = str(len(choice.rows))
        off = Fault("choice", _spots(sheet, choice.rows), said, severity=Severity.WARN)
        yield FINE if chosen == choice.choose else off


def _spots(sheet: ScoreSheet, rows: Sequence[str]) -> tuple[Spot, ...]:
    return tuple(Spot(sheet.paper, sheet.place(row, "counted")) for row in rows)
