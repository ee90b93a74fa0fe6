"""The tables of jobs."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

TABLES = MetaData()

#: One row a job. `asked` is what is to be done, as JSON; `status` is that of `work/jobs.State`; `told` is why it
#: failed; `done` and `failed` are how many files came to what, once it is over.
JOBS = Table(
    "station_job",
    TABLES,
    Column("id", String(32), primary_key=True),
    Column("created", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("asked", Text, nullable=False),
    Column("status", String(10), nullable=False),
    Column("told", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
)
