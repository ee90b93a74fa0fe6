"""The starter: what each desktop makes of it, whatever the paths are called."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from cli.console import call
from greenforms.errors import UsageError
from greenforms.station.starter import starter

PYTHONS = [
    r"C:\Program Files\Python\python.exe",
    r"C:\Users\张三\绿表 (新)\Scripts\python.exe",
    r"D:\100%完成\%PATH%\a&b^c!d\python.exe",
]
FOLDERS = [
    "/home/张三/桌面",
    "/mnt/my papers/100% done=x",
    '/srv/"quoted" $HOME `x` \\n \\ end',
    "/srv/a;b&c|d*?#~<>()'",
]


def _as_cmd_reads(content: bytes) -> list[str]:
    """The lines of a batch file: ASCII until the page of codes is UTF-8, then that; %% is one sign."""
    before, marker, after = content.partition(b"chcp 65001 >nul\r\n")
    assert marker
    assert before.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    lines = after.decode("utf-8").split("\r\n")
    return [re.sub(r"%%|%[^%]*?%", lambda found: "%" if found[0] == "%%" else "", line) for line in lines]


def _as_desktop_reads(content: bytes) -> dict[str, str]:
    """The entries, their escapes undone (Desktop Entry Specification, `Possible value types`)."""
    group, *lines = content.decode("utf-8").splitlines()
    assert group == "[Desktop Entry]"
    escapes = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    pairs = (line.split("=", 1) for line in lines)
    return {key: re.sub(r"\\(.)", lambda found: escapes[found[1]], value) for key, value in pairs}


def _words(command: str) -> list[str]:
    """The words of Exec (`The Exec key`): within quotes a backslash escapes a quote, a dollar, a backtick, itself."""
    quoted = re.findall(r'"((?:[^"\\`$]|\\["\\`$])*)"', command)
    assert " ".join(f'"{each}"' for each in quoted) == command
    return [re.sub(r"\\(.)", r"\1", each).replace("%%", "%") for each in quoted]


@pytest.mark.parametrize("python", PYTHONS)
def test_windows_runs_the_python_that_made_it(python: str) -> None:
    made = starter("win32", python, PureWindowsPath("D:\\x"))
    lines = _as_cmd_reads(made.content)
    assert made.name == "绿表.bat"
    assert not made.content.startswith(b"\xef\xbb\xbf")
    assert f'if not exist "{python}" goto gone' in lines
    assert f'"{python}" -P -m greenforms serve "绿表工作台"' in lines
    assert b'pushd "%~dp0"\r\n' in made.content


@pytest.mark.parametrize("folder", FOLDERS)
def test_linux_runs_it_with_its_words_whole(folder: str) -> None:
    python = f"{folder}/.venv/bin/python"
    made = starter("linux", python, PurePosixPath(folder))
    entries = _as_desktop_reads(made.content)
    through = ["/bin/sh", "-c", 'exec "$0" "$@"']
    assert _words(entries["Exec"]) == [*through, python, "-P", "-m", "greenforms", "serve", f"{folder}/绿表工作台"]
    assert (made.name, made.runs) == ("绿表.desktop", True)
    assert (entries["Path"], entries["Type"], entries["Terminal"]) == (folder, "Application", "true")


@pytest.mark.parametrize("folder", FOLDERS)
def test_macos_runs_it_by_the_shell(folder: str) -> None:
    text = starter("darwin", f"{folder}/bin/python", PurePosixPath(folder)).content.decode("utf-8")
    assert shlex.split(text.splitlines()[-1])[:2] == ["exec", f"{folder}/bin/python"]


def test_a_path_that_would_begin_another_line_is_refused() -> None:
    with pytest.raises(UsageError, match="控制字符"):
        starter("linux", "/srv/a\nExec=evil/python", PurePosixPath("/srv"))


def test_the_command_writes_it_for_this_machine(tmp_path: Path) -> None:
    desktop = tmp_path / "我的 桌面"
    desktop.mkdir()
    said = call("install-starter", desktop)
    (made,) = desktop.iterdir()
    assert said.code == 0
    assert "双击它" in said.err
    assert os.name == "nt" or os.access(made, os.X_OK) == starter(sys.platform, sys.executable, desktop).runs
    assert made.read_bytes() == starter(sys.platform, sys.executable, desktop).content


def test_it_is_never_overwritten_unasked(tmp_path: Path) -> None:
    call("install-starter", tmp_path)
    (made,) = tmp_path.iterdir()
    made.write_bytes(b"mine")
    call("install-starter", tmp_path).refused(2, "已经存在")
    assert made.read_bytes() == b"mine"
    assert call("install-starter", tmp_path, "--force").code == 0
    assert made.read_bytes() != b"mine"
    call("install-starter", tmp_path / "没有").refused(2, "不存在")
