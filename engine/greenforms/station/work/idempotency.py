"""One request, one job, however often it is sent: a program that lost the answer sends it again under the same key."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable

from sqlalchemy import Column, Connection, MetaData, String, Table, select

from greenforms.batch.database import Database

TABLES = MetaData()
#: One row a key. `fingerprint` is that of the request it was used for; `job` the job that was begun for it.
_KEYS = Table(
    "station_idempotency",
    TABLES,
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("job", String(32), nullable=False),
)
_TURN = threading.Lock()


class OtherRequest(ValueError):
    """The key was used for another request."""


def once(
    records: Database, key: str, fingerprint: str, begun: Callable[[str], bool], begin: Callable[[str], object]
) -> str:
    """The id of the job of a key, begun where it is not yet; raises OtherRequest.

    The id is written down before the job is begun, so that a server that is killed between begins it when it is asked
    again, and never twice.
    """
    with _TURN:
        job = records.transact(lambda connection: _job(connection, key, fingerprint))
        if not begun(job):
            begin(job)
        return job


def _job(connection: Connection, key: str, fingerprint: str) -> str:
    TABLES.create_all(connection)
    row = connection.execute(select(_KEYS).where(_KEYS.c.key == key)).first()
    if row is None:
        job = secrets.token_hex(8)
        connection.execute(_KEYS.insert().values(key=key, fingerprint=fingerprint, job=job))
        return job
    if row.fingerprint != fingerprint:
        raise OtherRequest
    return str(row.job)
