"""What is handed in: kept once by its hash, never changed, its sender's name kept beside it as text."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from greenforms import datafile
from greenforms.batch.archive import sha256_of
from greenforms.batch.places import fitting
from greenforms.station.workplace import Workplace

#: The room of all that was handed in, each file called by its hash.
ROOM = "收到的文件"


@dataclass(frozen=True, slots=True)
class Stored:
    """One file handed in: the sender's name (with folders, as the browser tells them), its hash, where it lies."""

    name: str
    sha256: str
    path: Path


def store(workplace: Workplace, name: str, content: BinaryIO) -> Stored:
    """Take a file in, whole or not at all; `content` can be read twice. Raises UsageError when there is no room."""
    digest = sha256_of(content)
    kept = workplace.room(ROOM) / digest
    if not kept.exists():
        content.seek(0)
        with datafile.replacing(str(kept), force=True) as draft, draft.open("wb") as target:
            shutil.copyfileobj(content, target)
    return Stored(name, digest, kept)


def laid_out(files: Sequence[Stored], folder: Path) -> None:
    """Lay files into a folder by their senders' names, as far as file systems take them and never outside it."""
    for file in files:
        target = _free(folder / _inside(file.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file.path, target)
        except OSError:  # another kind of file system
            shutil.copyfile(file.path, target)


def _inside(name: str) -> str:
    """The name as a path that goes down only."""
    steps = [step for step in name.replace("\\", "/").split("/") if step.strip(". ")]
    return fitting("/".join(steps) or "未命名")


def _free(path: Path) -> Path:
    """The path, numbered where another file has it."""
    numbers = (path.with_name(f"{path.stem}（{number}）{path.suffix}") for number in range(2, 10_000))
    return path if not path.exists() else next(each for each in numbers if not each.exists())
