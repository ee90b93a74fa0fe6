"""The files a call means: files and folders as given, each with a name of its own, in the order people count them."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from greenforms.errors import InputError, UsageError

#: What operating systems and office programs leave beside the papers.
_LITTER = re.compile(r"[.~].*|.*\.tmp|thumbs\.db|desktop\.ini|__macosx", re.IGNORECASE)
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. `name` tells it from the others, with as many folders in front as that takes."""

    path: Path
    name: str


def sources_of(arguments: Sequence[Path], output: Path | None = None) -> tuple[Source, ...]:
    """The files of a call in the order given, those of a folder in natural order, each once.

    What programs leave about is passed over, and what stands where `output` goes: results of an earlier run are no
    papers. Raises InputError when nothing is left, UsageError when results would fall among the papers.
    """
    depths: dict[Path, int] = {}
    for argument in arguments:
        if not argument.is_dir():
            if not is_litter(argument.name):
                depths.setdefault(argument, 1)
            continue
        _refuse_among(argument, output)
        for path in _files_below(argument):
            if output is None or not _is_result(path, output):
                depths.setdefault(path, len(path.relative_to(argument).parts))
    if not depths:
        kind = "目录" if all(argument.is_dir() for argument in arguments) else ""
        listed = "、".join(f"“{argument.name or argument}”" for argument in arguments)
        raise InputError(f"{kind}{listed}是空的。请把收到的材料（docx、xlsx、pdf 等）放进去。")
    return _named(_each_once(depths))


def _files_below(folder: Path) -> list[Path]:
    """The files of a folder and its subfolders in natural order of their names."""
    found = [
        path for path in folder.rglob("*") if path.is_file() and not any(map(is_litter, path.relative_to(folder).parts))
    ]
    return sorted(found, key=lambda path: _natural(path.relative_to(folder).as_posix()))


def is_litter(name: str) -> bool:
    """Whether a name is that of something operating systems and office programs leave about."""
    return _LITTER.fullmatch(name) is not None


def _natural(name: str) -> list[tuple[int, int, str]]:
    """The order people count in: 2 before 10."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(name) if part]


def _refuse_among(folder: Path, output: Path | None) -> None:
    if output is not None and output.is_dir() and output.resolve() == folder.resolve():
        raise UsageError(f"结果不能写进正在读取的目录“{folder}”，否则下次会把结果也当作材料。请另建一个目录。")


def _is_result(path: Path, output: Path) -> bool:
    """Whether a file is the output, lies in it, or is one of its pictures."""
    from greenforms.readings.keeping import pictures_beside

    places = {output.resolve(), pictures_beside(output).resolve()}
    resolved = path.resolve()
    return resolved in places or not places.isdisjoint(resolved.parents)


def _each_once(depths: dict[Path, int]) -> dict[Path, int]:
    seen: dict[Path, Path] = {}
    for path in depths:
        seen.setdefault(path.resolve(), path)
    return {path: depths[path] for path in seen.values()}


def _named(depths: dict[Path, int]) -> tuple[Source, ...]:
    """Lengthen names that are alike until none is; some file systems do not tell 表.DOCX from 表.docx."""
    names = {path: _tail(path, depth) for path, depth in depths.items()}
    while True:
        counts = Counter(name.casefold() for name in names.values())
        alike = [path for path, name in names.items() if counts[name.casefold()] > 1]
        longer = {path: _tail(path, len(names[path].split("/")) + 1) for path in alike}
        if all(names[path] == name for path, name in longer.items()):
            return tuple(Source(path, name) for path, name in names.items())
        names |= longer


def _tail(path: Path, parts: int) -> str:
    """The last parts of a path in printable signs."""
    steps = [step for step in path.absolute().parts if step not in (path.anchor, "..")]
    return "/".join(readable(os.fsencode(step)) for step in steps[-parts:])


def readable(name: bytes) -> str:
    """A file's name in printable signs: in UTF-8, else as older Chinese systems write it, else its bytes."""
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return name.decode(encoding)
    return name.decode("utf-8", "backslashreplace")
