"""Formulas as the data files state them, with the coefficients they take; checked for kinds of quantity when loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from greenforms.codec.dimension import BARE, DifferentKindError, Dimension
from greenforms.codec.units import UnknownUnitError, measure
from greenforms.errors import FormPackageError
from greenforms.fact.expression import Expression, ExpressionError, parse
from greenforms.fact.fold import fold_name
from greenforms.fact.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A conversion factor per unit of one thing, such as 折标系数 of 原煤: a number, a range, or (None) an input.

    `names` are what papers call the thing, folded; `mode` tells 当量值 from 等价值.
    """

    id: str
    title: str
    names: tuple[str, ...]
    unit: str
    confidence: str
    number: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    mode: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """What a name of an expression stands for: what a fact states, in `unit`, or a number that never changes.

    `each`: the fact is stated once for every row. `table`: where the paper does not state it, it is looked up among the
    coefficients of the set by the row's name.
    """

    name: str
    unit: str
    fact: str = ""
    number: Decimal | None = None
    each: bool = False
    table: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """How one figure follows from others. `fact` is what states the figure on papers, "" where nothing does.

    `decimals` are those it is rounded to (GB/T 8170) where no paper says how many.
    """

    id: str
    title: str
    expression: Expression
    variables: Mapping[str, Variable]
    unit: str
    fact: str
    source: str
    confidence: str
    decimals: int
    note: str = ""
    in_force_from: date | None = None
    in_force_to: date | None = None
    #: The coefficients of its set, for variables that are looked up.
    coefficients: tuple[Coefficient, ...] = field(default=(), repr=False)

    def holds(self, day: date | None) -> bool:
        """Whether it is in force on a day, always without one."""
        return day is None or (self.in_force_from or date.min) <= day <= (self.in_force_to or date.max)


def formulas_of(content: Any, where: str, vocabulary: Vocabulary) -> dict[str, Formula]:
    """The formulas of one file by id. Raises FormPackageError with everything wrong in the file."""
    found: dict[str, Formula] = {}
    errors: list[str] = []
    coefficients = tuple(map(_coefficient, content.get("coefficients", ())))
    errors += [f"{where}：系数“{each.id}”：{told}" for each in coefficients for told in _unit_errors(each.unit)]
    for entry in content["entries"]:
        id_ = f"{content['formulas']}/{entry['id']}"
        try:
            formula = _formula(id_, entry, content, coefficients, vocabulary)
        except ExpressionError as error:
            errors.append(f"{where}：算式“{id_}”：{error}")
            continue
        if id_ in found:
            errors.append(f"{where}：算式编号“{id_}”重复")
        found[id_] = formula
        errors += [f"{where}：算式“{id_}”：{error}" for error in _errors(formula, vocabulary)]
    if errors:
        raise FormPackageError(tuple(errors))
    return found


def _coefficient(entry: Mapping[str, Any]) -> Coefficient:
    number, least, most = (Decimal(entry[key]) if key in entry else None for key in ("number", "least", "most"))
    return Coefficient(
        id=entry["id"],
        title=entry["title"],
        names=tuple(fold_name(name) for name in (entry["title"], *entry.get("names", ()))),
        unit=entry["unit"],
        confidence=entry["confidence"],
        number=number,
        least=least,
        most=most,
        mode=entry.get("mode", ""),
        note=entry.get("note", ""),
    )


def _formula(
    id_: str, entry: Mapping[str, Any], content: Any, coefficients: tuple[Coefficient, ...], vocabulary: Vocabulary
) -> Formula:
    expression = parse(entry["expression"])
    variables = {name: _variable(name, said, expression, vocabulary) for name, said in entry["variables"].items()}
    dates = {key: date.fromisoformat(day) for key, day in content.get("in_force", {}).items()}
    return Formula(
        id=id_,
        title=entry["title"],
        expression=expression,
        variables=variables,
        unit=entry["unit"],
        fact=entry.get("fact", ""),
        source=f"{content['source']}{entry['article']}",
        confidence=entry["confidence"],
        decimals=entry.get("decimals", 2),
        note=entry.get("note", ""),
        in_force_from=dates.get("from"),
        in_force_to=dates.get("to"),
        coefficients=coefficients,
    )


def _variable(name: str, said: Mapping[str, Any], expression: Expression, vocabulary: Vocabulary) -> Variable:
    """A variable; its unit is the fact's where none is said."""
    kind = vocabulary.facts.get(said.get("fact", ""))
    return Variable(
        name=name,
        unit=said.get("unit", (kind.unit or "") if kind else ""),
        fact=said.get("fact", ""),
        number=Decimal(said["number"]) if "number" in said else None,
        each=name in expression.each,
        table=said.get("coefficients", False),
        note=said.get("note", ""),
    )


def _errors(formula: Formula, vocabulary: Vocabulary) -> Iterator[str]:
    """Names and variables that do not belong together, facts and units that do not exist, kinds that do not fit."""
    names = set(formula.expression.names)
    yield from (
        f"没有说明“{name}”是什么（variables）" for name in formula.expression.names if name not in formula.variables
    )
    yield from (f"variables 里的“{name}”不在算式里" for name in formula.variables if name not in names)
    facts = [formula.fact, *(each.fact for each in formula.variables.values())]
    yield from (f"词汇表里没有“{fact}”" for fact in facts if fact and fact not in vocabulary.facts)
    units = [formula.unit, *(each.unit for each in formula.variables.values())]
    told = [error for unit in units for error in _unit_errors(unit)]
    yield from told
    if not told and names == set(formula.variables):
        yield from _kind_errors(formula)


def _kind_errors(formula: Formula) -> Iterator[str]:
    """A result of another kind than its unit, or a sum of what cannot be added."""
    kinds: dict[str, Dimension | tuple[Dimension, ...]] = {}
    for name, variable in formula.variables.items():
        kind = measure(variable.unit)[1]
        kinds[name] = (kind,) if variable.each else kind
    written = formula.expression.shown({name: each.unit or "1" for name, each in formula.variables.items()})
    try:
        result = formula.expression.evaluate(kinds, lambda _: BARE)
    except DifferentKindError as error:
        yield f"{error}：{written}"
        return
    if result != measure(formula.unit)[1]:
        yield f"算出来的不是“{formula.unit or '1'}”：{written}"


def _unit_errors(unit: str) -> Iterator[str]:
    try:
        measure(unit)
    except UnknownUnitError as error:
        yield str(error)
