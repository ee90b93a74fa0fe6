"""Which files of a folder are papers, and in which order people count them."""

from __future__ import annotations

import re
from pathlib import Path

from greenforms.errors import InputError

#: What operating systems and office programs leave beside the papers.
_LITTER = re.compile(r"[.~].*|.*\.tmp|thumbs\.db|desktop\.ini", re.IGNORECASE)
_DIGITS = re.compile(r"([0-9]+)")


def files_below(folder: Path) -> list[Path]:
    """The files of a folder and its subfolders in natural order of their names; what programs leave is passed over.

    Raises InputError when there is no folder or no file in it.
    """
    if not folder.is_dir():
        raise InputError(f"没有目录“{folder}”。请给出存放申报材料的目录。")
    found = [
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(_LITTER.fullmatch(part) for part in path.relative_to(folder).parts)
    ]
    if not found:
        raise InputError(f"目录“{folder}”是空的。请把收到的材料（docx、xlsx、pdf 等）放进去。")
    return sorted(found, key=lambda path: _natural(path.relative_to(folder).as_posix()))


def _natural(name: str) -> list[tuple[int, int, str]]:
    """The order people count in: 2 before 10."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(name) if part]
