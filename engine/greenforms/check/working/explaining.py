"""One place of a paper explained: the figure a formula gives, or the score of a catalogue or of a row of it."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from greenforms.check.case import Case
from greenforms.check.pointers import node_at, title
from greenforms.check.verdict import Spot
from greenforms.check.working.formulas import formulas_at, worked_out
from greenforms.check.working.score import Score, score_of, with_costs
from greenforms.check.working.sheet import ScoreSheet, sheets_of
from greenforms.check.working.tree import Working
from greenforms.dossier.dossier import Dossier
from greenforms.dossier.paper import Paper
from greenforms.errors import UsageError
from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, Group, Leaf, at, values

#: So many places are listed where one has no formula.
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure worked out, with the score where it is one."""

    working: Working
    score: Score | None = None


def explain(form: Form, data: Any, path: str, document: str = "") -> Explanation:
    """What stands at a place of a data set, worked out.

    `path` is a pointer; `/indicators/*/y2021` is the score of a column of values. Raises UsageError for a place that is
    not on the form, or that no formula gives; the message lists those that one does.
    """
    paper = Paper(form, data, document)
    case = Case(Dossier(form.library, (paper,)), (paper,))
    sheets = tuple(sheets_of(paper))
    if (sheet := _sheet_at(form, sheets, path)) is not None:
        score = with_costs(score_of(case, sheet))
        return Explanation(score.working, score)
    if (row := _row_at(case, sheets, path)) is not None:
        return Explanation(row)
    spot = _spot_at(paper, path)
    found = worked_out(case, spot) if spot is not None else None
    if found is not None:
        return Explanation(found)
    known = dict.fromkeys(f"{place}（{told}）" for place, told in _explained(paper, sheets))
    raise UsageError(_no_formula(form, path, spot is not None), tuple(known)[:_LISTED])


def explained(form: Form, data: Any) -> Iterator[tuple[str, str]]:
    """The places of a data set that a formula gives, each with its title."""
    paper = Paper(form, data, "")
    yield from _explained(paper, tuple(sheets_of(paper)))


def _no_formula(form: Form, path: str, there: bool) -> str:
    if not there:
        return f"《{form.title}》没有“{path}”这个位置，或它是一组而不是一栏。有算式的位置："
    return f"“{title(form.root, path)}”（{path}）是直接填写的，没有算式。有算式的位置："


def _sheet_at(form: Form, sheets: tuple[ScoreSheet, ...], path: str) -> ScoreSheet | None:
    """The sheet that a pointer means: the catalogue, one column of it, or the total that is printed from it."""
    named = [each for each in sheets if path in {each.pointer, f"{each.pointer}/*/{each.column}", *each.totals}]
    parent, _, name = path.rpartition("/")
    node = node_at(form.root, parent) if parent else form.root
    derived = node.derived.get(name) if isinstance(node, Group) else None
    if derived is not None and derived.derived is not None:
        source = derived.derived.source
        named = [each for each in sheets if source in {each.place("*", "score"), each.place("*", "value")}]
    if len(named) > 1:
        columns = tuple(f"{each.pointer}/*/{each.column}" for each in named)
        raise UsageError(f"“{path}”有几列数据可以计分，请写明是哪一列：", columns)
    return named[0] if named else None


def _row_at(case: Case, sheets: tuple[ScoreSheet, ...], path: str) -> Working | None:
    """The score of a row that a pointer means: the row itself, or its field for the score."""
    for sheet in sheets:
        for row, _ in sheet.rows:
            if path in {f"{sheet.pointer}/{row}", sheet.place(row, "score")}:
                return next((each.working for each in score_of(case, sheet).rows if each.id == row), None)
    return None


def _spot_at(paper: Paper, path: str) -> Spot | None:
    """The field that a pointer means, filled or not; None for what is no field of the data."""
    node = node_at(paper.root, path)
    if not isinstance(node, Leaf) or "*" in path:
        return None
    value = at(paper.data, path)
    return Spot(paper, path, None if value is ABSENT else value, node)


def _explained(paper: Paper, sheets: tuple[ScoreSheet, ...]) -> Iterator[tuple[str, str]]:
    for sheet in sheets:
        column = f"/*/{sheet.column}" if len(sheet.group.score.get("value", ())) > 1 else ""
        yield f"{sheet.pointer}{column}", sheet.scoring.title
    for each in values(paper.root, paper.data):
        if formulas_at(Spot(paper, each.pointer, each.value, each.leaf)):
            yield each.pointer, each.leaf.title


def supposed(text: str) -> tuple[str, str]:
    """The place and the value of `PATH=VALUE`. Raises UsageError for another text."""
    path, sign, value = text.partition("=")
    if not sign or not path.startswith("/"):
        raise UsageError(f"“{text}”不是“位置=值”，请写成 --what-if /indicators/energy=68000 的样子")
    return path, value


def supposing(form: Form, data: Any, changes: Iterable[tuple[str, str]]) -> Any:
    """A copy of a data set with other values at some places, read as if typed there; an empty text takes a value away.

    Raises UsageError for a place that is no field, and for a text that is no value of it.
    """
    changed = copy.deepcopy(data)
    for path, text in changes:
        node = node_at(form.root, path)
        if not isinstance(node, Leaf) or "*" in path:
            raise UsageError(f"《{form.title}》没有“{path}”这一栏，不能假设它的值")
        _put(changed, path.split("/")[1:], _read(node, path, text))
    return changed


def _read(leaf: Leaf, path: str, text: str) -> Any:
    if not text:
        return ABSENT
    reading = leaf.codec.parse(text)
    if reading.value is None or reading.problems:
        why = "；".join(problem.reason for problem in reading.problems) or "读不出来"
        raise UsageError(f"“{path}={text}”不是“{leaf.title}”的值：{why}")
    return reading.value


def _put(data: Any, steps: list[str], value: Any) -> None:
    """Set or take away a member; groups that are not there are made, rows of a list are not."""
    *way, last = steps
    for step in way:
        if isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        elif isinstance(data, dict):
            data = data.setdefault(step, {})
        else:
            raise UsageError(f"数据里没有“/{'/'.join(steps)}”所在的行，不能假设它的值")
    if not isinstance(data, dict):
        raise UsageError(f"数据里“/{'/'.join(way)}”不是可以填写的一组，不能假设它的值")
    if value is ABSENT:
        data.pop(last, None)
    else:
        data[last] = value
