"""Where the station works: one folder, its forms, who may come in, and who works there."""

from __future__ import annotations

import getpass
import re
import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from greenforms import datafile
from greenforms.batch.database import Database
from greenforms.errors import UsageError
from greenforms.form.library import Library

#: The key that programs show, in the folder; readable for its owner alone.
_KEY = "程序接口的钥匙.txt"
_KEY_BYTES = 32
#: What is shorter could be guessed.
_SOUND = re.compile(rb"[A-Za-z0-9_-]{40,}")
_RECORDS = "记录.sqlite"


@dataclass(frozen=True, slots=True)
class Workplace:
    """`folder` holds all that is kept, and nothing is written outside it.

    `token` lets one browser in, once; `key` lets programs in as `Authorization: Bearer KEY`. `who` signs every change.
    `day` is the day that deadlines are judged by, today when None. `records` is the database of all that people do
    here; each part of the station has tables of its own in it.
    """

    folder: Path
    library: Library
    token: str
    key: str
    records: Database
    who: str = field(default_factory=lambda: _user())
    day: date | None = None

    @property
    def as_of(self) -> date:
        """The day that verdicts are for."""
        from datetime import datetime

        return self.day or datetime.now().astimezone().date()

    def room(self, name: str) -> Path:
        """A folder below the workplace, made when it is first needed."""
        place = self.folder / name
        place.mkdir(parents=True, exist_ok=True)
        return place


def open_workplace(folder: Path, library: Library, day: date | None = None) -> Workplace:
    """The workplace of a folder, which is made where it is not there. Raises UsageError when it cannot be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = _key_of(folder / _KEY)
    except OSError as error:
        raise UsageError(
            f"“{folder}”不能作工作目录：{datafile.reason_of(error)}。请换一个可以写入的目录：greenforms serve 目录。"
        ) from error
    records = _records_in(folder / _RECORDS)
    return Workplace(folder, library, secrets.token_urlsafe(_KEY_BYTES), key, records, day=day)


def _records_in(place: Path) -> Database:
    """The database of a workplace, which can be read. Raises UsageError where it cannot."""
    records = Database(str(place))
    try:
        records.transact(lambda connection: connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar())
    except UsageError as error:
        records.close()
        raise UsageError(
            f"“{place}”读不了：它已损坏，或磁盘有问题。请把整个工作目录复制一份留存，再换一个目录。"
        ) from error
    return records


def _key_of(place: Path) -> str:
    """The key of programs: that of earlier days, for they have it written down. Raises UsageError for what is none."""
    if not place.exists():
        with datafile.replacing(str(place), private=True) as draft:
            draft.write_bytes(secrets.token_urlsafe(_KEY_BYTES).encode())
    kept = place.read_bytes().strip()
    if not _SOUND.fullmatch(kept):
        raise UsageError(f"“{place}”里的不是钥匙，不能用它放程序进来。请删除这个文件再运行，会另做一把。")
    return kept.decode("ascii")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, as in a bare container
        return "本机用户"
