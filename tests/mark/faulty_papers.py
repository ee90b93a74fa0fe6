"""Papers with faults of several kinds, as the applicant sent them."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

from greenforms.finding import Finding
from greenforms.mark.marking import marking
from greenforms.pack.crosscheck import check_paper
from greenforms.read.extraction import Extraction
from papers import example
from shipped import load_form, read_paper

PLAN, ROSTER = "nm-2024/cultivation-plan", "nm-2024/cultivation-roster"
DAY = date(2026, 3, 1)


def faulty(form: str) -> Any:
    """A shipped data set with a bad number, a gap and figures that do not go together."""
    if form == PLAN:
        data = copy.deepcopy(example("cultivation-plan-factory"))
        data["contact"]["phone"] = "12345"
        data["enterprise"]["years"][1]["year"] = 2031
        del data["date"]
    else:
        data = copy.deepcopy(example("cultivation-roster"))
        data["rows"][1]["name"] = data["rows"][0]["name"]
        del data["rows"][2]["region"]
    return data


def checked(form: str, path: Path) -> tuple[Extraction, tuple[Finding, ...]]:
    """What a file says, and what is wrong with it."""
    read = read_paper(path, form)
    return read, check_paper(load_form(form), read, DAY)


def marked(form: str, path: Path, target: Path) -> Path:
    """The file with its findings marked."""
    marking(path, str(target)).write(checked(form, path)[1])
    return target
