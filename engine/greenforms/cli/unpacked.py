"""Archives among the sources of a command: unpacked into a folder that vanishes afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from greenforms.batch.archive import is_archive, members, opened
from greenforms.dossier.dossier import Unread
from greenforms.errors import InputError

#: So many bytes are unpacked of all archives of a call.
_MOST = 2 << 30


@contextmanager
def unpacked(sources: Sequence[Path]) -> Iterator[tuple[tuple[Path, ...], tuple[Unread, ...]]]:
    """The sources with a folder in place of each archive, and the members that could not be taken.

    Raises InputError for an archive that cannot be opened, or holds more than anybody hands in.
    """
    with tempfile.TemporaryDirectory(prefix="greenforms-") as place:
        found: list[Path] = []
        refused: list[Unread] = []
        for number, source in enumerate(sources):
            if _is_archive(source):
                folder = Path(place) / str(number) / source.stem
                refused += _unpack(source, folder)
                found.append(folder)
            else:
                found.append(source)
        yield tuple(found), tuple(refused)


def _is_archive(source: Path) -> bool:
    if not source.is_file():
        return False
    with source.open("rb") as stream:
        return is_archive(source.name, stream)


def _unpack(source: Path, folder: Path) -> list[Unread]:
    refused: list[Unread] = []
    left = _MOST
    folder.mkdir(parents=True)
    with source.open("rb") as stream:
        listed = list(members(stream))
    for member in listed:
        if member.refusal:
            refused.append(Unread(member.name, f"“{member.name}”{member.refusal}。"))
            continue
        target = _free(folder / member.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened(source, member.way) as content, target.open("wb") as copy:
            shutil.copyfileobj(content, copy)
        left -= target.stat().st_size
        if left < 0:
            raise InputError(f"“{source.name}”展开后大得不正常，没有读完。请解压后确认里面是什么，再给出目录。")
    return refused


def _free(path: Path) -> Path:
    """A name that no member has taken, for archives may hold two of one name."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}({number})")
    return free
