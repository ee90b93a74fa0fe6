"""Rows of lists that were handed in, as checks look at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from greenforms.check.case import Case
from greenforms.check.verdict import Gap
from greenforms.fact.fold import fold_name

#: What rows must say, by column.
Where = Mapping[str, tuple[str, ...]]
Row = Mapping[str, str]


def rows_of(case: Case, kind: str, where: Where, *, former: bool = False) -> Sequence[Row] | Gap:
    """The rows of all lists of a kind in which each column has one of its values, with `former` those that ended, too.

    A gap where no list of the kind has a row like that: a list of other levels says nothing.
    """
    [known] = [each for each in case.dossier.library.content("lists.yaml", "lists")["kinds"] if each["id"] == kind]
    given = [each for each in case.dossier.lists if each.kind == kind]
    ends = [each["id"] for each in known["columns"] if each.get("ends") and not former]
    folded = {column: {fold_name(value) for value in values} for column, values in where.items()}
    rows = [row for each in given for row in each.rows if _fits(row, folded)]
    if rows:
        return [row for row in rows if not any(column in row for column in ends)]
    held = f"（{'、'.join(value for values in where.values() for value in values)}）" if where else ""
    return Gap("list-not-handed-in", {"list": f"{known['title']}{held}"})


def named(rows: Sequence[Row], name: str) -> Sequence[Row]:
    """The rows about somebody of this name."""
    return [row for row in rows if fold_name(row["name"]) == fold_name(name)]


def _fits(row: Row, where: Mapping[str, set[str]]) -> bool:
    return all(fold_name(row.get(column, "")) in values for column, values in where.items())
