"""Figures and scores that follow from what is filled in: as formulas and scorings give them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from greenforms.check.case import Case
from greenforms.check.verdict import Spot
from greenforms.check.working.formulas import formulas_at, worked_out
from greenforms.check.working.score import score_of
from greenforms.check.working.sheet import sheets_of
from greenforms.check.working.tree import Working
from greenforms.compose.draft import Draft
from greenforms.dossier.dossier import Dossier
from greenforms.dossier.paper import Paper
from greenforms.form.tree import Leaf, leaf_at, values


def work_out(draft: Draft) -> None:
    """Fill what can be worked out, then scores: of rows first, for totals follow from them."""
    for pointer, working in list(_figures(draft)):
        _fill(draft, pointer, working)
    for of_rows in (True, False):
        for pointer, working in list(_scores(draft, of_rows=of_rows)):
            _fill(draft, pointer, working)


def _case(draft: Draft) -> Case:
    paper = Paper(draft.form, draft.data, draft.form.title)
    return Case(Dossier(draft.form.library, (paper,)), (paper,))


def _figures(draft: Draft) -> Iterator[tuple[str, Working]]:
    case = _case(draft)
    paper = case.papers[0]
    for each in values(paper.root, paper.data):
        spot = Spot(paper, each.pointer, None, each.leaf)
        if not each.present and each.leaf.codec.figure and formulas_at(spot):
            found = worked_out(case, spot)
            if found is not None:
                yield each.pointer, found


def _scores(draft: Draft, *, of_rows: bool) -> Iterator[tuple[str, Working]]:
    case = _case(draft)
    for sheet in sheets_of(case.papers[0]):
        score = score_of(case, sheet)
        if of_rows:
            yield from (
                (sheet.place(row.id, "score"), row.working) for row in score.rows if sheet.place(row.id, "score")
            )
        else:
            yield from ((total, score.working) for total in sheet.totals)


def _fill(draft: Draft, pointer: str, working: Working) -> None:
    leaf = leaf_at(draft.form.root, pointer)
    if draft.has(pointer) or leaf is None or working.problem or working.rounded is None:
        return
    value = _as_taken(leaf, working.rounded)
    if value is not None:
        shown = f"{working.title}＝{working.put_in or working.written}" if working.written else working.title
        draft.fill(pointer, value, f"计算得出：{shown}（{working.source}）" if working.source else f"计算得出：{shown}")


def _as_taken(leaf: Leaf, number: Decimal) -> Any:
    """A figure as the field takes it: no more zeros behind the point than it says something; None where it has none."""
    plain = Decimal(f"{number.normalize():f}")
    value: Any = int(plain) if leaf.codec.whole and plain == plain.to_integral_value() else plain
    return value if leaf.shape.fits(value) and not leaf.codec.check(value) else None
