"""The typeface of the tags: whichever Chinese one this computer has; none is shipped."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from PIL import ImageFont

#: Where Windows and macOS keep faces that have every Chinese character of official papers.
_WINDOWS = ("msyh.ttc", "simhei.ttf", "Deng.ttf", "simsun.ttc")
_MACOS = (
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "/System/Library/Fonts/STHeiti Medium.ttc",
    "/Library/Fonts/Arial Unicode.ttf",
)
#: A character of every Chinese face, and one that no face has.
_CHINESE, _NOWHERE = "绿", "\U0010fffe"

NO_FACE = (
    "本机没有中文字体，标注图上只有方框和可信度，没有栏目名称和问题清单。"
    "请安装一种中文字体（如“思源黑体”“文泉驿”）后重新生成；读取结果不受影响。"
)


@functools.cache
def chinese() -> tuple[str, int] | None:
    """The file and the index in it of a Chinese face of this computer; None where there is none."""
    return next((found for found in _candidates() if _has_chinese(*found)), None)


@functools.cache
def face(size: int) -> ImageFont.FreeTypeFont:
    """The face in a size in pixels; where there is no Chinese one, one for figures and Latin letters."""
    found = chinese()
    if found is not None:
        return ImageFont.truetype(found[0], size, index=found[1])
    latin = ImageFont.load_default(size)
    assert isinstance(latin, ImageFont.FreeTypeFont)
    return latin


def _candidates() -> Iterator[tuple[str, int]]:
    program = shutil.which("fc-match")
    if program is not None:
        yield from _matched(program)
    windows = os.environ.get("WINDIR")
    places = [*(Path(windows, "Fonts", name) for name in _WINDOWS if windows), *map(Path, _MACOS)]
    yield from ((str(place), 0) for place in places if place.is_file())


def _matched(program: str) -> Iterator[tuple[str, int]]:
    """What fontconfig gives for plain Chinese text; it gives another face where it has none."""
    found = subprocess.run(  # noqa: S603 - a fixed program with fixed arguments
        [program, "-f", "%{file}|%{index}", "sans-serif:lang=zh-cn"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=60,
    )
    file, _, index = found.stdout.partition("|")
    if Path(file).is_file():
        yield file, int(index or 0)


def _has_chinese(file: str, index: int) -> bool:
    try:
        loaded = ImageFont.truetype(file, 24, index=index)
    except OSError:
        return False
    return bytes(loaded.getmask(_CHINESE)) != bytes(loaded.getmask(_NOWHERE))
