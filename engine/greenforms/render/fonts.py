"""The typefaces official forms ask for, and what this machine shows instead.

Only LibreOffice on Linux asks fontconfig; Windows and macOS bring the real faces or have settings of their own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from greenforms_extractors.office.instance import FONT_MAP


@dataclass(frozen=True, slots=True)
class _Face:
    asked: str
    #: Families that look as the face should; anything else is a stop-gap.
    proper: frozenset[str]


_FACES = (
    _Face("仿宋_GB2312", frozenset({"仿宋", "FangSong", "FandolFang"})),
    _Face("楷体_GB2312", frozenset({"楷体", "KaiTi", "FandolKai", "AR PL UKai CN"})),
    _Face("黑体", frozenset({"SimHei", "FandolHei", "Noto Sans CJK SC"})),
    _Face("宋体", frozenset({"SimSun", "FandolSong", "AR PL UMing CN", "Noto Serif CJK SC"})),
)


def font_environment() -> dict[str, str]:
    """The environment for a program that shall print with our font map; nobody else's fonts change."""
    return {**os.environ, "FONTCONFIG_FILE": str(FONT_MAP)}


def missing_fonts() -> str:
    """A Chinese warning naming the faces of official forms that a PDF made here lacks; empty when all are there."""
    program = None if sys.platform in ("win32", "darwin") else shutil.which("fc-match")
    if program is None:
        return ""
    shown = [(face, _shown(program, face.asked)) for face in _FACES]
    substituted = [
        f"{face.asked}（{f'以 {families[0]} 代替' if families else '无可用字体'}）"
        for face, families in shown
        if not face.proper.intersection(families)
    ]
    if not substituted:
        return ""
    return (
        f"本机缺少公文字体：{'、'.join(substituted)}。"
        "生成的 PDF 字形与正式格式有差别，docx 和 xlsx 不受影响。"
        "在源码目录中运行 make fonts 可安装免费的替代字体，也可在装有正式字体的电脑上打开 docx 后另存为 PDF。"
    )


def _shown(program: str, asked: str) -> list[str]:
    found = subprocess.run(  # noqa: S603 - a fixed program with fixed arguments
        [program, "-f", "%{family}", asked],
        env=font_environment(),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=60,
    )
    return [family for family in found.stdout.split(",") if family]
