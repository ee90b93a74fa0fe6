"""Work that does what no work should; a child imports this by its name."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

from greenforms_extractors.progress import Progress


def act(path: Path, progress: Progress) -> str:
    """Do what the file is called."""
    match path.stem:
        case "crash":
            ctypes.string_at(0)
        case "hang":
            time.sleep(600)
        case "eat":
            taken = []
            while True:
                taken.append(b"x" * 10_000_000)
        case "bug":
            raise KeyError("rows")
    return path.stem.upper()


def niceness(path: Path, progress: Progress) -> int:
    """How far this process lets others go first, in steps; -1 where the system has other terms for it."""
    return os.getpriority(os.PRIO_PROCESS, 0) if hasattr(os, "getpriority") else -1
