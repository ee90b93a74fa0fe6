"""Reads one file, whichever way it was filled in: an official form that came back, or a fill-in workbook of ours."""

from __future__ import annotations

import zipfile
from pathlib import Path

from greenforms.errors import InputError
from greenforms.form.library import Library
from greenforms.form.tree import values
from greenforms.pack.assess import assess
from greenforms.recognise.extract import extract
from greenforms.recognise.extraction import Extraction, FieldReading, MissingField
from greenforms.recognise.values import missing_fields
from greenforms.workbook.marker import is_old_workbook, is_workbook
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.guard import inspect
from greenforms_extractors.progress import Progress, silent

#: Text is told from a document by its name where it has a data set's.
_DATA = frozenset({".json", ".yaml", ".yml"})
#: The guard's codes for what may be the text of a data set, or is for its reader to explain.
_MAYBE_TEXT = frozenset({"unknown", "empty", "no-access", "not-found"})


def is_paper(source: str) -> bool:
    """Whether what a command was given is a document, good or bad, and not the text of a data set or a stream."""
    path = Path(source)
    if path.suffix.lower() in _DATA or not path.is_file():
        return False
    try:
        inspect(path)
    except UnreadableFile as refusal:
        return refusal.code not in _MAYBE_TEXT or zipfile.is_zipfile(path)
    return True


def read_paper(library: Library, path: Path, form_id: str | None = None, progress: Progress = silent) -> Extraction:
    """Read a file as `form_id`, or as whichever form it is.

    Raises UnreadableFile for a file that cannot be read, InputError for one that is no known form or another one.
    """
    if is_workbook(path):
        return _from_workbook(library, path, form_id)
    if is_old_workbook(path):
        raise InputError(
            f"文件“{path.name}”是填报表，但被另存成了旧版格式（.xls 或 .et），栏目的定位可能已经丢失。"
            "请用 Excel 或 WPS 打开，另存为 .xlsx 后再读取。"
        )
    return assess(library, extract(library, path, form_id, progress))


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
