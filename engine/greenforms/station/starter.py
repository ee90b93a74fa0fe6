"""A file to double-click that starts the station with the Python that made it, in the folder where it lies."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import PurePath

from greenforms.errors import UsageError

#: What is started: nothing that lies in the folder by chance is taken for a module of ours (`-P`).
_CALL = ("-P", "-m", "greenforms", "serve")
_WORKPLACE = "绿表工作台"
_NAME, _COMMENT = "绿表", "在浏览器里填报、审核、评价，程序和数据都在本机"
#: Windows reads a batch file by the page of codes of the console, so it is told ours before anything that needs it.
_BATCH = """\
@echo off
setlocal DisableDelayedExpansion
chcp 65001 >nul
title {name}
pushd "%~dp0"
if not exist "{python}" goto gone
"{python}" {call} "{workplace}"
if errorlevel 1 pause
exit /b
:gone
echo 找不到绿表：它被移走或卸载了。重新安装后，再运行 greenforms install-starter --force。
pause
"""
#: Desktop Entry Specification 1.5.
_DESKTOP = """\
[Desktop Entry]
Type=Application
Version=1.5
Name={name}
Comment={comment}
Exec={command}
Path={folder}
Terminal=true
Categories=Office;
"""
#: Desktops look for the program of an entry before they read its escapes, so it is one whose name has none.
_THROUGH = ("/bin/sh", "-c", 'exec "$0" "$@"')
_SHELL = """\
#!/bin/sh
cd "$(dirname "$0")" || exit
exec {command}
"""
_BREAKS = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Starter:
    """A file by name and contents; `runs`: it has to be marked as a program."""

    name: str
    content: bytes
    runs: bool


def starter(platform: str, python: str, folder: PurePath) -> Starter:
    """The starter for a platform (as `sys.platform`), to lie in `folder`; `python` is the program that runs it.

    Raises UsageError for a path that no such file can hold.
    """
    for path in (python, str(folder)):
        if _BREAKS.search(path):
            raise UsageError(f"路径“{path}”里有换行等控制字符，启动文件写不了。请换一个位置。")
    if platform == "win32":
        return Starter(f"{_NAME}.bat", _batch(python), runs=False)
    if platform == "darwin":
        command = shlex.join([python, *_CALL, _WORKPLACE])
        return Starter(f"{_NAME}.command", _SHELL.format(command=command).encode(), runs=True)
    return Starter(f"{_NAME}.desktop", _desktop(python, folder), runs=True)


def _batch(python: str) -> bytes:
    """Within quotes only the percent sign means something, and a quote is in no path."""
    quoted = python.replace("%", "%%")
    text = _BATCH.format(name=_NAME, python=quoted, call=" ".join(_CALL), workplace=_WORKPLACE)
    return text.replace("\n", "\r\n").encode()


def _desktop(python: str, folder: PurePath) -> bytes:
    command = " ".join(map(_argument, (*_THROUGH, python, *_CALL, str(folder / _WORKPLACE))))
    text = _DESKTOP.format(name=_NAME, comment=_COMMENT, command=_text(command), folder=_text(str(folder)))
    return text.encode()


def _argument(word: str) -> str:
    """A word of Exec: in quotes, with what these let stand for more escaped; a percent sign begins a field code."""
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%") + '"'


def _text(value: str) -> str:
    """A value of a desktop entry: a backslash in it is doubled."""
    return value.replace("\\", "\\\\")
