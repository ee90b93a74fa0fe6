"""The tables of a ledger. A database may hold the ledgers of several batches."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, MetaData, String, Table, Text

TABLES = MetaData()

#: One row a batch, locked while its files are listed.
BATCHES = Table("greenforms_batch", TABLES, Column("batch", String(32), primary_key=True))

#: One row for each different piece of work. `key` is made of what is done, by which forms and program, to which bytes.
#: `until` is when the lease of a holder that is not heard of any more ends.
ITEMS = Table(
    "greenforms_item",
    TABLES,
    Column("batch", String(32), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("holder", String(200)),
    Column("until", Float),
    Column("note", Text, nullable=False),
    Index("greenforms_item_next", "batch", "state", "attempt", "place"),
)

#: One row a file; files of the same bytes share an item. `given` is JSON in ASCII: names may hold what is no text.
FILES = Table(
    "greenforms_file",
    TABLES,
    Column("batch", String(32), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("key", String(64), nullable=False),
    Column("place", Integer, nullable=False),
    Column("given", Text, nullable=False),
    Index("greenforms_file_key", "batch", "key"),
)
