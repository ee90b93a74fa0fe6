"""Where LibreOffice is on this machine, and what to tell people who have none."""

from __future__ import annotations

import glob
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

#: Where the installers of each platform put it; Windows says in variables where it keeps programs.
_PLACES: dict[str, tuple[str, ...]] = {
    "win32": (
        "{PROGRAMFILES}/LibreOffice*/program/soffice.com",
        "{PROGRAMW6432}/LibreOffice*/program/soffice.com",
        "{PROGRAMFILES(X86)}/LibreOffice*/program/soffice.com",
        "{LOCALAPPDATA}/Programs/LibreOffice*/program/soffice.com",
    ),
    "darwin": (
        "/Applications/LibreOffice*.app/Contents/MacOS/soffice",
        "{HOME}/Applications/LibreOffice*.app/Contents/MacOS/soffice",
    ),
    "linux": (
        "/usr/bin/soffice",
        "/usr/lib*/libreoffice/program/soffice",
        "/opt/libreoffice*/program/soffice",
        "/snap/bin/libreoffice",
    ),
}

#: What to do where `find_office` finds none: how to come by it, and where it was looked for.
HOW_TO_GET = (
    "Windows 和 macOS 从 LibreOffice 官方网站下载，按默认位置安装；"
    "Debian/Ubuntu 运行 apt-get install libreoffice-writer-nogui libreoffice-calc-nogui。"
    "已在 PATH 和默认的安装位置（Windows 的 Program Files，macOS 的“应用程序”）找过，"
    "装在别处的请把它的 program 文件夹加进 PATH；WPS 和 Microsoft Office 不能代替它"
)


def find_office() -> Path | None:
    """LibreOffice's program on the search path or in the places its installers use; None when there is none."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    return next(installed(sys.platform, os.environ), None)


def installed(platform: str, environment: Mapping[str, str]) -> Iterator[Path]:
    """Every LibreOffice where the installers of a platform put it, of several versions in one place the newest first.

    `platform` is as in `sys.platform`; `environment` has the variables of the places, those it lacks are passed over.
    """
    known = {name: glob.escape(value) for name, value in environment.items() if value}
    for place in _PLACES.get(platform, ()):
        try:
            pattern = place.format_map(known)
        except KeyError:
            continue
        found = sorted(glob.glob(pattern), reverse=True)  # noqa: PTH207 - the folder is part of the pattern
        yield from (path for path in map(Path, found) if path.is_file())
