"""Evaluations: each a folder with the materials, the proofs and the drafts of one unit's evaluation."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Column, MetaData, String, Table, Text, select

from greenforms.station.work.intake import Stored, laid_out
from greenforms.station.workplace import Workplace

#: The room of evaluations, and what lies in the folder of each.
ROOM, MATERIALS, PROOFS, DRAFTS = "评价", "材料", "证明材料", "稿"
TABLES = MetaData()
EVALUATIONS = Table(
    "station_evaluation",
    TABLES,
    Column("id", String(16), primary_key=True),
    Column("title", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("created", String(32), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation. `created` is UTC, ISO 8601."""

    id: str
    title: str
    who: str
    created: str
    folder: Path

    @property
    def materials(self) -> list[Path]:
        """The papers and data sets of the unit, by name."""
        return _files(self.folder / MATERIALS)

    @property
    def proofs(self) -> list[Path]:
        """The papers of evidence, by name."""
        return _files(self.folder / PROOFS)

    @property
    def drafts(self) -> list[Path]:
        """The drafts, the oldest first."""
        return [file for file in _files(self.folder / DRAFTS) if file.suffix == ".docx"]

    def next_draft(self) -> Path:
        """Where the next draft goes; its data lie beside it."""
        return self.folder / DRAFTS / f"第{len(self.drafts) + 1}稿.docx"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


class Evaluations:
    """The evaluations of a workplace."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        workplace.records.transact(TABLES.create_all)

    def begin(self, title: str, files: Sequence[Stored]) -> str:
        """A new evaluation with the materials of a unit; its id."""
        id_, created = secrets.token_hex(8), datetime.now(UTC).isoformat(timespec="seconds")
        row = {"id": id_, "title": title, "who": self._workplace.who, "created": created}
        self.add(id_, MATERIALS, files)
        self._workplace.records.transact(lambda connection: connection.execute(EVALUATIONS.insert(), row))
        return id_

    def add(self, evaluation: str, part: str, files: Sequence[Stored]) -> None:
        """Put files to the materials or the proofs; none takes the place of another."""
        laid_out(files, self._workplace.room(ROOM) / evaluation / part)

    def listed(self) -> list[Evaluation]:
        """All, the newest first."""
        query = select(EVALUATIONS).order_by(EVALUATIONS.c.created.desc())
        rows = self._workplace.records.transact(lambda connection: connection.execute(query).mappings().all())
        return [Evaluation(**row, folder=self._workplace.room(ROOM) / row["id"]) for row in rows]

    def one(self, evaluation: str) -> Evaluation | None:
        """One by id."""
        return next((each for each in self.listed() if each.id == evaluation), None)
