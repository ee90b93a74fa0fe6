"""The typefaces official forms ask for, what this machine shows instead, and the characters it cannot show at all.

Only LibreOffice on Linux asks fontconfig; Windows and macOS bring the real faces or have settings of their own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from greenforms_extractors.office.instance import FONT_MAP

#: Names of one face.
_SAME = (
    frozenset({"仿宋", "仿宋_GB2312", "FangSong", "FangSong_GB2312"}),
    frozenset({"楷体", "楷体_GB2312", "KaiTi", "KaiTi_GB2312"}),
    frozenset({"黑体", "SimHei"}),
    frozenset({"宋体", "SimSun"}),
)


def font_environment() -> dict[str, str]:
    """The environment for a program that shall print with our font map; nobody else's fonts change."""
    return {**os.environ, "FONTCONFIG_FILE": str(FONT_MAP)}


def substitutes(faces: Iterable[str]) -> dict[str, str]:
    """The faces that a PDF made here lacks, each with the one shown instead, "" where there is none at all."""
    found = {}
    for face in faces:
        shown = _families(face)
        names = next((names for names in _SAME if face in names), frozenset({face}))
        if shown is not None and not names.intersection(shown):
            found[face] = shown[0] if shown else ""
    return found


def without_glyph(text: str) -> tuple[str, ...]:
    """The characters of a text that no installed face has, each once, in the order of the text."""
    covered = _covered()
    if not covered:
        return ()
    return tuple(
        each for each in dict.fromkeys(text) if _has_look(each) and not any(ord(each) in span for span in covered)
    )


def _has_look(character: str) -> bool:
    """Whether a character shows anything; those for private use do, in the face they were drawn for."""
    kind = unicodedata.category(character)
    return kind[0] not in "ZC" or kind == "Co"


def _families(face: str) -> list[str] | None:
    """The names of the face shown for one that is asked for; None where nobody can tell."""
    said = _ask("fc-match", "-f", "%{family}", face)
    return None if said is None else [family for family in said.split(",") if family]


@cache
def _covered() -> tuple[range, ...]:
    """The characters of all installed faces, the most at home first; none where nobody can tell."""
    spans = set((_ask("fc-list", "-f", "%{charset}\\n") or "").split())
    return tuple(sorted(_joined(spans), key=len, reverse=True))


def _joined(spans: Iterable[str]) -> Iterator[range]:
    """Spans such as `4e00-9fa5`, those that overlap or touch as one."""
    first = last = -2
    for begin, end in sorted(_limits(span) for span in spans):
        if begin > last + 1:
            if last >= 0:
                yield range(first, last + 1)
            first = begin
        last = max(last, end)
    if last >= 0:
        yield range(first, last + 1)


def _limits(span: str) -> tuple[int, int]:
    begin, _, end = span.partition("-")
    return int(begin, 16), int(end or begin, 16)


def _ask(program: str, *arguments: str) -> str | None:
    """What a program of fontconfig says; None where LibreOffice does not ask fontconfig."""
    found = None if sys.platform in ("win32", "darwin") else shutil.which(program)
    if found is None:
        return None
    return subprocess.run(  # noqa: S603 - a fixed program; the name of a face is one argument
        [found, *arguments],
        env=font_environment(),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=60,
    ).stdout
