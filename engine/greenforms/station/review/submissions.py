"""What came in together: its files, and which of their readings counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Select, func, insert, select, update

from greenforms import datafile
from greenforms.report import json_text
from greenforms.station.refused import Refused
from greenforms.station.review.tables import FILES, JOBS, READINGS, SUBMISSIONS, local, now
from greenforms.station.workplace import Workplace

_ROOM = "审核"


@dataclass(frozen=True, slots=True)
class Submission:
    """What came in together; `at` is UTC, `who` took it in."""

    id: str
    name: str
    who: str
    at: str

    @property
    def when(self) -> str:
        """When, as people here write it."""
        return local(self.at)


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of a submission and its latest reading; `reading` is 0 before it is read, `form` "" for none of ours.

    `message` is what is said of a file that gave no paper. `path` is where the file lies.
    """

    submission: str
    number: int
    name: str
    sha256: str
    path: Path
    reading: int = 0
    version: str = ""
    form: str = ""
    digest: str = ""
    message: str = ""

    @property
    def address(self) -> str:
        """Its part of an address."""
        return f"{self.submission}/{self.number}"


@dataclass(frozen=True, slots=True)
class ReadBy:
    """The job that reads a submission, and whether what came of it is taken up."""

    id: str
    taken: bool


def begin(workplace: Workplace, id_: str, name: str, files: Sequence[tuple[str, str, Path]]) -> Submission:
    """Take in files, each with its sender's name, its hash and where it lies below the workplace."""
    found = Submission(id_, name, workplace.who, now())
    rows = [
        {"submission": id_, "number": number, "name": named, "sha256": digest, "path": _below(workplace, path)}
        for number, (named, digest, path) in enumerate(files, 1)
    ]

    def work(connection: Connection) -> None:
        connection.execute(insert(SUBMISSIONS).values(id=found.id, name=found.name, who=found.who, at=found.at))
        connection.execute(insert(FILES), rows)

    workplace.records.transact(work)
    return found


def submissions(workplace: Workplace) -> tuple[Submission, ...]:
    """All of them, the latest first."""
    asked = select(SUBMISSIONS).order_by(SUBMISSIONS.c.at.desc(), SUBMISSIONS.c.id)
    found = workplace.records.transact(lambda connection: connection.execute(asked).mappings().all())
    return tuple(Submission(**row) for row in found)


def submission_of(workplace: Workplace, id_: str) -> Submission:
    """One of them. Raises Refused where there is none."""
    asked = select(SUBMISSIONS).where(SUBMISSIONS.c.id == id_)
    row = workplace.records.transact(lambda connection: connection.execute(asked).mappings().first())
    if row is None:
        raise Refused(404, "没有这一批材料", "请从“审核”里的清单进入。")
    return Submission(**row)


def papers_of(workplace: Workplace, submission: str) -> tuple[Paper, ...]:
    """The files of a submission in the order in which they came."""
    asked = _papers().where(FILES.c.submission == submission).order_by(FILES.c.number)
    found = workplace.records.transact(lambda connection: connection.execute(asked).mappings().all())
    return tuple(_paper(workplace, dict(row)) for row in found)


def paper_of(workplace: Workplace, submission: str, number: int) -> Paper:
    """One file of a submission. Raises Refused where there is none."""
    asked = _papers().where(FILES.c.submission == submission, FILES.c.number == number)
    row = workplace.records.transact(lambda connection: connection.execute(asked).mappings().first())
    if row is None:
        raise Refused(404, "没有这份材料", "请从“审核”里的清单进入。")
    return _paper(workplace, dict(row))


def _papers() -> Select[tuple[object, ...]]:
    """Files, each with the latest reading of its bytes."""
    other = READINGS.alias()
    latest = select(func.max(other.c.id)).where(other.c.sha256 == FILES.c.sha256).correlate(FILES).scalar_subquery()
    told = READINGS.c.version, READINGS.c.form, READINGS.c.digest, READINGS.c.message
    joined = FILES.outerjoin(READINGS, READINGS.c.id == latest)
    return select(FILES, READINGS.c.id.label("reading"), *told).select_from(joined)


def _paper(workplace: Workplace, row: dict[str, object]) -> Paper:
    told = {name: value for name, value in row.items() if value is not None}
    return Paper(**{**told, "path": workplace.folder / str(row["path"])})  # type: ignore[arg-type]


def add_job(workplace: Workplace, submission: str, job: str) -> None:
    """Note that a job reads a submission."""
    row = insert(JOBS).values(submission=submission, job=job, taken=False)
    workplace.records.transact(lambda connection: connection.execute(row))


def job_taken(workplace: Workplace, job: str) -> None:
    """Note that what came of a job is taken up."""
    row = update(JOBS).where(JOBS.c.job == job).values(taken=True)
    workplace.records.transact(lambda connection: connection.execute(row))


def job_of(workplace: Workplace, submission: str) -> ReadBy | None:
    """The latest job that reads a submission."""
    asked = select(JOBS.c.job, JOBS.c.taken).where(JOBS.c.submission == submission).order_by(JOBS.c.id.desc())
    row = workplace.records.transact(lambda connection: connection.execute(asked).first())
    return ReadBy(row.job, row.taken) if row is not None else None


def keep_reading(workplace: Workplace, sha256: str, version: str, shape: dict[str, object]) -> None:
    """Keep what was read of a file, as JSON; what is kept already, is not kept twice."""
    from hashlib import sha256 as digest_of

    content = f"{json_text(shape)}\n".encode()
    digest = digest_of(content).hexdigest()
    place = reading_place(workplace, digest)
    if not place.is_file():
        datafile.write(str(place), content, force=True)
    message = "" if shape.get("form") else str(shape.get("message") or "没有读成。")
    values = {"sha256": sha256, "version": version, "form": shape.get("form") or "", "digest": digest}
    latest = select(READINGS).where(READINGS.c.sha256 == sha256).order_by(READINGS.c.id.desc())

    def work(connection: Connection) -> None:
        row = connection.execute(latest).mappings().first()
        if row is None or any(row[name] != value for name, value in values.items()):
            connection.execute(insert(READINGS).values(**values, message=message, at=now()))

    workplace.records.transact(work)


def reading_place(workplace: Workplace, digest: str) -> Path:
    """Where a reading is kept."""
    return workplace.room(_ROOM) / f"{digest}.json"


def picture_place(workplace: Workplace, sha256: str, page: int, turned: int) -> Path:
    """Where the picture of a page is kept."""
    return workplace.room(_ROOM) / f"{sha256}-{page}-{turned}.jpg"


def _below(workplace: Workplace, path: Path) -> str:
    return path.relative_to(workplace.folder).as_posix()
