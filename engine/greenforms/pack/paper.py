"""Reads one file, whichever way it was filled in: an official form that came back, or a fill-in workbook of ours."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

from greenforms.errors import InputError
from greenforms.finding import Finding
from greenforms.form.library import Library
from greenforms.form.tree import values
from greenforms.pack.assess import assess
from greenforms.readings.keeping import is_readings
from greenforms.recognise.extract import extract
from greenforms.recognise.extraction import Extraction, FieldReading, MissingField
from greenforms.recognise.values import missing_fields
from greenforms.workbook.marker import is_old_workbook, is_workbook
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.guard import looked_at
from greenforms_extractors.progress import Progress, silent
from greenforms_extractors.supervised.bounds import within_bounds

#: Text is told from a document by its name where it has a data set's.
_DATA = frozenset({".json", ".yaml", ".yml"})
#: The guard's codes for what may be the text of a data set, or is for its reader to explain.
_MAYBE_TEXT = frozenset({"unknown", "empty", "no-access", "not-found"})


def is_paper(source: str) -> bool:
    """Whether what a command was given is a document, good or bad, and no data set, result of reading or stream."""
    path = Path(source)
    if path.suffix.lower() in _DATA or not path.is_file() or is_readings(path):
        return False
    try:
        within_bounds(looked_at, path)
    except UnreadableFile as refusal:
        return refusal.code not in _MAYBE_TEXT or zipfile.is_zipfile(path)
    return True


def read_paper(
    library: Library,
    path: Path,
    form_id: str | None = None,
    progress: Progress = silent,
    edition: str | None = None,
) -> Extraction:
    """Read a file as `form_id`, or as whichever form it is; `edition` settles whose form where the paper does not.

    Raises UnreadableFile for a file that cannot be read, InputError for one that is no known form or another one.
    """
    sha256 = digest_of(path)
    return replace(_read(library, path, form_id, progress, edition), sha256=sha256)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal; empty for what is no file or cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def named(extraction: Extraction, name: str) -> Extraction:
    """Call the file by its place among the others: two folders may hold files of one name."""
    if name == extraction.file:
        return extraction
    findings = tuple(_renamed(finding, extraction.file, name) for finding in extraction.findings)
    return replace(extraction, file=name, findings=findings)


def _renamed(finding: Finding, old: str, new: str) -> Finding:
    places = tuple(replace(place, document=new) for place in finding.places)
    return replace(finding, places=places, message=finding.message.replace(old, new, 1))


def _read(library: Library, path: Path, form_id: str | None, progress: Progress, edition: str | None) -> Extraction:
    if is_workbook(path):
        return _from_workbook(library, path, form_id)
    if is_readings(path):
        raise InputError(
            f"文件“{path.name}”是读取结果，不是收回的表。它可以直接校验（validate）或生成（render），不用再读取。"
        )
    if is_old_workbook(path):
        raise InputError(
            f"文件“{path.name}”是填报表，但被另存成了旧版格式（.xls 或 .et），栏目的定位可能已经丢失。"
            "请用 Excel 或 WPS 打开，另存为 .xlsx 后再读取。"
        )
    return assess(library, extract(library, path, form_id, progress, edition))


def _from_workbook(library: Library, path: Path, form_id: str | None) -> Extraction:
    from greenforms.workbook.reading import read_workbook

    workbook = read_workbook(library, path)
    form = library.form(workbook.form_id)
    if form_id is not None and library.form(form_id) is not form:
        raise InputError(f"文件“{path.name}”是《{form.title}》（{form.id}）的填报表，不是 {form_id}。请核对文件。")
    fields = tuple(
        FieldReading(each.pointer, each.leaf.title, each.value, "", each.leaf.unit, 1.0, "control", ())
        for each in values(form.root, workbook.data)
        if each.present
    )
    written = {place.path for problem in workbook.problems for place in problem.places}
    lacking = missing_fields(form.root, workbook.data)
    missing = tuple(MissingField(pointer, label) for pointer, label in lacking if pointer not in written)
    return Extraction(path.name, form.id, 1.0, workbook.data, fields, missing, workbook.problems)
