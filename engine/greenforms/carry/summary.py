"""A summary form: a row for each unit that has papers of its own, filled by what they state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from greenforms.carry.applying import handed_in_as
from greenforms.carry.asked import ListAsk, asks_of
from greenforms.carry.choosing import Carried, Left
from greenforms.carry.filling import Prefilled
from greenforms.carry.material import Material, Statement
from greenforms.carry.rows import row_of
from greenforms.dossier.about import About
from greenforms.dossier.collect import is_list
from greenforms.errors import UsageError
from greenforms.fact.compare import canonical
from greenforms.fact.fold import fold_name
from greenforms.fact.vocabulary import Vocabulary
from greenforms.form.edit import put
from greenforms.form.form import Form
from greenforms.form.tree import Leaf

#: Why a cell is open of which no paper says anything.
UNSTATED = "没有材料写明"


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit with papers of its own: what states its name, all that is stated, and the types it applies for."""

    name: Statement
    statements: tuple[Statement, ...]
    applications: tuple[str, ...]

    def of_type(self, application: str, vocabulary: Vocabulary) -> list[Statement]:
        """What is stated, without the other types that the unit applies for, too."""
        kind = vocabulary.facts[vocabulary.application]
        return [
            each
            for each in self.statements
            if each.fact.fact != kind.id or not application or canonical(kind, str(each.fact.value)) == application
        ]


def lists_of(form: Form, day: date) -> tuple[ListAsk, ...]:
    """The lists of units that a form asks for. Raises UsageError for a form that lists none."""
    vocabulary = form.library.vocabulary
    asked = (each for each in asks_of(form, day) if isinstance(each, ListAsk) and is_list(each.rows, vocabulary))
    if found := tuple(asked):
        return found
    raise UsageError(f"《{form.title}》不是列各单位的表，不能汇总。一个单位的内容带入新表，请用 greenforms carry。")


def summarised(form: Form, material: Material, day: date, first: Sequence[str] = ()) -> Prefilled:
    """The form with a row for each unit and type. Cells that no paper answers stay open, and so do all other fields.

    The units named in `first` come first, in that order, the others in the order of their papers.
    Raises UsageError for a form that lists no units.
    """
    vocabulary = form.library.vocabulary
    asked = lists_of(form, day)
    result = Prefilled(form, "")
    rank = {fold_name(name): number for number, name in reversed([*enumerate(first)])}
    units = sorted(_units(material, vocabulary), key=lambda unit: rank.get(fold_name(unit.name.fact.held), len(first)))
    listed: set[int] = set()
    for ask in asked:
        number = 0
        for unit in units:
            for application in unit.applications or ("",):
                if _belongs(ask, unit, application, vocabulary) and not unit.name.doubt:
                    _fill(result, ask, number, unit, application)
                    listed.add(id(unit))
                    number += 1
    result.left += [_unlisted(unit) for unit in units if id(unit) not in listed]
    for each in result.carried:
        put(result.data, each.pointer, each.value)
    return result


def _units(material: Material, vocabulary: Vocabulary) -> Iterator[_Unit]:
    """The units in the order of their papers. One that stands in lists only has no papers of its own."""
    about = About(material.papers, vocabulary)
    by_unit: dict[str, list[Statement]] = {}
    for each in material.statements:
        by_unit.setdefault(about.key(each.fact), []).append(each)
    for statements in by_unit.values():
        own = [each for each in statements if not each.fact.listed]
        names = [each for each in own if each.fact.fact == vocabulary.subject and each.fact.value]
        if names:
            certain = next((each for each in names if not each.doubt), names[0])
            types = dict.fromkeys(each.fact.application for each in own if each.fact.application)
            told = () if types else tuple(handed_in_as(names, vocabulary))
            yield _Unit(certain, (*statements, *told), (*types, *(each.fact.application for each in told)))


def _belongs(ask: ListAsk, unit: _Unit, application: str, vocabulary: Vocabulary) -> bool:
    """Whether a unit's papers state what each row of a list states by standing in it."""
    return all(
        canonical(vocabulary.facts[fact], value) in _said(unit, fact, application, vocabulary)
        for fact, value in ask.rows.states.items()
    )


def _said(unit: _Unit, fact: str, application: str, vocabulary: Vocabulary) -> set[str]:
    if fact == vocabulary.application:
        return {application}
    kind = vocabulary.facts[fact]
    return {canonical(kind, str(each.fact.value)) for each in unit.statements if each.fact.fact == fact}


def _fill(result: Prefilled, ask: ListAsk, number: int, unit: _Unit, application: str) -> None:
    vocabulary, key = result.form.library.vocabulary, str(ask.rows.subject)
    pointer, name = f"{ask.pointer}/{number}", unit.name.fact.held
    about = unit.of_type(application, vocabulary)
    found = row_of(ask, key, pointer, name, about, vocabulary, application=application)
    cells: dict[str, Carried | Left] = {each.pointer: each for each in found}
    cells[f"{pointer}/{key}"] = Carried(f"{pointer}/{key}", name, unit.name)
    for member, child in ask.rows.item.children.items():
        here = f"{pointer}/{member}"
        cell = cells.get(here) or Left(here, UNSTATED)
        if isinstance(cell, Carried):
            result.carried.append(cell)
        elif not isinstance(child, Leaf) or child.printed:
            result.left.append(cell)


def _unlisted(unit: _Unit) -> Left:
    if unit.name.doubt:
        reason = f"“{unit.name.fact.shown}”没有列入：单位名称{unit.name.doubt}，请先更正读取结果"
    else:
        reason = f"“{unit.name.fact.shown}”没有列入：材料写明的类型不是这张表列的，或没有写明"
    return Left("", reason, (unit.name,))
