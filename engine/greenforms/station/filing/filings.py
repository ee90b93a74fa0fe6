"""The filings of a workplace: begun, changed version by version, gone back on. A change says which version it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from greenforms.record import canonical_json, parse_json
from greenforms.station.etag import refuse_stale, tag_of
from greenforms.station.filing.records import ANSWERS, FILINGS, SOURCES, TABLES, VERSIONS
from greenforms.station.refused import Refused
from greenforms.station.workplace import Workplace
from greenforms.submission.asking import Asking


@dataclass(frozen=True, slots=True)
class Filing:
    """One 单位档案. `created` is UTC, ISO 8601; `since` the day terms are counted from, None where it is not told."""

    id: int
    created: str
    who: str
    procedure: str
    type: str
    unit: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Held:
    """What a filing holds: data, texts that could not be read, reasons; by pointers of the pack's field tree."""

    given: Mapping[str, Any]
    texts: Mapping[str, str]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a filing: who made it, when, and what was done. `parent` is what undoing leads back to."""

    filing: int
    number: int
    parent: int
    at: str
    who: str
    what: str
    held: Held

    @property
    def tag(self) -> str:
        """Its tag, which a change of it must name."""
        return tag_of("filing", self.filing, self.number)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as kept."""

    rule: str
    answer: str
    who: str
    at: str


