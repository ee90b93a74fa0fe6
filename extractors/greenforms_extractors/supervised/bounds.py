"""The door: work on an untrusted file, within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.progress import Progress, silent
from greenforms_extractors.supervised.glance import is_light
from greenforms_extractors.supervised.limits import Limits
from greenforms_extractors.supervised.messages import Request

T = TypeVar("T")

#: Whether this process is watched as a child is, so that it may do everything itself.
_watched = False


@contextmanager
def in_this_process() -> Iterator[None]:
    """Do all work here meanwhile, heavy or not: this process is a child, and nothing else depends on it."""
    global _watched
    before, _watched = _watched, True
    try:
        yield
    finally:
        _watched = before


def within_bounds(
    work: Callable[[Path, Progress], T], path: Path, progress: Progress = silent, limits: Limits | None = None
) -> T:
    """What `work(path, progress)` gives, done in a child unless the file is light or all is done here.

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
