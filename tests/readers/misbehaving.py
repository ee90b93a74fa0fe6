"""Work on a file that does what no reader should; a child imports this by its name."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path
from typing import Any

from greenforms_extractors.progress import Progress
from greenforms_extractors.refusals import damaged


def crash(path: Path, progress: Progress) -> None:
    """Read at address 0, as a library of C does with a bad file."""
    ctypes.string_at(0)


def eat(path: Path, progress: Progress) -> None:
    """Take memory piece by piece, and use it."""
    taken = []
    while True:
        taken.append(b"x" * 10_000_000)


def gulp(path: Path, progress: Progress) -> None:
    """Take memory in C, where nothing raises MemoryError and the system's limit is not asked."""
    kept = []
    while True:
        kept.append(os.memfd_create("kept"))
        os.posix_fallocate(kept[-1], 0, 1)
        mapped = _mapped(kept[-1], 20_000_000)
        ctypes.memset(mapped, 1, 20_000_000)


def _mapped(handle: int, size: int) -> int:
    os.ftruncate(handle, size)
    library = ctypes.CDLL(None)
    library.mmap.restype = ctypes.c_void_p
    library.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    return int(library.mmap(None, size, 3, 1, handle, 0))


def sleep(path: Path, progress: Progress) -> None:
    """Say two pages and nothing any more."""
    progress(1, 3)
    progress(2, 3)
    time.sleep(600)


def hold(path: Path, progress: Progress) -> None:
    """Sleep in C with the interpreter's lock held: no thread of the child runs."""
    ctypes.PyDLL(None).sleep(600)


def recurse(path: Path, progress: Progress) -> Any:
    """A bug of ours."""
    return recurse(path, progress)


def refuse(path: Path, progress: Progress) -> None:
    raise damaged(path)


def unpicklable(path: Path, progress: Progress) -> Any:
    return lambda: None


def number(path: Path, progress: Progress) -> int:
    """Which process this is."""
    print("English of a library")  # noqa: T201 - into the pipe that answers go through, if that were in reach
    return os.getpid()


def slowly(path: Path, progress: Progress) -> int:
    """Take longer than the silence allowed, but say so."""
    for page in range(1, 5):
        progress(page, 4)
        time.sleep(0.6)
    return 4


def not_understood() -> None:
    """What a request turns out to be when it is taken in."""
    raise ValueError("not understood")
