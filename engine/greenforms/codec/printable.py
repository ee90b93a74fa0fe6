"""Characters that are none: controls, which paper cannot show, are drawn and reported; lost ones are reported.

A character of the private area means what one font makes of it, and U+FFFD stands for one that somebody's program lost:
what was meant, only the original says.
"""

from __future__ import annotations

import unicodedata

from greenforms.codec.base import Problem


def _is_unprintable(char: str, keep: str) -> bool:
    unfit = unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or ord(char) & 0xFFFE == 0xFFFE
    return unfit and char not in keep


def _picture(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return {0x7F: "␡", 0x2028: "␤", 0x2029: "␤"}.get(code, "\N{REPLACEMENT CHARACTER}")


def show_controls(text: str, keep: str = "") -> str:
    """Replace control characters by the pictures of the Unicode block U+2400, so that nothing vanishes in print."""
    return "".join(_picture(char) if _is_unprintable(char, keep) else char for char in text)


def character_problems(text: str, keep: str = "") -> tuple[Problem, ...]:
    """Report the characters of a text that cannot be printed, and those of which nobody knows what they are."""
    return (*_controls(text, keep), *_lost(text))


def _lost(text: str) -> tuple[Problem, ...]:
    found = sorted({char for char in text if char == "\ufffd" or unicodedata.category(char) == "Co"})
    if not found:
        return ()
    names = "、".join(f"U+{ord(char):04X}" for char in found)
    return (Problem(f"有的字变成了无法辨认的字符（{names}）", "请对照原件，把这些字重新输入"),)


def _controls(text: str, keep: str) -> tuple[Problem, ...]:
    found = sorted({char for char in text if _is_unprintable(char, keep)})
    if not found:
        return ()
    names = "、".join(
        f"{'换行' if char == chr(10) else '制表符' if char == chr(9) else f'U+{ord(char):04X}'}" for char in found
    )
    return (Problem(f"含有不能打印的字符（{names}），出现在“{show_controls(text)[:40]}”中", "请删去这些字符"),)
