"""Catalogues: indicator systems and other lists that an authority prints, row by row, and a form asks about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from greenforms.errors import FormPackageError
from greenforms.fact.expression import ExpressionError
from greenforms.form.scoring import Scoring, scoring_of


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One row: a stable id, what it is called, and what the form prints of it (number, text, kind, points …).

    `attributes` has every name that any row of the catalogue has, "" where this row has none.
    """

    id: str
    title: str
    part: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows of which only so many are answered: `choose` of `rows`."""

    id: str
    title: str
    choose: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One catalogue. `merged` are the attributes whose cells are merged over rows that print the same.

    They are told outermost first: a cell ends where an attribute told before it changes.
    """

    id: str
    title: str
    rows: tuple[CatalogueRow, ...]
    parts: tuple[str, ...]
    merged: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    #: How its rows are scored, None where nobody scores them.
    scoring: Scoring | None = None
    source: str = ""
    #: The words that say that a row is met, where nobody scores it.
    answers: tuple[str, ...] = ()

    @property
    def met(self) -> tuple[str, ...]:
        """The words that say that a row is met."""
        return self.scoring.met if self.scoring is not None else self.answers

    def rows_of(self, part: str = "") -> tuple[CatalogueRow, ...]:
        """The rows of one part, or all of them."""
        return tuple(row for row in self.rows if part in ("", row.part))


def catalogue_of(content: Any, where: str) -> Catalogue:
    """The catalogue that a file in `schemas/indicators/` describes; `where` is the file as errors name it."""
    entries = [entry for part in content["parts"] for entry in part["rows"]]
    names = dict.fromkeys(name for entry in entries for name in entry if name not in {"id", "title"})
    if strange := [name for name in content.get("merged", ()) if name not in names]:
        raise FormPackageError((f"{where}：“/merged”：没有一行有“{'、'.join(strange)}”",))
    rows = tuple(
        CatalogueRow(
            entry["id"],
            entry["title"],
            part["id"],
            {name: str(entry.get(name, "")) for name in names},
        )
        for part in content["parts"]
        for entry in part["rows"]
    )
    choices = tuple(_choices(content, {row.id for row in rows}, where))
    return Catalogue(
        content["catalogue"],
        content["title"],
        rows,
        tuple(part["id"] for part in content["parts"]),
        tuple(content.get("merged", ())),
        choices,
        _scoring(content, names, where),
        content["source"],
        tuple(content.get("met", ())),
    )


def _scoring(content: Any, names: Mapping[str, None], where: str) -> Scoring | None:
    """How the catalogue is scored. Raises FormPackageError for expressions, parts and attributes that do not fit."""
    if (said := content.get("scoring")) is None:
        return None
    try:
        scoring = scoring_of(said)
    except ExpressionError as error:
        raise FormPackageError((f"{where}：“/scoring”：{error}",)) from error
    parts = {part["id"] for part in content["parts"]}
    errors = [f"没有名为“{part}”的部分" for part in (scoring.part, *scoring.gate) if part not in parts]
    errors += [f"没有一行有“{name}”" for name in filter(None, (scoring.group_by,)) if name not in names]
    if errors:
        raise FormPackageError(tuple(f"{where}：“/scoring”：{error}" for error in errors))
    return scoring


def _choices(content: Any, ids: set[str], where: str) -> Iterator[Choice]:
    for index, entry in enumerate(content.get("choices", ())):
        if strange := [row for row in entry["rows"] if row not in ids]:
            raise FormPackageError((f"{where}：“/choices/{index}/rows”：没有编号为“{'、'.join(strange)}”的行",))
        yield Choice(entry["id"], entry["title"], entry["choose"], tuple(entry["rows"]))
