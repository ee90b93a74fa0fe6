"""Chooses where the papers read go, by what stands behind -o."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from greenforms import datafile
from greenforms.cli.results import JsonFiles, Results, Screen
from greenforms.errors import UsageError
from greenforms.form.library import Library
from greenforms.pack.listing import Source

_KINDS = ".json（单个文件）、.xlsx、.csv，或已有的目录"


def place_of(output: str | None) -> Path | None:
    """The file or folder behind -o; None for the screen. Raises UsageError for a kind that is not written."""
    if output is None or output == datafile.STANDARD_STREAM:
        return None
    place = Path(output)
    if not place.is_dir() and place.suffix.lower() not in (".json", ".xlsx", ".csv"):
        raise UsageError(f"“{output}”不是已有的目录，扩展名也不是能写的。-o 后面可以写：{_KINDS}。目录请先建好。")
    return place


def results_for(
    library: Library,
    sources: Sequence[Source],
    place: Path | None,
    *,
    as_json: bool,
    single: bool,
    force: bool,
    resume: bool,
) -> Results:
    """What takes the papers. Everything that can be refused about the output is refused here."""
    if resume and place is None:
        raise UsageError("--resume 要和 -o 一起用：它看 -o 处已有的结果，跳过读过的文件。")
    if place is None:
        return Screen(library, as_json=as_json, single=single)
    if place.is_dir():
        targets = {source: place / f"{source.name}.json" for source in sources}
        return JsonFiles(targets, force=force, resume=resume)
    if place.suffix.lower() == ".json":
        return _one_file(sources, place, single=single, force=force, resume=resume)
    from greenforms.cli.books import CsvFile, Workbook

    book = Workbook if place.suffix.lower() == ".xlsx" else CsvFile
    return book(library, place, force=force, resume=resume)


def _one_file(sources: Sequence[Source], place: Path, *, single: bool, force: bool, resume: bool) -> Results:
    if not single:
        raise UsageError(f"“{place}”不是已有的目录，而 .json 只写单个文件的结果。请先建好目录，或写成 .xlsx。")
    datafile.refuse_taken(str(place), force=force or resume)
    return JsonFiles({sources[0]: place}, force=force, resume=resume)
