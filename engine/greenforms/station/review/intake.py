"""Takes files in for review, has them read, and takes up what came of it."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast

from greenforms.batch.archive import Member, is_archive, members, opened
from greenforms.batch.places import EACH, FAILED, fitting
from greenforms.batch.versions import versions_of
from greenforms.errors import InputError
from greenforms.pack.listing import is_litter
from greenforms.readings.csvfile import no_formula
from greenforms.record import parse_json
from greenforms.station.review.submissions import (
    Paper,
    Submission,
    add_job,
    begin,
    job_of,
    job_taken,
    keep_reading,
    papers_of,
)
from greenforms.station.work.intake import Stored, store
from greenforms.station.work.jobs import Jobs, State
from greenforms.station.workplace import Workplace

#: What is said of a file of which the job says nothing.
_UNSAID = "没有读成。请打开原件看看，或再读一次。"
#: So many files are taken in at once.
_MOST = 5_000
#: So many bytes are taken out of all archives of one submission.
_MOST_UNPACKED = 4 << 30


@dataclass(frozen=True, slots=True)
class _Taken:
    """A file that was taken in; `refusal` says why it cannot be read, if so."""

    stored: Stored
    refusal: str = ""


def take_in(workplace: Workplace, jobs: Jobs, name: str, files: Iterable[tuple[str, BinaryIO]]) -> Submission:
    """Keep files and have them read; archives are taken apart. Raises InputError where there is nothing to read."""
    taken: dict[str, _Taken] = {}
    left = _MOST_UNPACKED
    for each in (found for named, content in files for found in _apart(workplace, _plain(named), content)):
        left -= each.stored.path.stat().st_size
        if len(taken) >= _MOST or left < 0:
            raise InputError(f"一次最多收 {_MOST} 个文件、{_MOST_UNPACKED >> 30} GB。请分几次交来。")
        free = _free(each.stored.name, taken)
        taken[free.casefold()] = replace(each, stored=replace(each.stored, name=free))
    if not taken:
        raise InputError("没有收到文件。请选好材料再试一次：Word、Excel、PDF、扫描件、照片，或装着它们的压缩包。")
    return _begun(workplace, jobs, name, list(taken.values()))


def _begun(workplace: Workplace, jobs: Jobs, name: str, taken: Sequence[_Taken]) -> Submission:
    stored = [each.stored for each in taken]
    rows = [(each.name, each.sha256, each.path) for each in stored]
    found = begin(workplace, secrets.token_hex(8), name or stored[0].name.split("/")[0], rows)
    for each in taken:
        if each.refusal:
            message = f"“{each.stored.name}”{each.refusal}。"
            keep_reading(workplace, each.stored.sha256, versions_of(workplace.library), _no_paper(message))
    readable = [each.stored for each in taken if not each.refusal]
    if readable:
        add_job(workplace, found.id, jobs.start("extract", readable).id)
    return found


def _no_paper(message: str) -> dict[str, object]:
    return {"form": None, "message": message}


def read_again(workplace: Workplace, jobs: Jobs, submission: str) -> None:
    """Have all files of a submission read once more; what people said stays and lies over what will be read."""
    files = [Stored(each.name, each.sha256, each.path) for each in papers_of(workplace, submission)]
    add_job(workplace, submission, jobs.start("extract", files).id)


def progress_of(workplace: Workplace, jobs: Jobs, submission: str) -> State | None:
    """How far the reading of a submission is; what came of it is taken up as soon as it is over."""
    job = job_of(workplace, submission)
    state = jobs.state(job.id) if job is not None else None
    if job is not None and state is not None and state.over and not job.taken:
        _take_up(workplace, jobs.results(state.id), papers_of(workplace, submission), state)
        job_taken(workplace, job.id)  # last, so that a server that is killed meanwhile does it again
    return state


def _take_up(workplace: Workplace, results: Path, papers: Sequence[Paper], state: State) -> None:
    version = versions_of(workplace.library)
    shapes: dict[str, Any] = {}
    for place in sorted((results / EACH).rglob("*.json")):
        shape = parse_json(place.read_text("utf-8"))
        shapes[str(shape.get("sha256"))] = shape
    failed = dict(_failed(results / FAILED))
    for paper in papers:
        told = failed.get(no_formula(fitting(paper.name))) or state.told or _UNSAID
        if paper.sha256 in shapes:
            keep_reading(workplace, paper.sha256, version, shapes[paper.sha256])
        elif not paper.form and state.status != "cancelled":  # what was read once is not lost
            keep_reading(workplace, paper.sha256, version, _no_paper(told))


def _failed(place: Path) -> Iterator[tuple[str, str]]:
    """Files that gave nothing, and why, as the batch tells them."""
    if place.is_file():
        with place.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                yield row["文件"], row["说明"]


def _apart(workplace: Workplace, name: str, content: BinaryIO) -> Iterator[_Taken]:
    """A file; or in place of an archive what it holds."""
    if any(map(is_litter, name.split("/"))):
        return
    content.seek(0)
    packed = is_archive(name, content)
    file = store(workplace, name, content)
    if not packed:
        yield _Taken(file)
        return
    try:
        with file.path.open("rb") as stream:
            found = [each for each in members(stream) if not any(map(is_litter, each.name.split("/")))]
    except InputError as error:
        yield _Taken(file, f"：{str(error).rstrip('。')}")
        return
    for each in found:
        yield _member(workplace, file, each)


def _member(workplace: Workplace, archive: Stored, member: Member) -> _Taken:
    name = f"{archive.name}/{_plain(member.name)}"
    if member.refusal:  # what cannot be had is told apart by its name
        return _Taken(Stored(name, sha256(name.encode()).hexdigest(), archive.path), member.refusal)
    with opened(archive.path, member.way) as content:
        return _Taken(store(workplace, name, cast(BinaryIO, content)))


def _plain(name: str) -> str:
    """A name as a path that goes down only."""
    steps = [step.strip() for step in name.replace("\\", "/").split("/")]
    return "/".join(step for step in steps if step.strip(". ")) or "未命名"


def _free(name: str, taken: Mapping[str, object]) -> str:
    """The name, numbered where another file has it; some file systems do not tell 表.DOCX from 表.docx."""
    stem, dot, suffix = name.rpartition(".")
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{stem}（{number}）{dot}{suffix}" if dot else f"{name}（{number}）"
    return free
