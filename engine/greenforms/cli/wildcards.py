"""`*.docx` on Windows, whose terminals leave it to the program to find the files."""

from __future__ import annotations

import glob
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path


def expanded(words: Sequence[str], valued: Collection[str]) -> Iterator[str]:
    """The words of a call with each pattern replaced by the files it stands for, in the order of their names.

    Only `*` and `?` make a pattern, which no name on Windows can contain: `表[1].docx` is a file. The `~$…` that Word
    and Excel put beside a file that is open fits none. What follows one of the options `valued` is its value and stays
    as it is, and so does a pattern that no file fits.
    """
    before = ""
    for word in words:
        found = _fitting(word) if before not in valued and not word.startswith("-") else []
        yield from found or [word]
        before = word


def _fitting(word: str) -> list[str]:
    if not set("*?") & set(word):
        return []
    found = glob.glob(word.replace("[", "[[]"))  # noqa: PTH207 - the folder is part of the pattern
    return sorted(name for name in found if not Path(name).name.startswith("~$"))
