"""What people say of the fields of one reading, over what the machine read: who, when, from, to, why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import Connection, insert, select

from greenforms.station.review.tables import CHANGES

Kind = Literal["confirmed", "changed", "undone"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing said of one field; the columns are those of `CHANGES`."""

    sha256: str
    form: str
    version: str
    pointer: str
    kind: Kind
    read: str
    before: str
    after: str
    place: str
    reason: str
    who: str
    at: str
    undoes: int | None = None
    id: int = 0


def changes_of(connection: Connection, sha256: str, form: str) -> tuple[Change, ...]:
    """All that was ever said of a file's bytes read as a form, by whichever version of the form; the oldest first."""
    wanted = CHANGES.c.sha256 == sha256, CHANGES.c.form == form
    found = connection.execute(select(CHANGES).where(*wanted).order_by(CHANGES.c.id))
    return tuple(Change(**row) for row in found.mappings())


def in_force(changes: Iterable[Change]) -> Mapping[str, Change]:
    """What holds of each field: the last that was said of it and not taken back."""
    said = list(changes)
    undone = {each.undoes for each in said if each.kind == "undone"}
    return {each.pointer: each for each in said if each.kind != "undone" and each.id not in undone}


def last_in_force(changes: Iterable[Change]) -> Change | None:
    """What would be taken back first: the latest that is not taken back yet."""
    said = list(changes)
    undone = {each.undoes for each in said if each.kind == "undone"}
    return next((each for each in reversed(said) if each.kind != "undone" and each.id not in undone), None)


def add(connection: Connection, change: Change) -> Change:
    """Write down a change; gives it with its number."""
    values = {name: value for name, value in asdict(change).items() if name != "id"}
    key = connection.execute(insert(CHANGES).values(values)).inserted_primary_key
    assert key is not None
    return Change(**{**values, "id": key[0]})
