"""What a table claims has evidence, and the evidence it cites is in the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.citing import Citing, citing_rows, list_of
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.dossier.paper import Paper
from greenforms.form.tree import ABSENT, Group

#: So many rows are named.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Cited:
    """Every row of a catalogue that is met or has points cites evidence, and every number cited is one of the list's.

    The layout says which column cites, and where the numbers of the list stand (`x-score`). What is required and is not
    there is the schema's business.
    """

    name: ClassVar[str] = "cited"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "blank": ("rows", "count"),
        "unlisted": ("mark", "rows", "count"),
    }

    def operands(self) -> tuple[str, ...]:
        """None: layouts say what cites."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each catalogue that has a column for evidence."""
        for paper in case.papers:
            for group, rows in citing_rows(paper):
                yield from _blank([row for row in rows if row.claims and not (row.required and row.text is ABSENT)])
                yield from _unlisted(paper, group, rows)


def _blank(rows: Sequence[Citing]) -> Iterator[Judgement]:
    blank = [row for row in rows if row.is_blank]
    if rows:
        yield Fault("blank", _spots(blank), _named(blank)) if blank else FINE


def _unlisted(paper: Paper, group: Group, rows: Sequence[Citing]) -> Iterator[Judgement]:
    known = list_of(paper, group)
    if known is None:
        return
    strange: dict[str, list[Citing]] = {}
    for row in rows:
        for mark, entry in known.cited(row.text) if isinstance(row.text, str) else ():
            if entry is None:
                strange.setdefault(mark, []).append(row)
            else:
                yield FINE
    for mark, citing in strange.items():
        yield Fault("unlisted", _spots(citing), {"mark": mark, **_named(citing)})


def _spots(rows: Sequence[Citing]) -> tuple[Spot, ...]:
    return tuple(Spot(row.paper, row.pointer) for row in rows)


def _named(rows: Sequence[Citing]) -> dict[str, str]:
    names = "、".join(f"“{row.row.title}”" for row in rows[:_NAMED])
    return {"rows": f"{names}等" if len(rows) > _NAMED else names, "count": str(len(rows))}
