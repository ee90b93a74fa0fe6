"""What applicants do, in the database of the workplace: filings, every version of what they hold, answers, sources."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text

TABLES = MetaData()

#: One row a filing. `since` is the day of the event that terms are counted from, ISO, "" where none is told.
FILINGS = Table(
    "filing",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("created", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("since", String(10), nullable=False),
)
#: Every version of what a filing holds; none is ever changed. `parent` is the one that undoing leads back to. `given`,
#: `texts` and `reasons` are JSON (what is asked, texts that could not be read, why fields do not apply), by pointers
#: of the pack's one field tree.
VERSIONS = Table(
    "filing_version",
    TABLES,
    Column("filing", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("parent", Integer, nullable=False),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("given", Text, nullable=False),
    Column("texts", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    PrimaryKeyConstraint("filing", "number"),
)
#: What people answered; the last answer to a question holds, the earlier ones stay.
ANSWERS = Table(
    "filing_answer",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("filing", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
#: Where values were carried from: `value` is the JSON of what was carried.
SOURCES = Table(
    "filing_source",
    TABLES,
    Column("filing", Integer, nullable=False),
    Column("pointer", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("source", Text, nullable=False),
    PrimaryKeyConstraint("filing", "pointer"),
)
#: Files that are handed in with the papers: evidence by the title of what is wanted ("" for other evidence), or
#: pictures that papers print. `gone` is when a file was taken out again.
ENCLOSURES = Table(
    "filing_enclosure",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("filing", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("gone", String(32), nullable=False),
)
