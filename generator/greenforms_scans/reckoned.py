"""What rules, formulas and scorings make of other values is put in, for no drawing would hit upon it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from greenforms.check.case import Case
from greenforms.check.citing import citing_rows
from greenforms.check.pointers import spots
from greenforms.check.verdict import Spot
from greenforms.check.working.formulas import worked_out
from greenforms.check.working.score import RowScore, score_of
from greenforms.check.working.sheet import sheets_of
from greenforms.check.working.tree import rounded
from greenforms.dossier.dossier import Dossier
from greenforms.dossier.paper import Paper
from greenforms.form.edit import put
from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, Leaf, at, leaves, values
from greenforms_scans.draws import Draws

_PLACES = Decimal("0.01")


def reckoned(form: Form, data: dict[str, Any], draws: Draws) -> None:
    """Put sums, ratios, formulas and scores into a data set where the result keeps to its field's bounds.

    Totals of lists are left alone: they are drawn until they are right. A score that an assessor gives is drawn within
    the full points of its row.
    """
    _tell(form, data)
    fields = {leaf.pattern: leaf for leaf in leaves(form.root)}
    for pointer, value in _results(form, data):
        if (leaf := fields.get(pointer)) is not None:
            _put(data, leaf, pointer, value)
    paper = Paper(form, data, "")
    case = Case(Dossier(form.library, (paper,)), (paper,))
    for leaf, pointer, value in (*_figures_worked_out(case, paper), *_scores(case, paper, draws)):
        _put(data, leaf, pointer, value)
    for leaf, pointer, value in tuple(_totals(case, paper)):
        _put(data, leaf, pointer, value)
    _prove(paper, data)


def _tell(form: Form, data: dict[str, Any]) -> None:
    """Have the rows of a list name in turn what a rule wants them to name together, and say twice what is the same."""
    for rule in form.rules:
        given = rule.parameters
        if (
            rule.check == "equals"
            and at(data, given.get("other", "/")) not in (ABSENT, None)
            and "*" not in given["field"]
        ):
            put(data, given["field"], at(data, given["other"]))
        if rule.check == "mention" and given.get("together") and "/*/" in given["field"]:
            place, _, field = given["field"].partition("/*/")
            rows, wanted = at(data, place), [words[0] for words in given["topics"].values()]
            if isinstance(rows, list) and rows:
                rows += [dict(rows[-1]) for _ in range(len(wanted) - len(rows))]
                for row, word in zip(rows, wanted, strict=False):
                    row[field] = f"{word}局"


def _prove(paper: Paper, data: dict[str, Any]) -> None:
    """Have every row that claims something cite evidence: the first that is listed, where there is a list."""
    for group, rows in citing_rows(paper):
        listed = [value for place in group.score.get("evidence", ()) for _, value in spots(data, place)]
        for row in rows:
            if row.claims and row.is_blank:
                put(data, row.pointer, listed[0] if listed else "附件1")


def _put(data: dict[str, Any], leaf: Leaf, pointer: str, value: Decimal) -> None:
    if at(data, pointer) is not None and _within(leaf, value):
        put(data, pointer, int(value) if leaf.codec.name == "integer" else value)


def _results(form: Form, data: Any) -> Iterator[tuple[str, Decimal]]:
    for rule in form.rules:
        given = rule.parameters
        if rule.check == "sum" and (parts := _figures(data, *given["parts"])):
            yield given["total"], sum(parts, Decimal(0))
        if rule.check == "ratio" and (pair := _figures(data, given["numerator"], given["denominator"])) and pair[1]:
            ratio = Decimal(str(given.get("times", 1))) * pair[0] / pair[1]
            yield given["quotient"], ratio.quantize(_PLACES)


def _figures(data: Any, *pointers: str) -> list[Decimal]:
    """The figures at these places; none where one of them is missing."""
    found = [at(data, pointer) for pointer in pointers]
    if not all(isinstance(value, (int, Decimal)) for value in found):
        return []
    return [Decimal(value) for value in found]


def _figures_worked_out(case: Case, paper: Paper) -> Iterator[tuple[Leaf, str, Decimal]]:
    """What formulas of the library give for figures of the paper."""
    for each in values(paper.root, paper.data):
        if isinstance(each.value, (int, Decimal)):
            working = worked_out(case, Spot(paper, each.pointer, each.value, each.leaf))
            if working is not None and not working.problem and working.value is not None:
                yield each.leaf, each.pointer, rounded(working.value, working.decimals)


def _scores(case: Case, paper: Paper, draws: Draws) -> Iterator[tuple[Leaf, str, Decimal]]:
    """The scores of the rows of the paper's catalogues."""
    for sheet in sheets_of(paper):
        for row in score_of(case, sheet).rows:
            given = row.known.get("得分")
            spot = case.at(paper, given.path) if given is not None else None
            if spot is not None and spot.leaf is not None and row.full is not None:
                yield spot.leaf, spot.pointer, _score(row, row.full, spot.pointer, draws)


def _score(row: RowScore, full: Fraction, pointer: str, draws: Draws) -> Decimal:
    """What the row's rule gives, else, where it leaves that to an assessor, a part of the points in steps of a half."""
    if row.working.value is not None and not any(given.title == "得分" for given in row.working.inputs):
        return rounded(row.working.value, row.working.decimals)
    steps = int(full * 2)
    return Decimal(draws.random(f"{pointer}=").randint((steps + 1) // 2, steps)) / 2


def _totals(case: Case, paper: Paper) -> Iterator[tuple[Leaf, str, Decimal]]:
    """The totals of scores, wherever the paper states them."""
    for sheet in sheets_of(paper):
        score = score_of(case, sheet)
        for pointer in sheet.totals:
            spot = case.at(paper, pointer)
            if spot is not None and spot.leaf is not None and score.working.value is not None:
                yield spot.leaf, spot.pointer, rounded(score.working.value, score.working.decimals)


def _within(leaf: Leaf, value: Decimal) -> bool:
    least, most = leaf.bounds.least, leaf.bounds.most
    return (least is None or value >= least) and (most is None or value <= most)
