"""Characters that are none: controls, which paper cannot show, are drawn and reported; lost ones are reported.

A character of the private area means what one font makes of it, and U+FFFD stands for one that somebody's program lost:
what was meant, only the original says.
"""

from __future__ import annotations

import re

from greenforms.codec.base import Problem

#: Controls, halves of characters, separators of lines and paragraphs, and the last two of each plane.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029"
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
#: The private areas, and what stands for a lost character.
_LOST = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd\ufffd]")


def _picture(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return {0x7F: "␡", 0x2028: "␤", 0x2029: "␤"}.get(code, "\N{REPLACEMENT CHARACTER}")


def show_controls(text: str, keep: str = "") -> str:
    """Replace control characters by the pictures of the Unicode block U+2400, so that nothing vanishes in print."""
    if text.isprintable():  # nearly always, and soon seen
        return text
    return _UNPRINTABLE.sub(lambda found: found[0] if found[0] in keep else _picture(found[0]), text)


def character_problems(text: str, keep: str = "") -> tuple[Problem, ...]:
    """Report the characters of a text that cannot be printed, and those of which nobody knows what they are."""
    return (*_controls(text, keep), *_lost(text))


def _lost(text: str) -> tuple[Problem, ...]:
    found = sorted(set(_LOST.findall(text)))
    if not found:
        return ()
    names = "、".join(f"U+{ord(char):04X}" for char in found)
    return (Problem(f"有的字变成了无法辨认的字符（{names}）", "请对照原件，把这些字重新输入"),)


def _controls(text: str, keep: str) -> tuple[Problem, ...]:
    found = sorted(set(_UNPRINTABLE.findall(text)).difference(keep))
    if not found:
        return ()
    names = "、".join(
        f"{'换行' if char == chr(10) else '制表符' if char == chr(9) else f'U+{ord(char):04X}'}" for char in found
    )
    return (Problem(f"含有不能打印的字符（{names}），出现在“{show_controls(text)[:40]}”中", "请删去这些字符"),)
