"""What a formula's names stand for on a paper: figures of facts, constants, and coefficients looked up by name."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from greenforms.check.case import Case
from greenforms.check.figures import Figure, figure
from greenforms.check.phrases import phrase_of
from greenforms.check.verdict import Spot
from greenforms.check.working.tree import Working, exactly
from greenforms.codec.units import UnknownUnitError, measure
from greenforms.fact.fold import fold_name
from greenforms.fact.precision import interval
from greenforms.form.formula import Coefficient, Formula, Variable
from greenforms.form.tree import Group, Rows, at


def inputs_of(case: Case, spot: Spot, formula: Formula) -> dict[str, tuple[Working, ...]]:
    """What each name of a formula stands for at a place: one figure, or one of every row.

    A figure that is not there is a Working with the problem told.
    """
    return {name: tuple(_inputs(case, spot, formula, each)) for name, each in formula.variables.items()}


def stated(case: Case, spot: Spot, title: str, unit: str = "", note: str = "") -> Working:
    """What a paper says at a place; `unit` is meant where the paper prints none."""
    found = figure(spot)
    label, document = case.title(spot), spot.paper.document
    if found is None:
        problem = phrase_of("not-a-number", field=f"“{label}”")
        return Working(title, path=spot.pointer, document=document, label=label, problem=problem)
    try:
        scale, kind = measure(found.unit or unit)
    except UnknownUnitError as error:
        return Working(title, path=spot.pointer, document=document, label=label, problem=f"{label}：{error}")
    return Working(
        title=title,
        unit=found.unit or unit,
        value=Fraction(found.number),
        limits=interval(found.printed),
        decimals=_decimals(found),
        path=spot.pointer,
        document=document,
        label=label,
        stated=found.number,
        note=note,
        scale=scale,
        kind=kind,
    )


def _decimals(found: Figure) -> int:
    exponent = found.number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _inputs(case: Case, spot: Spot, formula: Formula, variable: Variable) -> Iterator[Working]:
    if variable.number is not None:
        yield _constant(variable)
        return
    if variable.each:
        rows = list(_of_every_row(case, spot, variable.fact))
        yield from (stated(case, each, _row_title(each, variable), variable.unit, variable.note) for each in rows)
        if not rows:
            yield _missing(case, variable)
        return
    found = case.beside(spot, variable.fact)
    if found is not None:
        yield stated(case, found, variable.name, _closed(variable.unit), variable.note)
    elif variable.table:
        yield _looked_up(case, spot, formula, variable)
    else:
        yield _missing(case, variable)


def _of_every_row(case: Case, spot: Spot, fact: str) -> Iterator[Spot]:
    """Every place of the paper that states a fact of the same year and boundary."""
    for each in case.within(spot, (fact,)):
        one, other = each.fact, spot.fact
        if one is None or other is None or (one.period, one.boundary) == (other.period, other.boundary):
            yield each


def _row_title(spot: Spot, variable: Variable) -> str:
    name = row_name(spot)
    return f"{variable.name}（{name}）" if name else variable.name


def _closed(unit: str) -> str:
    """A variable's unit where it is one, "" for one that the formula leaves open."""
    return "" if is_open(unit) else unit


def is_open(unit: str) -> bool:
    """Whether a formula leaves a unit open: 产品单位, or a quotient of it."""
    return any("[unit_of_" in kind for kind in measure(unit)[1].powers)


def _missing(case: Case, variable: Variable) -> Working:
    title = case.dossier.library.vocabulary.facts[variable.fact].title
    return Working(variable.name, note=variable.note, problem=phrase_of("not-stated", name=title))


def _constant(variable: Variable) -> Working:
    assert variable.number is not None
    return _number(Working(variable.name, note=variable.note), variable.number, variable.unit)


def _looked_up(case: Case, spot: Spot, formula: Formula, variable: Variable) -> Working:
    """A coefficient by the name of the row a place lies in; a range or an input of the year is no number."""
    name = row_name(spot)
    found = coefficient(formula, name)
    if found is None:
        return Working(variable.name, problem=phrase_of("no-coefficient", name=name or case.title(spot)))
    title = f"{variable.name}（{found.title}）"
    base = Working(title, source=formula.source, confidence=found.confidence, note=found.note)
    if found.number is not None:
        return _number(base, found.number, found.unit)
    said = {"name": found.title, "unit": found.unit, "least": found.least, "most": found.most}
    told = phrase_of("coefficient-range" if found.least is not None else "coefficient-input", **said)
    return Working(title, source=formula.source, confidence=found.confidence, note=found.note, problem=told)


def row_name(spot: Spot) -> str:
    """What the innermost list row around a place is about, "" outside of lists."""
    node: object = spot.paper.root
    pointer, name = "", ""
    for step in spot.pointer.split("/")[1:]:
        pointer = f"{pointer}/{step}"
        if isinstance(node, Rows):
            said = at(spot.paper.data, f"{pointer}/{node.subject}") if node.subject else None
            node, name = node.item, said if isinstance(said, str) else ""
        else:
            node = node.children.get(step) if isinstance(node, Group) else None
    return name


def coefficient(formula: Formula, name: str) -> Coefficient | None:
    """The coefficient that papers call by a name."""
    folded = fold_name(name)
    return next((each for each in formula.coefficients if folded in each.names), None) if folded else None


def _number(base: Working, number: Decimal, unit: str) -> Working:
    scale, kind = measure(unit)
    value = Fraction(number)
    return Working(
        base.title,
        unit,
        value,
        exactly(value),
        source=base.source,
        confidence=base.confidence,
        note=base.note,
        stated=number,
        scale=scale,
        kind=kind,
    )
