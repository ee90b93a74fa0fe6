"""Files that are handed in with the papers of a filing: evidence, and pictures that papers print."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import BinaryIO, Literal

from sqlalchemy import RowMapping, select

from greenforms.station.filing.records import ENCLOSURES
from greenforms.station.refused import Refused
from greenforms.station.work.intake import ROOM, store
from greenforms.station.workplace import Workplace
from greenforms.submission.papers import Enclosed, evidence_of

Kind = Literal["evidence", "picture"]
#: The room where pictures lie by number, a folder for each filing.
_PICTURES = "申报图片"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One file: evidence for what is wanted by a `title` ("" for other evidence), or a picture. `name` is its sender's.

    `file` is what a paper calls it by, if it is a picture.
    """

    id: int
    kind: Kind
    title: str
    name: str
    sha256: str
    who: str
    at: str

    @property
    def file(self) -> str:
        """The name of a picture in the data of papers."""
        return f"{self.id}{PurePath(self.name).suffix.lower()}"


class Enclosures:
    """The enclosures of a workplace."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def of(self, filing: int) -> Sequence[Enclosure]:
        """What is enclosed in a filing, in the order it came."""
        query = select(ENCLOSURES).where(ENCLOSURES.c.filing == filing, ENCLOSURES.c.gone == "")
        rows = self._workplace.records.transact(
            lambda connection: connection.execute(query.order_by(ENCLOSURES.c.id)).mappings().all()
        )
        return [_enclosure(row) for row in rows]

    def add(self, filing: int, kind: Kind, title: str, name: str, content: BinaryIO) -> None:
        """Take a file in; whether a picture is one is seen when it is printed."""
        name = PurePath(name.replace("\\", "/")).name or "未命名"
        stored = store(self._workplace, name, content)
        row = {"filing": filing, "kind": kind, "title": title, "name": name, "sha256": stored.sha256, "gone": ""}
        who, now = self._workplace.who, _now()
        key = self._workplace.records.transact(
            lambda connection: connection.execute(ENCLOSURES.insert(), {**row, "who": who, "at": now})
        )
        if kind == "picture":
            number = key.inserted_primary_key
            assert number is not None
            self._lay_out(filing, Enclosure(number[0], kind, title, name, stored.sha256, who, now))

    def take_out(self, filing: int, number: int) -> None:
        """Enclose a file no longer; it is kept. Raises Refused (404) when there is none."""
        change = ENCLOSURES.update().where(
            ENCLOSURES.c.id == number, ENCLOSURES.c.filing == filing, ENCLOSURES.c.gone == ""
        )
        done = self._workplace.records.transact(lambda connection: connection.execute(change.values(gone=_now())))
        if not done.rowcount:
            raise Refused(404, "没有这个文件", "它可能已经取出了。请刷新页面。")

    def enclosed(self, filing: int) -> Enclosed:
        """The evidence as a pack takes it."""
        evidence = [each for each in self.of(filing) if each.kind == "evidence"]
        room = self._workplace.room(ROOM)
        listed = (evidence_of(room / each.sha256, number, each.name) for number, each in enumerate(evidence, 1))
        return Enclosed(tuple(listed), frozenset(each.title for each in evidence))

    def pictures(self, filing: int) -> Path:
        """The folder that papers look for pictures in."""
        return self._workplace.room(_PICTURES) / str(filing)

    def _lay_out(self, filing: int, picture: Enclosure) -> None:
        target = self.pictures(filing) / picture.file
        target.parent.mkdir(parents=True, exist_ok=True)
        source = self._workplace.room(ROOM) / picture.sha256
        try:
            os.link(source, target)
        except OSError:  # another kind of file system
            shutil.copyfile(source, target)


def _enclosure(row: RowMapping) -> Enclosure:
    return Enclosure(row["id"], row["kind"], row["title"], row["name"], row["sha256"], row["who"], row["at"])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
