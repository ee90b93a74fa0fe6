"""Which of several statements answers what a field asks; where they contradict each other none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from greenforms.carry.asked import Ask
from greenforms.carry.fitting import fitted
from greenforms.carry.material import Statement
from greenforms.dossier.groups import groups_of
from greenforms.fact.statement import Fact

_LISTED = 4


@dataclass(frozen=True, slots=True)
class Carried:
    """A value for a place of the new form, and the statement it is taken from."""

    pointer: str
    value: Any
    statement: Statement


@dataclass(frozen=True, slots=True)
class Left:
    """What was not carried: the place of the new form ("" for none), why, and the statements concerned.

    `disputed`: they contradict each other.
    """

    pointer: str
    reason: str
    statements: tuple[Statement, ...] = ()
    disputed: bool = False


def answered(ask: Ask, statements: Sequence[Statement], application: str = "") -> Carried | Left | None:
    """The one value that answers, or why there is none; None where nothing at all is stated.

    `application` is the type the new form applies for, "" where that is open.
    """
    about = [each for each in statements if each.fact.fact == ask.kind.id and each.fact.item == ask.item]
    if not about:
        return None
    same = [each for each in about if _is_same(ask, each.fact, application)]
    if not same:
        return Left(ask.pointer, _other_scope(ask, about, application), tuple(about))
    certain = [each for each in same if not each.doubt]
    if not certain:
        return Left(ask.pointer, f"{_quoted(same)}：{same[0].doubt}，请照原件填写", tuple(same))
    newest = _newest(ask, certain)
    groups = groups_of(ask.kind, [each.fact for each in newest])
    if len(groups) > 1:
        firsts = [next(each for each in newest if each.fact is group[0]) for group in groups]
        return Left(ask.pointer, f"各处说法不一，没有替您选：{_quoted(firsts)}", tuple(newest), disputed=True)
    return _fitting(ask, newest)


def _fitting(ask: Ask, statements: Sequence[Statement]) -> Carried | Left:
    """The first statement that the field takes; the unit's own before one in a list."""
    reason = ""
    for each in sorted(statements, key=lambda each: each.fact.listed):
        fit = fitted(ask.leaf, ask.kind, each.fact)
        if not fit.reason:
            return Carried(ask.pointer, fit.value, each)
        reason = reason or fit.reason
    return Left(ask.pointer, reason, tuple(statements))


def _is_same(ask: Ask, fact: Fact, application: str) -> bool:
    if ask.is_open or fact.period != ask.period or fact.boundary != ask.boundary:
        return False
    other = application and fact.application and fact.application != application
    return not (ask.kind.per_application and other)


def _other_scope(ask: Ask, about: Sequence[Statement], application: str) -> str:
    """How what is stated differs from what is asked."""
    if ask.is_open:
        return "新表没有定下这一栏是哪一年的，请先填年度，再对照旧材料填写"
    periods = sorted({each.fact.period for each in about} - {ask.period, ""})
    if ask.period and periods:
        return f"新表要填{ask.period}年的，旧材料只有{'、'.join(periods)}年的"
    if periods:
        return f"新表问的是现在的情况，旧材料写的是{'、'.join(periods)}年的"
    if any(each.fact.boundary != ask.boundary for each in about):
        return "统计范围（厂区或法人）不同"
    if application:
        return f"旧材料是申报别的类型时写的，新表申报{application}"
    return "旧材料没有写明是哪一年的"


def _newest(ask: Ask, statements: Sequence[Statement]) -> list[Statement]:
    """What is true on a day, by the latest papers, where all say of which year they are."""
    years = {each.fact.as_of for each in statements}
    if ask.kind.time != "day" or ask.period or "" in years:
        return list(statements)
    return [each for each in statements if each.fact.as_of == max(years)]


def _quoted(statements: Sequence[Statement]) -> str:
    shown = [f"{each.fact.shown}（“{each.fact.document}”）" for each in statements[:_LISTED]]
    return "；".join(shown) + (f"；等 {len(statements)} 处" if len(statements) > _LISTED else "")
