"""What is done with one file, in a child that does nothing else meanwhile: bytes in, the contents of results out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from greenforms.batch.archive import opened as opened_member
from greenforms.batch.job import Job
from greenforms.batch.listing import Piece
from greenforms.batch.places import fitting, result_of
from greenforms.batch.versions import opened, versions_of
from greenforms.dossier.dossier import Unread
from greenforms.errors import InputError, UnknownForm, UsageError
from greenforms.form.library import Library
from greenforms.report import extraction_json, findings_json, json_text, severity_counts
from greenforms_extractors.progress import Progress
from greenforms_extractors.supervised.bounds import in_this_process


@dataclass(frozen=True, slots=True)
class Order:
    """One task as a child gets it: the names that want its result, and the files it is about, below `root`."""

    job: Job
    root: str
    names: tuple[str, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The contents of files by their place in the results, and what the ledger is to know, as JSON."""

    files: Mapping[str, bytes]
    note: Mapping[str, Any]


def do(order: Order, path: Path, tell: Progress) -> Result:
    """Do what is ordered; `path` is where the file lies, for messages. Raises what reading, checking, printing raise.

    UsageError, too, where the forms or the program here are not those of whoever ordered.
    """
    library = library_of(order.job)
    with tempfile.TemporaryDirectory(prefix="greenforms-") as folder:
        return _WORK[order.job.command](library, order, Path(folder), tell)


@cache
def library_of(job: Job) -> Library:
    """The forms of a job, opened once for all files. Raises UsageError when they are other ones here."""
    library = opened(job.folders)
    if versions_of(library) != job.versions:
        import socket

        raise UsageError(
            f"计算机“{socket.gethostname()}”上的程序或表单包与发起批处理的不一样"
            f"（{versions_of(library)}，应为 {job.versions}）。请在各台计算机上装同一版本，再加 --resume 接着做。"
        )
    return library


def _extract(library: Library, order: Order, folder: Path, tell: Progress) -> Result:
    from greenforms.read.paper import named, read_paper

    job = order.job
    with in_this_process(), _at_hand(order, order.pieces[0], folder) as path:
        try:
            extraction = read_paper(library, path, job.form, tell, job.edition)
        except UnknownForm as error:
            return _unrecognised(order, path, error)
    alone = bool(extraction.pictures)
    files: dict[str, bytes] = {}
    for name in order.names:
        place = result_of(name, alone=alone)
        files[place] = _bytes(extraction_json(named(extraction, name)))
        around = place.rpartition("/")[0]
        files.update({f"{around}/{each}": content for each, content in extraction.pictures.items()})
    grades = [field.grade for field in extraction.fields]
    note = {
        "form": extraction.form,
        "title": library.form(extraction.form).title,
        "confidence": round(extraction.form_confidence, 4),
        "fields": len(grades),
        **{grade: grades.count(grade) for grade in ("green", "amber", "red")},
        "missing": len(extraction.missing),
        **severity_counts(extraction.findings),
    }
    return Result(files, note)


def _unrecognised(order: Order, path: Path, error: UnknownForm) -> Result:
    """A file that is none of the forms: a licence, a letter. That is told, and is no failure."""
    from greenforms.pack.unread import unread_of
    from greenforms.read.paper import digest_of

    told = {name: unread_of(name, error) for name in order.names}
    files = {
        result_of(name): _bytes({"file": name, "sha256": digest_of(path), "form": None, "message": each.message})
        for name, each in told.items()
    }
    first = told[order.names[0]]
    return Result(files, {"form": None, "message": first.message, "act": first.act})


def _check(library: Library, order: Order, folder: Path, tell: Progress) -> Result:
    from greenforms.pack.crosscheck import check_files

    refused = [Unread(piece.name, f"“{piece.name}”：{piece.refusal}。") for piece in order.pieces if piece.refusal]
    unit = folder / "unit"
    for piece in order.pieces:
        if not piece.refusal:
            _staged(order, piece, unit / fitting(piece.name))
    if not unit.is_dir():
        raise InputError("没有一份能识别的材料，无法核对：", tuple(each.message for each in refused))
    job = order.job
    report = check_files(library, (unit,), job.as_of, lambda n, total, _: tell(n, total), job.edition, pages=tell)
    report = replace(report, unread=(*report.unread, *refused))
    note = {"papers": len(report.papers), "unread": len(report.unread), **report.counts}
    return Result({result_of(name): _bytes(report.to_json()) for name in order.names}, note)


def _render(library: Library, order: Order, folder: Path, tell: Progress) -> Result:
    from greenforms.pack.printing import STOPPED, print_form
    from greenforms.readings.inputs import load_data

    assert order.job.form is not None
    assert order.job.kind is not None
    form = library.form(order.job.form)
    target = folder / f"paper.{order.job.kind}"
    with in_this_process(), _at_hand(order, order.pieces[0], folder) as path:
        try:
            given = load_data(str(path), form)
        except UsageError as error:  # what is to be asked of this one alone
            raise InputError(str(error)) from error
        made, findings = print_form(form, given, str(target), order.job.kind, order.job.as_of, force=True)
    if made.file is None:
        told = tuple(finding.message for finding in findings)
        raise InputError(f"“{order.names[0]}”没有生成。{STOPPED}：", told)
    files: dict[str, bytes] = {}
    for name in order.names:
        paper = str(Path(fitting(name)).with_suffix(f".{order.job.kind}"))
        files[paper] = target.read_bytes()
        shape = {"source": name, "file": paper, "form": form.id, "pages": made.pages, "data": given.data}
        files[result_of(name)] = _bytes({**shape, **findings_json(findings)})
    return Result(files, {"form": form.id, "title": form.title, "pages": made.pages, **severity_counts(findings)})


_WORK: Mapping[str, Callable[[Library, Order, Path, Progress], Result]] = {
    "extract": _extract,
    "check": _check,
    "render": _render,
}


@contextmanager
def _at_hand(order: Order, piece: Piece, folder: Path) -> Iterator[Path]:
    """The file where it lies, or a copy where it has to be taken out of something first."""
    if piece.refusal:
        raise InputError(f"“{order.names[0]}”：{piece.refusal}。")
    if piece.content is None and not piece.way:
        yield Path(order.root) / piece.path
        return
    yield _staged(order, piece, folder / "file" / fitting(piece.name.rpartition("/")[2]))


def _staged(order: Order, piece: Piece, target: Path) -> Path:
    """A copy of a piece."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if piece.content is not None:
        target.write_bytes(piece.content)
        return target
    with opened_member(Path(order.root) / piece.path, piece.way) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    return target


def _bytes(shape: Any) -> bytes:
    return (json_text(shape) + "\n").encode()
