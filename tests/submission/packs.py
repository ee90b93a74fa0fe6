"""Packs that tests begin and fill in, in this process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from greenforms import datafile
from greenforms.form.edit import take_out
from greenforms.submission.asking import Asking, asking_of
from greenforms.submission.folder import WORKBOOK
from greenforms.workbook.writing import make_workbook
from shipped import LIBRARY, ROOT

REASSESSMENT = ("nm-2024/reassessment", "绿色工厂")


def asking(procedure: str, type_: str) -> Asking:
    return asking_of(LIBRARY, LIBRARY.procedures[procedure], type_)


def answers(asked: Asking, examples: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the workbook of a pack holds when its papers are the shipped examples."""
    data: dict[str, Any] = {}
    for key, (_, form) in asked.papers.items():
        name = (examples or {}).get(key) or form.entry.example
        data[key] = datafile.load(str(ROOT / "examples" / str(name))).data
    for twin in asked.twins:
        take_out(data, twin.pointer)
    return data


def fill(folder: Path, asked: Asking, data: Mapping[str, Any]) -> None:
    """Type answers into the workbook of a pack."""
    (folder / WORKBOOK).write_bytes(make_workbook(asked.form, data))
