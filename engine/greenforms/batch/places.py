"""Where what a batch gives lies in its folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from greenforms_extractors.windows import unfit

#: The results of single files, and the tables of all.
EACH = "逐份"
BOOK, READINGS, FINDINGS, FAILED = "汇总.xlsx", "读数.csv", "问题.csv", "没有做成.csv"
READINGS_PARQUET, FINDINGS_PARQUET = "读数.parquet", "问题.parquet"
#: What the batch is, and the ledger of one computer.
BATCH, LEDGER = "batch.json", "账本.sqlite"

#: Bytes of one step of a path; file systems take 255, and endings are added.
_LONGEST = 180
_UNFIT = str.maketrans(dict.fromkeys('<>:"|?*\\', "_") | {chr(code): "_" for code in range(32)})


def fitting(name: str) -> str:
    """A name that every file system takes; one that had to be changed keeps apart from others by its hash."""
    return "/".join(map(_fitting_step, name.split("/")))


def _fitting_step(step: str) -> str:
    plain = step.translate(_UNFIT).rstrip(". ") or "_"
    if len(plain.encode()) > _LONGEST:
        plain = plain.encode()[:_LONGEST].decode("utf-8", "ignore").rstrip(". ")
    if plain == step and not unfit(step):
        return step
    return f"{plain}~{hashlib.sha256(step.encode()).hexdigest()[:8]}"


def result_of(name: str, *, alone: bool = False) -> str:
    """The place of a file's JSON below `EACH`; `alone`: in a folder of its own, because other files go with it."""
    fit = fitting(name)
    return f"{fit}/{fit.rpartition('/')[2]}.json" if alone else f"{fit}.json"


def kept_of(output: Path, name: str) -> Path | None:
    """Where the JSON of a file lies; None where it is not there."""
    places = (output / EACH / result_of(name, alone=alone) for alone in (False, True))
    return next((place for place in places if place.is_file()), None)


def is_kept(output: Path, name: str) -> bool:
    """Whether the JSON of a file is there."""
    return kept_of(output, name) is not None
