"""The door: work on an untrusted file, within bounds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.progress import Progress, silent
from greenforms_extractors.supervised.glance import is_light
from greenforms_extractors.supervised.limits import Limits
from greenforms_extractors.supervised.messages import Request

T = TypeVar("T")

#: Whether this process is itself a child that somebody watches.
_watched = False


def watched() -> None:
    """This process is a child: whatever it is asked to do, it does itself."""
    global _watched
    _watched = True


def within_bounds(
    work: Callable[[Path, Progress], T], path: Path, progress: Progress = silent, limits: Limits | None = None
) -> T:
    """What `work(path, progress)` gives, done in a child unless the file is light or this is one.

    `work` is a function of a module (or a partial of one) and gives what can be pickled. Raises what it raises;
    UnreadableFile, too, for a file on which it says nothing for too long, needs too much memory or crashes.
    """
    if _watched or is_light(path):
        return work(path, progress)
    from greenforms_extractors.supervised.pool import pool

    request = Request(work, path.absolute(), limits or Limits())
    try:
        return cast(T, pool().run(request, progress))
    except UnreadableFile as error:
        error.path = path
        raise
