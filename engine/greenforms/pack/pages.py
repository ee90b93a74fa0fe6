"""One paper in several files, pages scanned one by one, which their names count; and several papers in one file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from greenforms.pack.listing import Source
from greenforms.pack.paper import Paper

#: What has pages. Files of these kinds can be pages of one paper.
_PAGED = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"})
#: The last number of a name, and how many pages are looked at together.
_NUMBER = re.compile(r"(\d{1,6})(?=\D*$)")
_MOST = 100
_PART = re.compile(r"（第[0-9]+份）$")
#: A reading of all files together has so many fields more than one of a single file.
_MORE = 2


def counted(sources: Iterable[Source]) -> list[tuple[Source, ...]]:
    """The files of one folder whose names differ only in a number that counts up by one, where there are several."""
    runs: list[list[Source]] = []
    before = None
    for place, number, source in sorted(filter(None, map(_counted, sources)), key=lambda each: each[:2]):
        if before == (place, number - 1):
            runs[-1].append(source)
        else:
            runs.append([source])
        before = (place, number)
    return [tuple(run) for run in runs if 1 < len(run) <= _MOST]


def _counted(source: Source) -> tuple[tuple[str, ...], int, Source] | None:
    path = source.path
    found = _NUMBER.search(path.stem) if path.suffix.lower() in _PAGED else None
    if found is None:
        return None
    around = (str(path.parent), path.stem[: found.start()], path.stem[found.end() :], path.suffix.lower())
    return around, int(found[1]), source


def called(files: Sequence[Source]) -> str:
    """A name for files that are one paper; its ending stays, for it says what kind of files they are."""
    path = Path(files[0].name)
    return str(path.with_name(f"{path.stem}（等{len(files)}个文件）{path.suffix}"))


def numbered(name: str, number: int) -> str:
    """The name of one of the papers of a file; its ending stays, too."""
    path = Path(name)
    return str(path.with_name(f"{path.stem}（第{number}份）{path.suffix}"))


def file_of(name: str) -> str:
    """The file that holds a paper of this name, which is the paper's own unless it holds several."""
    path = Path(name)
    return str(path.with_name(_PART.sub("", path.stem) + path.suffix))


def are_one(together: Paper, alone: Sequence[Paper], unknown: int) -> bool:
    """Whether files are one paper: read together they fill more of a form than any by itself.

    Where each of them is a form `alone` and none is `unknown`, each must lack what the others have.
    """
    fields, missing = len(together.extraction.fields), len(together.extraction.missing)
    more = all(fields >= len(paper.extraction.fields) + _MORE for paper in alone)
    return more and all(missing < len(paper.extraction.missing) + bool(unknown) for paper in alone)
