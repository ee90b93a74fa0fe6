"""The files a call means: files and folders as given, each with a name of its own."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from greenforms.errors import UsageError


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. `name` tells it from the others, with as many folders in front as that takes."""

    path: Path
    name: str


def sources_of(arguments: Sequence[Path], output: Path | None = None) -> tuple[Source, ...]:
    """The files of a call in the order given, those of a folder in natural order, each once.

    What stands where `output` goes is passed over: results of an earlier run are no papers. Raises InputError for a
    folder without papers, UsageError when results would fall among the papers.
    """
    from greenforms.pack.listing import files_below

    depths: dict[Path, int] = {}
    for argument in arguments:
        if not argument.is_dir():
            depths.setdefault(argument, 1)
            continue
        _refuse_among(argument, output)
        for path in files_below(argument):
            if output is None or not _is_result(path, output):
                depths.setdefault(path, len(path.relative_to(argument).parts))
    return _named(_each_once(depths))


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
    return os.fsencode("/".join(steps[-parts:])).decode("utf-8", "backslashreplace")
