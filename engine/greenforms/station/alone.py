"""One server a workplace: two would take each other's jobs in hand."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from greenforms.errors import UsageError

_LOCK = ".使用中"
#: What a system says of a lock that another one holds; a drive that knows no locks says otherwise, and is let be.
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other servers from a workplace, however this one ends. Raises UsageError where another one runs there."""
    with (folder / _LOCK).open("ab") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            if error.errno in _HELD:
                raise UsageError(
                    f"“{folder}”正由另一个绿表使用，两个会互相妨碍。请回到那个窗口，或换一个目录。"
                ) from error
        yield


def _lock(handle: int) -> None:
    """Take the lock, which the system gives back when the process ends."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
