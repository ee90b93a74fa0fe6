"""Data sets of every kind: JSON, YAML, a fill-in workbook, what `extract` wrote, or standard input."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenforms import datafile
from greenforms.errors import InputError, UsageError
from greenforms.finding import Finding
from greenforms.form.form import Form


@dataclass(frozen=True, slots=True)
class Input:
    """A data set with what was noticed while reading it."""

    data: Any
    name: str
    base: Path
    findings: tuple[Finding, ...] = ()


def load_data(source: str, form: Form, paper: str | None = None) -> Input:
    """Read a data set for a form; `paper` names one of several papers in what `extract` wrote.

    Raises InputError when it cannot be read or belongs to another form, UsageError when it is not clear which paper.
    """
    from greenforms.workbook.signs import is_workbook

    path = Path(source)
    if path.suffix.lower() == ".csv":
        _refuse_readings_csv(path)
    if path.suffix.lower() in {".xlsx", ".csv"} or is_workbook(path):
        return _of_workbook(path, form, paper)
    from greenforms.read.kind import is_paper
    from greenforms.readings.paper import papers_in

    if is_paper(source):
        raise InputError(
            f"“{path.name}”是文档，不是数据。请先用 extract … -o 结果.xlsx（或 .json）读取它，对照原件更正，"
            "再用读取结果生成。"
        )
    dataset = datafile.load(source)
    if (papers := papers_in(dataset.data, dataset.name)) is not None:
        from greenforms.readings.choosing import data_of

        found = data_of(papers, form, dataset.name, paper)
        return Input(found.data, dataset.name, dataset.base, found.findings)
    refuse_paper_option(paper, dataset.name)
    return Input(dataset.data, dataset.name, dataset.base)


def _refuse_readings_csv(path: Path) -> None:
    from greenforms.readings.csvfile import is_readings_csv

    if is_readings_csv(path):
        raise InputError(
            f"“{path.name}”是读取结果的 CSV，只供别的程序使用：Excel 会改掉其中的长号码。"
            "要更正后再校验或生成，请用 extract … -o 结果.xlsx 读取。"
        )


def _of_workbook(path: Path, form: Form, paper: str | None) -> Input:
    from greenforms.readings.choosing import data_of
    from greenforms.readings.keeping import pictures_beside
    from greenforms.readings.reading import read_readings
    from greenforms.workbook.reading import read_workbook
    from greenforms.workbook.signs import is_readings

    if is_readings(path):
        book = read_readings(form.library, path)
        found = data_of(book.papers, form, path.name, paper)
        problems = (*book.problems.get(found.paper, ()), *found.findings)
        return Input(found.data, path.name, pictures_beside(path) / found.paper, problems)
    refuse_paper_option(paper, path.name)
    workbook = read_workbook(form.library, path, form)
    if workbook.form_id != form.id:
        raise InputError(f"填报表“{path.name}”是 {workbook.form_id} 的，不是 {form.id} 的。请换用对应的填报表。")
    return Input(workbook.data, path.name, path.parent, workbook.problems)


def refuse_paper_option(paper: str | None, name: str) -> None:
    """Raise UsageError when `--paper` is given for what is no result of reading."""
    if paper is not None:
        raise UsageError(f"--paper 只用于读取结果，“{name}”不是。请去掉 --paper。")
