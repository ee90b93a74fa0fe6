"""The tables of the review. Rows are added and never changed, so that all that was ever said can be told."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Text

from greenforms.station.workplace import Workplace

TABLES = MetaData()
_HASH = String(64)

#: One row for each folder, archive or handful of files that came in together.
SUBMISSIONS = Table(
    "review_submission",
    TABLES,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

#: One row for each time that a submission is read; `job` is that of the station, `taken` says whether what came of it
#: is taken up, which is the one thing that changes.
JOBS = Table(
    "review_job",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("submission", String(32), nullable=False, index=True),
    Column("job", Text, nullable=False),
    Column("taken", Boolean, nullable=False),
)

#: One row a file, numbered from 1; `name` is its sender's, `path` where it lies below the workplace.
FILES = Table(
    "review_file",
    TABLES,
    Column("submission", String(32), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", _HASH, nullable=False, index=True),
    Column("path", Text, nullable=False),
)

#: One row for each different reading of a file's bytes: by which program and forms (`version`), as which form (""
#: where it is none), where it is kept, and what is said of a file that is none or could not be read.
READINGS = Table(
    "review_reading",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("sha256", _HASH, nullable=False),
    Column("version", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("digest", _HASH, nullable=False),
    Column("message", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Index("review_reading_of", "sha256", "id"),
)

#: What people say of fields. `read` is the value as the machine read it then (canonical JSON, "" where it read none),
#: `before` and `after` what the field said before and after, as text; `undoes` is the row that is taken back.
CHANGES = Table(
    "review_change",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("sha256", _HASH, nullable=False),
    Column("form", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("pointer", Text, nullable=False),
    Column("kind", String(9), nullable=False),
    Column("read", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("undoes", Integer),
    Index("review_change_of", "sha256", "form", "id"),
)

#: What became of a submission: accepted, returned, or opened again; the last row counts.
DECISIONS = Table(
    "review_decision",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("submission", String(32), nullable=False, index=True),
    Column("verdict", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)


def prepare(workplace: Workplace) -> None:
    """Make the tables where they are not there yet."""
    workplace.records.transact(TABLES.create_all)


def local(at: str) -> str:
    """A time of the tables as people here write it."""
    from datetime import datetime

    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def now() -> str:
    """The time, UTC, as it stands in the tables."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")
