"""The ledger that outlives its process: what is to be done, who has it in hand, and what became of it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from greenforms.batch.database import Database
from greenforms.batch.ledger_tables import BATCHES, FILES, ITEMS, TABLES
from greenforms.errors import UsageError
from greenforms.scheduling.task import Settlement, Tally, Task
from greenforms_extractors.supervised.resident import resident

#: Seconds after which a holder that says nothing any more has lost what it had in hand.
LEASE = 60.0
#: The number of the lock under which the tables of a shared database are made.
_LOCK = 0x6772666D
_WAITING, _LEASED, _DONE, _FAILED = "waiting", "leased", "done", "failed"
_STATES = {"done": _DONE, "failed": _FAILED, "again": _WAITING, "back": _WAITING}


@dataclass(frozen=True, slots=True)
class File:
    """One file of a batch. Files of one key are the same work; `given` says where it is, in JSON's terms.

    `kept` says whether its result is where it should be.
    """

    name: str
    key: str
    given: Any
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: `state` is waiting, leased, done or failed."""

    name: str
    given: Any
    state: str
    note: str
    key: str


class SqlLedger:
    """The ledger of one batch in a database, which several processes and machines may share."""

    def __init__(self, database: Database, batch: str, lease: float = LEASE) -> None:
        self._database, self._batch, self._lease = database, batch, lease
        self._host = socket.gethostname()
        self._holder = f"{self._host}/{os.getpid()}/{secrets.token_hex(4)}"
        self._ended = threading.Event()
        self._database.transact(self._open)
        self._renewer = threading.Thread(target=self._renew_for_ever, daemon=True)
        self._renewer.start()

    def close(self) -> None:
        """Say nothing more, and let go of the database."""
        self._ended.set()
        self._renewer.join()
        self._database.close()

    # -- what there is to do ---------------------------------------------------------------------------------------

    def enter(self, files: Sequence[File], *, retry: bool = False) -> None:
        """These are the files of the batch now. What is done stays done, unless its result is lost.

        `retry`: what has failed is to be tried again.
        """
        self._database.transact(lambda connection: self._enter(connection, files, retry=retry))

    def outcomes(self) -> Iterator[Outcome]:
        """What became of every file, in order."""
        joined = FILES.join(ITEMS, (FILES.c.batch == ITEMS.c.batch) & (FILES.c.key == ITEMS.c.key))
        columns = (FILES.c.name, FILES.c.given, ITEMS.c.state, ITEMS.c.note, ITEMS.c.key)
        query = select(*columns).select_from(joined).where(FILES.c.batch == self._batch).order_by(FILES.c.place)
        for name, given, state, note, key in self._database.transact(lambda each: each.execute(query).all()):
            yield Outcome(name, json.loads(given), state, note, key)

    # -- Ledger ----------------------------------------------------------------------------------------------------

    def lease(self, most: int) -> Sequence[Task]:
        """Take the next tasks in hand. `given` of a task are its files, one or several of the same bytes."""
        return self._database.transact(lambda connection: self._take(connection, most))

    def settle(self, settlements: Sequence[Settlement]) -> None:
        """Write down what became of tasks; what somebody else has done meanwhile stays done."""
        if not settlements:
            return
        tried = {"again": 1}
        rows = [
            {"k": each.key, "s": _STATES[each.state], "n": each.note, "a": tried.get(each.state, 0)}
            for each in settlements
        ]
        change = (
            update(ITEMS)
            .where(self._of_batch, ITEMS.c.key == bindparam("k"), ITEMS.c.state != _DONE)
            .values(state=bindparam("s"), note=bindparam("n"), attempt=ITEMS.c.attempt + bindparam("a"), holder=None)
        )
        self._database.transact(lambda connection: connection.execute(change, rows))

    def tally(self) -> Tally:
        """How things stand, by items."""
        query = select(ITEMS.c.state, func.count()).where(self._of_batch).group_by(ITEMS.c.state)
        found = self._database.transact(lambda connection: connection.execute(query).all())
        return Tally(**dict(found))

    # -- transactions ----------------------------------------------------------------------------------------------

    def _open(self, connection: Connection) -> None:
        """Make the tables, and free what the dead had in hand."""
        if self._database.shared:
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        TABLES.create_all(connection)
        self._insert_new(connection, BATCHES, [{"batch": self._batch}])
        self._inherit(connection)

    def _inherit(self, connection: Connection) -> bool:
        """Free what processes of this machine had in hand when they died; whether there was any."""
        held = select(ITEMS.c.holder).where(self._of_batch, ITEMS.c.state == _LEASED).distinct()
        dead = [holder for (holder,) in connection.execute(held) if self._is_dead(holder)]
        if dead:
            lost = update(ITEMS).where(self._of_batch, ITEMS.c.state == _LEASED, ITEMS.c.holder.in_(dead))
            connection.execute(lost.values(state=_WAITING, holder=None))
        return bool(dead)

    def _is_dead(self, holder: str) -> bool:
        """Whether a holder of this machine has ended; of others only the end of their leases tells."""
        host, pid, _ = holder.rsplit("/", 2)
        return host == self._host and resident(int(pid)) == 0

    def _enter(self, connection: Connection, files: Sequence[File], *, retry: bool) -> None:
        connection.execute(select(BATCHES).where(BATCHES.c.batch == self._batch).with_for_update())
        connection.execute(delete(FILES).where(FILES.c.batch == self._batch))
        first: dict[str, int] = {}
        rows = []
        for place, file in enumerate(files):
            first.setdefault(file.key, place)
            given = json.dumps(file.given)
            rows.append({"batch": self._batch, "name": file.name, "key": file.key, "place": place, "given": given})
        self._insert_new(connection, FILES, rows)
        fresh = {"batch": self._batch, "state": _WAITING, "attempt": 1, "note": ""}
        self._insert_new(connection, ITEMS, [{**fresh, "key": key, "place": place} for key, place in first.items()])
        wanted = select(FILES.c.key).where(FILES.c.batch == self._batch)
        connection.execute(delete(ITEMS).where(self._of_batch, ITEMS.c.key.not_in(wanted)))
        self._reopen(connection, {file.key for file in files if not file.kept}, _DONE)
        if retry:
            self._reopen(connection, set(first), _FAILED)

    def _reopen(self, connection: Connection, keys: Collection[str], state: str) -> None:
        """What is settled in a state is to be done after all."""
        if keys:
            one = update(ITEMS).where(self._of_batch, ITEMS.c.key == bindparam("k"), ITEMS.c.state == state)
            connection.execute(one.values(state=_WAITING, attempt=1, note=""), [{"k": key} for key in keys])

    def _take(self, connection: Connection, most: int) -> list[Task]:
        now = self._database.now()
        free = or_(ITEMS.c.state == _WAITING, (ITEMS.c.state == _LEASED) & (ITEMS.c.until < now))
        waiting = select(ITEMS.c.key, ITEMS.c.attempt).where(self._of_batch, free)
        waiting = waiting.order_by(ITEMS.c.attempt, ITEMS.c.place).limit(most)
        taken = connection.execute(waiting.with_for_update(skip_locked=True)).all()
        if not taken:
            return self._take(connection, most) if self._inherit(connection) else []
        keys = [key for key, _ in taken]
        lease = {"state": _LEASED, "holder": self._holder, "until": now + self._lease}
        connection.execute(update(ITEMS).where(self._of_batch, ITEMS.c.key.in_(keys)).values(lease))
        files = self._files(connection, keys)
        return [Task(key, files[key][0].name, tuple(files[key]), attempt) for key, attempt in taken]

    def _files(self, connection: Connection, keys: Sequence[str]) -> Mapping[str, list[File]]:
        found: dict[str, list[File]] = defaultdict(list)
        query = select(FILES.c.name, FILES.c.key, FILES.c.given).where(
            FILES.c.batch == self._batch, FILES.c.key.in_(keys)
        )
        for name, key, given in connection.execute(query.order_by(FILES.c.place)):
            found[key].append(File(name, key, json.loads(given)))
        return found

    def _insert_new(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows, but for those that are there."""
        if rows:
            insert = postgresql.insert if self._database.shared else sqlite.insert
            connection.execute(insert(table).on_conflict_do_nothing(), rows)

    # -- still there -----------------------------------------------------------------------------------------------

    def _renew_for_ever(self) -> None:
        """Say again and again that what is in hand is in good hands."""
        while not self._ended.wait(self._lease / 4):
            with suppress(UsageError):  # who settles will tell
                self._database.transact(self._renew)

    def _renew(self, connection: Connection) -> None:
        mine = update(ITEMS).where(self._of_batch, ITEMS.c.holder == self._holder, ITEMS.c.state == _LEASED)
        connection.execute(mine.values(until=self._database.now() + self._lease))

    @property
    def _of_batch(self) -> ColumnElement[bool]:
        return ITEMS.c.batch == self._batch
