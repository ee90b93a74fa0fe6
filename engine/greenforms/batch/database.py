"""The database behind a ledger: SQLite in a file, or PostgreSQL by URL. Transactions wait for it, and for others."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, Float, cast, create_engine, event, extract, func, literal
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.elements import ColumnElement

from greenforms.errors import UsageError

T = TypeVar("T")

_POSTGRES = "postgresql"
#: Seconds a transaction waits for another one, and for a server that is away, such as one that starts anew.
_PATIENCE = 60.0
_PAUSE = 0.5
#: Seconds after which a server gives up who stands still in a transaction: a computer that was put to sleep must not
#: hold up the others.
_STILL = 5.0
_WANTED = "账本可以写 SQLite 文件名（.sqlite），或 PostgreSQL 的地址，如 postgresql://用户:密码@服务器/库名"


class Database:
    """One database. `place` is a file, or a URL.

    A thread of its own does the transactions, one after the other, so that Ctrl-C never ends one in its midst.
    """

    def __init__(self, place: str) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ledger")
        self._url = _url_of(place)
        self._engine = _engine_of(self._url)

    @property
    def shared(self) -> bool:
        """Whether other machines may use it, too."""
        return self._url.get_backend_name() == _POSTGRES

    def transact(self, work: Callable[[Connection], T]) -> T:
        """Do the work in one transaction, once more where the server was away meanwhile.

        Raises UsageError when it cannot be reached.
        """
        return self._thread.submit(self._patiently, work).result()

    def _patiently(self, work: Callable[[Connection], T]) -> T:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                with self._engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if not _is_away(error) or time.monotonic() > until:
                    raise self._unusable(error) from error
                time.sleep(_PAUSE)

    def now(self) -> ColumnElement[float]:
        """The time in seconds by the one clock that all holders share."""
        if self.shared:
            return cast(extract("epoch", func.clock_timestamp()), Float)
        return literal(time.time())

    def close(self) -> None:
        """Let go of it."""
        self._thread.shutdown()
        self._engine.dispose()

    def _unusable(self, error: DBAPIError) -> UsageError:
        place = self._url.render_as_string(hide_password=True)
        reason = " ".join(str(error.orig).split())
        return UsageError(
            f"账本“{place}”用不了：{reason}。请检查地址、权限和磁盘空间；做完的都还在，加 --resume 接着做。"
        )


def _url_of(place: str) -> URL:
    if "://" not in place:
        if Path(place).suffix.lower() not in (".sqlite", ".db"):
            raise UsageError(f"“{place}”不能作账本。{_WANTED}。")
        return URL.create("sqlite", database=place)
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise UsageError(f"账本的地址写错了。{_WANTED}。") from error
    if url.get_backend_name() not in (_POSTGRES, "sqlite"):
        raise UsageError(f"账本不能用 {url.get_backend_name()}。{_WANTED}。")
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == _POSTGRES else url


def _engine_of(url: URL) -> Engine:
    try:
        if url.get_backend_name() == _POSTGRES:
            engine = create_engine(url, pool_pre_ping=True)
            event.listen(engine, "connect", _bound)
            return engine
        engine = create_engine(url, connect_args={"timeout": _PATIENCE})
    except (ImportError, NoSuchModuleError) as error:
        raise UsageError(
            '这台电脑没有安装 PostgreSQL 的连接程序。请运行 pip install "greenforms[postgres]"，再试一次。'
        ) from error
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _bound(connection: object, entry: ConnectionPoolEntry) -> None:
    """Nobody holds a transaction for long without doing anything."""
    connection.execute(f"SET idle_in_transaction_session_timeout = {round(1000 * _STILL)}")  # type: ignore[attr-defined]
    connection.commit()  # type: ignore[attr-defined]


def _prepare(connection: object, entry: ConnectionPoolEntry) -> None:
    """Transactions are ours to begin. The journal is of the kind that works on a network drive, too."""
    connection.isolation_level = None  # type: ignore[attr-defined]
    connection.execute("PRAGMA journal_mode=TRUNCATE")  # type: ignore[attr-defined]
    connection.execute("PRAGMA synchronous=NORMAL")  # type: ignore[attr-defined]


def _begin(connection: Connection) -> None:
    """Who means to write takes the lock at once: a lock that is taken later can fail."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _is_away(error: DBAPIError) -> bool:
    """Whether the server is gone or not there yet; SQLite has waited for its file by itself."""
    return error.connection_invalidated or (
        type(error.orig).__module__.startswith("psycopg") and error.statement is None
    )
