"""The score of a catalogue: row by row, by groups and in all, with what keeps it from being known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from greenforms.check.case import Case
from greenforms.check.phrases import phrase_of
from greenforms.check.working.sheet import ScoreSheet, conditions_of, counts, known_of, number_of
from greenforms.check.working.tree import Working, exactly, long
from greenforms.fact.expression import Expression
from greenforms.fact.precision import Interval
from greenforms.form.scoring import RowRule
from greenforms.form.tree import Group

#: The names whose figures are held against each other.
_MEASURED = ("指标值", "引领值", "基准值")
#: What is asked for where it is not known.
_ASKED = {
    "符合": "是否符合",
    "分值": "分值（公开文本没有）",
    "引领值": "引领值（公开文本没有）",
    "基准值": "基准值（公开文本没有）",
}
#: How kinds of rows say that one must be fulfilled.
REQUIRED = "必选"
#: So many problems are told one by one.
_TOLD = 6


@dataclass(frozen=True, slots=True)
class RowScore:
    """One row. `full` is what it can reach, None where that is not known; `costs` what the total loses by it."""

    id: str
    title: str
    kind: str
    group: str
    weight: Fraction | None
    working: Working
    known: Mapping[str, Working]
    full: Fraction | None
    costs: Fraction | None = None

    @property
    def met(self) -> bool | None:
        """Whether the requirement is fulfilled, None where the paper does not say."""
        found = self.known.get("符合")
        return None if found is None else found.value == 1


@dataclass(frozen=True, slots=True)
class Gate:
    """The required rows, by what the paper says of them. Who does not meet one is out, whatever the score."""

    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """A catalogue's score. `left_out` are the optional rows that nobody answered, `estimate` a share of equal rows.

    An estimate is never a score: it is there to be shown, marked, where points are not public.
    """

    sheet: ScoreSheet
    working: Working
    rows: tuple[RowScore, ...]
    left_out: tuple[str, ...]
    gate: Gate
    estimate: Fraction | None = None

    @property
    def dearest(self) -> tuple[RowScore, ...]:
        """The rows that cost the total something, the dearest first."""
        costly = [row for row in self.rows if row.costs is not None and row.costs > 0]
        return tuple(sorted(costly, key=lambda row: -(row.costs or 0)))


def score_of(case: Case, sheet: ScoreSheet, *, costs: bool = False) -> Score:
    """The score of one sheet; with `costs`, what the total loses by each row, which takes long for many rows."""
    answered, left_out, problems = _chosen(sheet)
    rows = tuple(_row(case, sheet, id_, sheet.group.children[id_]) for id_ in answered)  # type: ignore[arg-type]
    scores = {row.id: row.working.value for row in rows}
    total = _total(sheet, rows, scores)
    open_rows = [row for row in rows if row.working.problem]
    if open_rows:
        problems = [*problems, *dict.fromkeys(row.working.problem for row in open_rows)]
    working = _whole(sheet, rows, total if not problems else None, tuple(problems))
    if total is not None and costs:
        rows = tuple(replace(row, costs=_costs(sheet, rows, scores, row, total)) for row in rows)
    estimate = _estimate(sheet, rows) if total is None else None
    return Score(sheet, working, rows, left_out, gate_of(case, sheet, rows), estimate)


def _chosen(sheet: ScoreSheet) -> tuple[list[str], tuple[str, ...], list[str]]:
    """The rows that count, those that nobody answered and need not, and what is wrong with choices."""
    among = {row: choice for choice in sheet.catalogue.choices for row in choice.rows}
    ids = [id_ for id_, _ in sheet.rows]
    left_out = tuple(id_ for id_ in ids if id_ in among and not counts(sheet, id_))
    problems = []
    for choice in sheet.catalogue.choices:
        given = sum(id_ in ids and id_ not in left_out for id_ in choice.rows)
        if given != choice.choose:
            problems.append(phrase_of("choice-off", title=choice.title, choose=choice.choose, given=given))
    return [id_ for id_ in ids if id_ not in left_out], left_out, problems


def _row(case: Case, sheet: ScoreSheet, id_: str, node: Group) -> RowScore:
    known = known_of(case, sheet, id_, node)
    kind = node.attributes.get("kind", "")
    fitting = [rule for rule in sheet.scoring.rows if rule.kind in kind]
    sufficing = (each for each in fitting if set(each.expression.names) <= known.keys())
    rule = next(sufficing, fitting[0] if fitting else None)
    title = node.title
    if rule is None:
        working = Working(title, problem=phrase_of("no-scoring", name=title, kind=kind))
        return RowScore(id_, title, kind, "", None, working, known, None)
    group = node.attributes.get(sheet.scoring.group_by, "") if sheet.scoring.group_by else ""
    full = _value(rule.full, known)
    working = _scored(sheet, id_, title, rule, known)
    known = {**_met_by_score(fitting[0], known), **known}
    return RowScore(id_, title, kind, group, number_of(node.attributes.get("weight", "")), working, known, full)


def _met_by_score(rule: RowRule, known: Mapping[str, Working]) -> Mapping[str, Working]:
    """Whether a requirement is fulfilled, told by its score alone: all of its points or none."""
    if set(rule.expression.names) != {"分值", "符合"} or not {"得分", "分值"} <= known.keys():
        return {}
    share = Fraction(known["得分"].value or 0) / (known["分值"].value or 1)
    return {"符合": Working("符合", value=share)} if share in {0, 1} else {}


def _scored(sheet: ScoreSheet, id_: str, title: str, rule: RowRule, known: Mapping[str, Working]) -> Working:
    names = rule.expression.names
    missing = [name for name in names if name not in known]
    own = sheet.place(id_, "score")
    base = Working(
        title,
        unit=sheet.scoring.unit,
        decimals=sheet.scoring.decimals,
        path=own or f"{sheet.pointer}/{id_}",
        document=sheet.paper.document,
        label=title,
        stated=known["得分"].stated if "得分" in known else None,
        written=rule.expression.shown(),
        source=sheet.scoring.source,
        confidence=sheet.scoring.confidence,
        inputs=tuple(known[name] for name in names if name in known),
    )
    if missing:
        return replace(
            base, problem=phrase_of("not-known", name=title, what="、".join(_ASKED.get(each, each) for each in missing))
        )
    kinds = [known[name].kind for name in _MEASURED if name in names]
    if any(kind != kinds[0] for kind in kinds):
        units = "、".join(f"{name}{known[name].unit}" for name in _MEASURED if name in names)
        return replace(base, problem=phrase_of("marks-apart", name=title, units=units))
    value = _value(rule.expression, known)
    if value is None:
        return replace(base, problem=phrase_of("same-marks", name=title))
    shown = {name: f"{long(known[name].value or Fraction(0)):f}{known[name].unit}" for name in names}
    return replace(base, value=value, limits=exactly(value), put_in=rule.expression.shown(shown))


def _value(expression: Expression, known: Mapping[str, Working]) -> Fraction | None:
    """What an expression comes to, None where a name is not known or a divisor is zero."""
    values = {name: base for name in expression.names if name in known and (base := known[name].base) is not None}
    if len(values) < len(expression.names):
        return None
    try:
        found: Interval = expression.evaluate(values, exactly)
    except ZeroDivisionError:
        return None
    return found.least


def _total(sheet: ScoreSheet, rows: tuple[RowScore, ...], scores: Mapping[str, Fraction | None]) -> Fraction | None:
    """The total with some scores, None where one is not known."""
    if not rows or None in scores.values():
        return None
    parts = [scores[row.id] or Fraction(0) for row in rows]
    if sheet.scoring.group is not None:
        groups = [_group(sheet, [row for row in rows if row.group == name], scores) for name in _names(rows)]
        if None in groups:
            return None
        parts = [part for part in groups if part is not None]
    try:
        found: Interval = sheet.scoring.total.evaluate(
            {"得分": tuple(map(exactly, parts)), "项数": exactly(Fraction(len(rows)))}, exactly
        )
    except ZeroDivisionError:
        return None
    return found.least


def _names(rows: tuple[RowScore, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.group for row in rows))


def _group(sheet: ScoreSheet, rows: list[RowScore], scores: Mapping[str, Fraction | None]) -> Fraction | None:
    """What a group of rows adds to the total, None where a full score or the weight is not known."""
    full = [row.full for row in rows]
    if sheet.scoring.group is None or None in full or rows[0].weight is None:
        return None
    values = {
        "得分": sum((scores[row.id] or Fraction(0) for row in rows), Fraction(0)),
        "分值": sum((each for each in full if each is not None), Fraction(0)),
        "权重": rows[0].weight,
    }
    try:
        found: Interval = sheet.scoring.group.evaluate({name: exactly(each) for name, each in values.items()}, exactly)
    except ZeroDivisionError:
        return None
    return found.least


def _costs(
    sheet: ScoreSheet, rows: tuple[RowScore, ...], scores: Mapping[str, Fraction | None], row: RowScore, total: Fraction
) -> Fraction | None:
    """What the total would gain if a row had its full score."""
    best = _total(sheet, rows, {**scores, row.id: row.full})
    return None if best is None else best - total


def _whole(sheet: ScoreSheet, rows: tuple[RowScore, ...], total: Fraction | None, problems: tuple[str, ...]) -> Working:
    scoring = sheet.scoring
    group = f"，其中各部分：{scoring.group.shown()}" if scoring.group is not None else ""
    listed = [*problems[:_TOLD], *([phrase_of("and-others", count=len(problems) - _TOLD)] * (len(problems) > _TOLD))]
    if total is None and not problems:
        listed = [phrase_of("nothing-scored")]
    return Working(
        title=scoring.title,
        unit=scoring.unit,
        value=total,
        limits=None if total is None else exactly(total),
        decimals=scoring.decimals,
        path=sheet.pointer,
        document=sheet.paper.document,
        label=sheet.group.title,
        written=f"{scoring.total.shown()}{group}",
        source=scoring.source,
        confidence=scoring.confidence,
        note=scoring.note,
        problem="；".join(listed),
        inputs=tuple(row.working for row in rows),
    )


def _estimate(sheet: ScoreSheet, rows: tuple[RowScore, ...]) -> Fraction | None:
    """The weighted share of requirements fulfilled with all rows of a group alike; None where that cannot be said."""
    if sheet.scoring.group is None or any(row.met is None or row.weight is None for row in rows):
        return None
    alike = tuple(replace(row, full=Fraction(1)) for row in rows)
    return _total(sheet, alike, {row.id: Fraction(bool(row.met)) for row in rows})


def gate_of(case: Case, sheet: ScoreSheet, rows: tuple[RowScore, ...]) -> Gate:
    """Which required rows are fulfilled: those of the parts that are conditions, on the paper, and those scored."""
    scoring = sheet.scoring
    wanted = [row for row in rows if scoring.gate_kind and scoring.gate_kind in row.kind]
    said = {row.title: row.met for row in wanted}
    paper = sheet.paper
    for other in conditions_of(paper, sheet.catalogue):
        for row in sheet.catalogue.rows:
            node = other.group.children.get(row.id)
            if row.part in scoring.gate and REQUIRED in row.attributes.get("kind", "") and isinstance(node, Group):
                known = known_of(case, other, row.id, node).get("符合")
                said[node.title] = None if known is None else known.value == 1
    return Gate(
        met=tuple(title for title, met in said.items() if met),
        unmet=tuple(title for title, met in said.items() if met is False),
        unsaid=tuple(title for title, met in said.items() if met is None),
    )
