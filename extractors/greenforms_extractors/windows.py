"""What Windows makes of files: those that a program has open, names it keeps for itself, paths it finds too long."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path, PureWindowsPath

#: Sharing violation, lock violation.
_IN_USE = (32, 33)
#: Longest path with its final zero, unless the registry allows longer ones.
_MOST_CHARACTERS = 260
_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³"}
)
_FORBIDDEN = frozenset('<>:"|?*') | {chr(code) for code in range(32)}


def in_use(error: OSError, path: Path) -> bool:
    """Whether a file could not be opened or replaced because a program has it open.

    Windows says so where it opens or renames; of Python's `open` only "permission denied" is left, which a file that
    is not marked read-only hardly ever gives otherwise.
    """
    if getattr(error, "winerror", None) in _IN_USE:
        return True
    return sys.platform == "win32" and error.errno == errno.EACCES and path.is_file() and os.access(path, os.W_OK)


def too_long(path: Path) -> bool:
    """Whether a path that is not found may be there and only be too long for Windows."""
    return sys.platform == "win32" and len(os.path.abspath(path)) >= _MOST_CHARACTERS  # noqa: PTH100 - no resolving


def unfit(path: str) -> str:
    """Why Windows takes no file or folder of this name, in Chinese, to follow the name; empty where it does."""
    written = PureWindowsPath(path)
    letter = written.drive.removesuffix(":")
    if written.drive.endswith(":") and not (letter.isascii() and letter.isalpha()):
        return "里有 Windows 文件名不允许的字符“:”"
    return next(filter(None, map(_unfit_name, written.parts[bool(written.anchor) :])), "")


def _unfit_name(name: str) -> str:
    if name == "..":
        return ""
    if forbidden := next((char for char in name if char in _FORBIDDEN), ""):
        shown = f"“{forbidden}”" if forbidden.isprintable() else f"U+{ord(forbidden):04X}"
        return f"里有 Windows 文件名不允许的字符{shown}"
    if name.partition(".")[0].rstrip().upper() in _DEVICES:
        return f"里的“{name}”是 Windows 留给设备的名字（如 CON、NUL、COM1）"
    return "里有以空格或句点结尾的名字，Windows 会把结尾去掉" if name.endswith((" ", ".")) else ""
