"""Which formulas give the figure of a place, and that figure worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from greenforms.check.case import Case
from greenforms.check.phrases import phrase_of
from greenforms.check.verdict import Spot
from greenforms.check.working.inputs import inputs_of, is_open, stated
from greenforms.check.working.tree import Working, exactly, long
from greenforms.codec.dimension import BARE, DifferentKindError
from greenforms.codec.units import measure
from greenforms.fact.expression import V
from greenforms.fact.precision import Interval
from greenforms.form.formula import Formula
from greenforms.form.tree import Group, at

#: How many formulas deep a figure is worked out.
_DEEPEST = 4


def formulas_at(spot: Spot) -> tuple[Formula, ...]:
    """The formulas that give the figure of a place: of its fact, or those its catalogue names; in force on its day."""
    library = spot.paper.form.library
    if spot.leaf is not None and spot.leaf.fact is not None:
        found = library.formulas_of.get(spot.leaf.fact.fact, ())
    else:
        found = tuple(map(library.formula, _named(spot)))
    return tuple(each for each in found if each.holds(_day(spot))) or found[:1]


def _named(spot: Spot) -> tuple[str, ...]:
    """The formulas that the catalogue names for the value of the row a place lies in."""
    node: object = spot.paper.root
    around: Group | None = None
    for step in spot.pointer.split("/")[1:]:
        if isinstance(node, Group):
            if around is not None and around.catalogue:
                columns = around.score.get("value", ())
                return tuple(node.attributes.get("formulas", "").split()) if step in columns else ()
            around, node = node, node.children.get(step)
        else:
            return ()
    return ()


def _day(spot: Spot) -> date | None:
    """The day of a paper, None where it has none."""
    root = spot.paper.root
    said = at(spot.paper.data, root.paper.date) if root.paper is not None else None
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def worked_out(case: Case, spot: Spot, depth: int = 0) -> Working | None:
    """The figure of a place as the first formula gives it that can be worked out; None where no formula does.

    Where several may give it, one whose result is of another kind than what is written there gives another figure:
    每万元 beside 每吨. Where none can, the first says why.
    """
    found = [_worked_out(case, spot, formula, depth) for formula in formulas_at(spot)]
    known = stated(case, spot, "") if len(found) > 1 and spot.value is not None else None
    able = [each for each in found if not each.problem]
    alike = [each for each in able if known is None or not known.unit or each.kind == known.kind]
    unable = [each for each in found if each.problem]
    return next(iter([*alike, *unable, *able]), None)


def _worked_out(case: Case, spot: Spot, formula: Formula, depth: int) -> Working:
    inputs = inputs_of(case, spot, formula)
    if depth < _DEEPEST:
        inputs = {name: tuple(_deeper(case, each, depth) for each in rows) for name, rows in inputs.items()}
    known = stated(case, spot, formula.title) if spot.value is not None else None
    steps = tuple(each for rows in inputs.values() for each in rows)
    written = formula.expression.shown()
    base = Working(
        title=formula.title,
        decimals=known.decimals if known is not None and known.stated is not None else formula.decimals,
        path=spot.pointer,
        document=spot.paper.document,
        label=case.title(spot),
        stated=known.stated if known is not None else None,
        formula=formula.id,
        written=written,
        source=formula.source,
        confidence=formula.confidence,
        note=formula.note,
        inputs=steps,
    )
    problems = [each.problem for each in steps if each.problem]
    if problems:
        return replace(base, unit=known.unit if known else "", problem="；".join(dict.fromkeys(problems)))
    return _evaluated(base, formula, inputs, known)


def _deeper(case: Case, step: Working, depth: int) -> Working:
    """A figure of the paper with what it follows from itself, where a formula can work that out."""
    if not step.path:
        return step
    paper = next(each for each in case.papers if each.document == step.document)
    spot = case.at(paper, step.path)
    found = worked_out(case, spot, depth + 1) if spot is not None else None
    return replace(step, inputs=(found,)) if found is not None and not found.problem else step


def _evaluated(
    base: Working, formula: Formula, inputs: Mapping[str, tuple[Working, ...]], known: Working | None
) -> Working:
    unit = _unit(formula, inputs)
    try:
        kind = formula.expression.evaluate(_values(formula, inputs, lambda each: each.kind), lambda _: BARE)
        scale, wanted = measure(unit)
        if kind != wanted:
            raise DifferentKindError
    except DifferentKindError:
        told = "、".join(f"{each.title}{each.unit}" for rows in inputs.values() for each in rows)
        return replace(base, problem=phrase_of("kinds-apart", units=told, unit=unit or "1"))
    if known is not None and known.kind == kind and (known.unit or not unit):
        unit, scale = known.unit, known.scale
    try:
        exact: Interval = formula.expression.evaluate(_values(formula, inputs, lambda each: each.base), exactly)
    except ZeroDivisionError:
        return replace(base, unit=unit, problem=phrase_of("divisor-zero"))
    return replace(
        base,
        unit=unit,
        value=exact.least / scale,
        limits=_limits(formula, inputs, scale),
        put_in=formula.expression.shown({name: _figures(rows) for name, rows in inputs.items()}),
        scale=scale,
        kind=kind,
    )


def _limits(formula: Formula, inputs: Mapping[str, tuple[Working, ...]], scale: Fraction) -> Interval | None:
    """Where the result lies as far as the printed figures tell, None where a divisor may be zero."""
    try:
        found: Interval = formula.expression.evaluate(_values(formula, inputs, lambda each: each.base_limits), exactly)
    except ZeroDivisionError:
        return None
    return found / exactly(scale)


def _values(
    formula: Formula, inputs: Mapping[str, tuple[Working, ...]], of: Callable[[Working], V | None]
) -> dict[str, V | tuple[V, ...]]:
    """What names stand for, in one respect: one value, or those of all rows."""
    found = {name: tuple(value for each in rows if (value := of(each)) is not None) for name, rows in inputs.items()}
    return {name: values if formula.variables[name].each else values[0] for name, values in found.items()}


def _unit(formula: Formula, inputs: Mapping[str, tuple[Working, ...]]) -> str:
    """The formula's unit with the units that it leaves open as the paper has them."""
    unit = formula.unit
    for name, variable in formula.variables.items():
        if variable.unit and is_open(variable.unit) and "/" not in variable.unit:
            unit = unit.replace(variable.unit, inputs[name][0].unit)
    return unit


def _figures(rows: tuple[Working, ...]) -> str:
    """Figures as they stand in a formula, each with its unit."""
    return "，".join(f"{long(each.value):f}{each.unit}" for each in rows if each.value is not None)