class Filings:
    """All filings of a workplace."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        #: What packs ask, by procedure and type, each worked out once.
        self.askings: dict[tuple[str, str], Asking] = {}
        self._records = workplace.records
        self._records.transact(TABLES.create_all)

    def begin(self, procedure: str, type_: str, unit: str, since: date | None) -> Filing:
        """A new filing, with an empty first version."""
        now = _now()
        row = {"created": now, "who": self.workplace.who, "procedure": procedure, "type": type_, "unit": unit}
        row["since"] = since.isoformat() if since else ""

        def work(connection: Connection) -> int:
            key = connection.execute(FILINGS.insert(), row).inserted_primary_key
            assert key is not None
            version = Version(key[0], 1, 0, now, self.workplace.who, "新建", Held({}, {}, {}))
            connection.execute(VERSIONS.insert(), _row(version))
            return int(key[0])

        return self.filing(self._records.transact(work))

    def every(self) -> Sequence[tuple[Filing, str]]:
        """All filings, the last changed first, each with when it was changed."""
        last = select(VERSIONS.c.filing, func.max(VERSIONS.c.at).label("at")).group_by(VERSIONS.c.filing).subquery()
        query = select(FILINGS, last.c.at).join(last, last.c.filing == FILINGS.c.id).order_by(last.c.at.desc())
        rows = self._records.transact(lambda connection: connection.execute(query).mappings().all())
        return [(_filing(row), row["at"]) for row in rows]

    def filing(self, number: int) -> Filing:
        """One filing. Raises Refused (404) when there is none."""
        query = select(FILINGS).where(FILINGS.c.id == number)
        row = self._records.transact(lambda connection: connection.execute(query).mappings().first())
        if row is None:
            raise Refused(404, "没有这份单位档案", "请从“申报”的列表进入。")
        return _filing(row)

    def head(self, filing: int) -> Version:
        """The version that holds now."""
        return self._records.transact(lambda connection: _version(connection, filing))

    def history(self, filing: int) -> Sequence[Version]:
        """Every version, the newest first."""
        query = select(VERSIONS).where(VERSIONS.c.filing == filing).order_by(VERSIONS.c.number.desc())
        rows = self._records.transact(lambda connection: connection.execute(query).mappings().all())
        return [_read(row) for row in rows]

    def change(self, filing: int, seen: str | None, held: Held, what: str) -> Version:
        """A new version in place of the one that was seen, which is kept; what changes nothing makes none.

        `seen` is its tag. Raises Refused: 412 when another one was made meanwhile, 428 when none is named.
        """
        return self._put(filing, seen, what, lambda head, _: (held, head.number))

    def undo(self, filing: int, seen: str | None) -> Version:
        """Back by one version, further each time. Raises Refused (409) at the first."""

        def back(head: Version, connection: Connection) -> tuple[Held, int]:
            if not head.parent:
                raise Refused(409, "没有可以撤消的修改", "已经回到最初的样子了。")
            earlier = _version(connection, filing, head.parent)
            return earlier.held, earlier.parent

        return self._put(filing, seen, "撤消", back)

    def restore(self, filing: int, seen: str | None, number: int) -> Version:
        """Back to any version; this can be undone. Raises Refused (404) when there is none."""

        def chosen(head: Version, connection: Connection) -> tuple[Held, int]:
            return _version(connection, filing, number).held, head.number

        return self._put(filing, seen, f"回到第{number}版", chosen)

    def _put(self, filing: int, seen: str | None, what: str, made: Any) -> Version:
        def work(connection: Connection) -> Version:
            head = _version(connection, filing)
            refuse_stale(seen, head.tag)
            held, parent = made(head, connection)
            if _texts(held) == _texts(head.held):
                return head
            version = Version(filing, head.number + 1, parent, _now(), self.workplace.who, what, held)
            connection.execute(VERSIONS.insert(), _row(version))
            return version

        return self._records.transact(work)

    # -- answers and sources ---------------------------------------------------------------------------------------

    def answers(self, filing: int) -> Mapping[str, Said]:
        """The answers that hold, by the rule that asks."""
        query = select(ANSWERS).where(ANSWERS.c.filing == filing).order_by(ANSWERS.c.id)
        rows = self._records.transact(lambda connection: connection.execute(query).mappings().all())
        return {row["rule"]: Said(row["rule"], row["answer"], row["who"], row["at"]) for row in rows}

    def answer(self, filing: int, said: Mapping[str, str]) -> None:
        """Keep answers by rule; one that says what holds already is not kept again."""
        known = self.answers(filing)
        fresh = [
            {"filing": filing, "rule": rule, "answer": text, "who": self.workplace.who, "at": _now()}
            for rule, text in said.items()
            if text != (known[rule].answer if rule in known else "")
        ]
        if fresh:
            self._records.transact(lambda connection: connection.execute(ANSWERS.insert(), fresh))

    def sources(self, filing: int) -> Mapping[str, tuple[Any, str]]:
        """What was carried, by place: the value and where it is from."""
        query = select(SOURCES).where(SOURCES.c.filing == filing)
        rows = self._records.transact(lambda connection: connection.execute(query).mappings().all())
        return {row["pointer"]: (parse_json(row["value"]), row["source"]) for row in rows}

    def note_sources(self, filing: int, found: Mapping[str, tuple[Any, str]]) -> None:
        """Write down where values are from, in place of what was noted of their places before."""
        rows = [
            {"filing": filing, "pointer": pointer, "value": canonical_json(value), "source": source}
            for pointer, (value, source) in found.items()
        ]

        def work(connection: Connection) -> None:
            places = [row["pointer"] for row in rows]
            connection.execute(SOURCES.delete().where(SOURCES.c.filing == filing, SOURCES.c.pointer.in_(places)))
            connection.execute(SOURCES.insert(), rows)

        if rows:
            self._records.transact(work)


def _version(connection: Connection, filing: int, number: int | None = None) -> Version:
    query = select(VERSIONS).where(VERSIONS.c.filing == filing).order_by(VERSIONS.c.number.desc()).limit(1)
    row = connection.execute(query if number is None else query.where(VERSIONS.c.number == number)).mappings().first()
    if row is None:
        raise Refused(404, "没有这一版", "请从“历次修改”的列表里选。")
    return _read(row)


def _filing(row: RowMapping) -> Filing:
    known = {name: row[name] for name in ("id", "created", "who", "procedure", "type", "unit")}
    return Filing(**known, since=date.fromisoformat(row["since"]) if row["since"] else None)


def _read(row: RowMapping) -> Version:
    held = Held(**{name: parse_json(row[name]) for name in ("given", "texts", "reasons")})
    return Version(row["filing"], row["number"], row["parent"], row["at"], row["who"], row["what"], held)


def _row(version: Version) -> dict[str, Any]:
    known = {name: getattr(version, name) for name in ("filing", "number", "parent", "at", "who", "what")}
    return known | _texts(version.held)


def _texts(held: Held) -> dict[str, str]:
    return {name: canonical_json(getattr(held, name)) for name in ("given", "texts", "reasons")}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
