"""The tags a template may hold: `{{ name }}` prints, `{%tr … %}` and `{%p … %}` repeat or drop rows and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Any tag; the names in it are resolved by `scope`.
TAG = re.compile(r"\{\{\s*(?P<name>[^{}|]+?)\s*\}\}|\{%(?P<scope>tr|p)?\s*(?P<statement>[^%]+?)\s*%\}")
#: The ordinal of a repeated row, printed but no field: `loop.index` on every paper, `row.ordinal` on filled rows only.
#: Neither numbers the row that keeps the place of an empty list on a filled paper.
INDEX = "loop.index"
ORDINAL = "ordinal"
#: True for the first item of a list; fillers ask it where an outer item's text stands once beside several rows.
OPENS = "opens"
#: Names that templates know of every item of a list; no field may be called so.
RESERVED = frozenset({ORDINAL, OPENS, "loop"})
#: True only while the empty official form is printed: `{%p if blank %}（提纲）{%p endif %}`.
BLANK = "blank"

_LOOP = re.compile(r"for\s+(?P<variable>\w+)\s+in\s+(?P<name>[\w.\[\]]+)$")
_IF = re.compile(r"if\s+(?P<name>[\w.\[\]]+)$")
_LAYOUT = re.compile(r"layout\s+(?P<name>[\w.\[\]]+)$")


@dataclass(frozen=True, slots=True)
class For:
    """Repeats what follows for each item of a list, or for each row of a catalogue."""

    variable: str
    name: str


@dataclass(frozen=True, slots=True)
class If:
    """Prints what follows only when the data have `name`, or only on the blank form."""

    name: str


@dataclass(frozen=True, slots=True)
class End:
    """Closes the innermost `for` or `if`; `of` says which."""

    of: str


@dataclass(frozen=True, slots=True)
class Include:
    """Prints the template of the layout that stands at `name`."""

    name: str


Statement = For | If | End | Include


def statement_of(text: str) -> Statement | None:
    """The statement between `{%` and `%}`; None when it is none of ours."""
    if found := _LOOP.match(text):
        return For(found["variable"], found["name"])
    if found := _IF.match(text):
        return If(found["name"])
    if found := _LAYOUT.match(text):
        return Include(found["name"])
    return End(text.removeprefix("end")) if text in {"endfor", "endif"} else None


def is_ordinal(name: str) -> bool:
    """Whether a tag prints a row's ordinal."""
    return name == INDEX or name.endswith(f".{ORDINAL}")
