"""Numbers that rules refer to by name: from which day each holds, and which article says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from greenforms.finding import Citation


@dataclass(frozen=True, slots=True)
class Dated:
    """One value of a parameter: from which day it holds (None: always did), and what it rests on."""

    since: date | None
    value: Any
    citation: Citation


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number, a word, a list, or days: `day`, `before`, `every_year`, `working_days`; dated, the oldest first."""

    id: str
    title: str
    values: tuple[Dated, ...]
    source: str

    def on(self, day: date | None) -> Dated | None:
        """What holds on a day; without a day, what always did if there is nothing else. None where that is open."""
        if day is None:
            return self.values[0] if len(self.values) == 1 and self.values[0].since is None else None
        return next((each for each in reversed(self.values) if each.since is None or each.since <= day), None)


def parameters_of(content: Any, source: str) -> dict[str, Parameter]:
    """The parameters of one file, by id."""
    return {entry["id"]: _parameter(entry, source) for entry in content["parameters"]}


def _parameter(entry: Mapping[str, Any], source: str) -> Parameter:
    values = [
        Dated(
            date.fromisoformat(each["since"]) if each["since"] else None,
            each["value"],
            Citation(each["document"], each["article"]),
        )
        for each in entry["values"]
    ]
    return Parameter(
        entry["id"], entry["title"], tuple(sorted(values, key=lambda each: each.since or date.min)), source
    )
