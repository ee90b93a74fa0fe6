"""Data sets as the commands take them: JSON, YAML, a fill-in workbook, or standard input."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenforms import datafile
from greenforms.errors import InputError
from greenforms.finding import Finding
from greenforms.form.form import Form


@dataclass(frozen=True, slots=True)
class Input:
    """A data set with what was noticed while reading it."""

    data: Any
    name: str
    base: Path
    findings: tuple[Finding, ...] = ()


def load_data(source: str, form: Form) -> Input:
    """Read a data set for a form. Raises InputError when it cannot be read or belongs to another form."""
    if not source.lower().endswith(".xlsx"):
        dataset = datafile.load(source)
        return Input(dataset.data, dataset.name, dataset.base)
    from greenforms.workbook.reading import read_workbook

    path = Path(source)
    workbook = read_workbook(form.library, path)
    if workbook.form_id != form.id:
        raise InputError(f"填报表“{path.name}”是 {workbook.form_id} 的，不是 {form.id} 的。请换用对应的填报表。")
    return Input(workbook.data, path.name, path.parent, workbook.problems)
