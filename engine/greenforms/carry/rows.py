"""Lists of the new form: a row for each part of the unit that earlier papers name, or for each year they tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from greenforms.carry.asked import Ask, ListAsk, ask_of
from greenforms.carry.choosing import Carried, Left, answered
from greenforms.carry.material import Statement
from greenforms.dossier.collect import is_list
from greenforms.dossier.scope import placed
from greenforms.fact.fold import fold_name
from greenforms.fact.vocabulary import Vocabulary
from greenforms.form.tree import Leaf, at, leaves, pattern_of, rows_of


def rows_for(ask: ListAsk, statements: Sequence[Statement], vocabulary: Vocabulary) -> Iterator[Carried | Left]:
    """The values of the rows, row by row, and what was not carried."""
    facts = {leaf.fact.fact for leaf in leaves(ask.rows.item) if leaf.fact is not None}
    about = [each for each in statements if each.fact.fact in facts]
    if not about:
        return
    if is_list(ask.rows, vocabulary):
        yield Left(ask.pointer, "这张名单写的是多个单位，不从一个单位的材料带入")
        return
    key = _key_of(ask)
    if key is None:
        yield Left(ask.pointer, "这张明细的各行没有名称或年度可以对应，请自行填写")
        return
    number = 0
    for name, statement in _names(ask, about):
        item = fold_name(name) if ask.rows.subject is not None else ""
        found = list(row_of(ask, key, f"{ask.pointer}/{number}", name, about, vocabulary, item=item))
        if any(isinstance(each, Carried) for each in found):
            yield Carried(f"{ask.pointer}/{number}/{key}", name, statement)
            yield from (each for each in found if isinstance(each, Carried))
            yield from (each for each in found if isinstance(each, Left))
            number += 1
        else:
            yield from (Left(ask.pointer, each.reason, each.statements) for each in found if isinstance(each, Left))
    yield from _other_years(ask, about)


def _key_of(ask: ListAsk) -> str | None:
    """The field that tells a row from others: the part's name, or the year."""
    if ask.rows.subject is not None:
        return ask.rows.subject
    period = ask.rows.period or ask.rows.item.period
    return period.field if period is not None else None


def _names(ask: ListAsk, about: Sequence[Statement]) -> Iterator[tuple[Any, Statement]]:
    """What the rows are called, each with a statement it is taken from."""
    if ask.rows.subject is not None:
        for item in dict.fromkeys(each.fact.item for each in about if each.fact.item):
            named = next(each for each in about if each.fact.item == item)
            yield _written(named, item), named
        return
    key = ask.rows.item.children.get(_key_of(ask) or "")
    whole = isinstance(key, Leaf) and "string" not in key.shape.types
    for year in _years(ask, about):
        yield (int(year) if whole else year), next(each for each in about if each.fact.period == year)


def _years(ask: ListAsk, about: Sequence[Statement]) -> list[str]:
    """The years that the new form may ask about: up to the one it speaks of, and as many as it has rows."""
    years = sorted({each.fact.period for each in about if each.fact.period.isdecimal()})
    if ask.scope.year:
        most = int(ask.rows.bounds.most) if ask.rows.bounds.most is not None else len(years)
        years = [year for year in years if int(ask.scope.year) - most < int(year) <= int(ask.scope.year)]
    return years


def _other_years(ask: ListAsk, about: Sequence[Statement]) -> Iterator[Left]:
    if ask.rows.subject is not None:
        return
    asked = set(_years(ask, about))
    others = sorted({each.fact.period for each in about} - asked - {""})
    if others:
        of_them = tuple(each for each in about if each.fact.period in others)
        yield Left(ask.pointer, f"旧材料里{'、'.join(others)}年的，不在新表要填的年度里", of_them)


def row_of(
    ask: ListAsk,
    key: str,
    pointer: str,
    name: Any,
    about: Sequence[Statement],
    vocabulary: Vocabulary,
    *,
    item: str = "",
    application: str = "",
) -> Iterator[Carried | Left]:
    """The cells of the row that `name` in the field `key` tells from others, as far as anything is stated of them.

    `item` is the part of the unit that the row is about, "" for the unit itself; `application` its type, where told.
    """
    beside = {key: name}
    scope = placed(ask.rows.item, beside, placed(ask.rows, beside, ask.scope))
    for member, leaf in ask.rows.item.children.items():
        if isinstance(leaf, Leaf):
            asked: Ask | None = ask_of(leaf, f"{pointer}/{member}", beside, scope, vocabulary, item)
            found = answered(asked, about, application) if asked is not None else None
            if found is not None:
                yield found


def _written(statement: Statement, item: str) -> str:
    """The name of a part as its paper writes it."""
    for rows in rows_of(statement.paper.form.root):
        steps = statement.fact.path.split("/")[: len(rows.pattern.split("/")) + 1]
        row = at(statement.paper.data, "/".join(steps)) if pattern_of("/".join(steps)) == f"{rows.pattern}/*" else None
        if rows.subject and isinstance(row, Mapping) and fold_name(str(row.get(rows.subject, ""))) == item:
            return str(row[rows.subject])
    return item
