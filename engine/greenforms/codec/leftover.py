"""What other programs leave in a form where nothing was filled in: template tags, empty values, errors, prompts.

None of it is an answer. Whoever reads a value asks here before its codec, so that every kind of field and of paper is
treated alike; a text that merely holds a tag is a value with a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from greenforms.codec.base import Problem
from greenforms_extractors.folding import fold_code, without_space
from greenforms_extractors.prompt_texts import is_usual_prompt

#: Tags of template engines ({{x}}, {%x%}, ${x}, <%=x%>), fields of a mail merge («x»), Word's own (MERGEFIELD).
_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|[$#]\{[^{}]*\}|<%.*?%>|«[^«»]{0,40}»|\{?\s*MERGEFIELD\s[^{}]*\}?")
#: What programs write for "nothing", as it stands without white space and in capitals.
_NOTHINGS = frozenset(
    {"NULL", "(NULL)", "<NULL>", "[NULL]", "NONE", "NIL", "NAN", "NAT", "<NA>", "UNDEFINED", "[OBJECTOBJECT]", "\\N"}
)
#: Error values of Excel, WPS and LibreOffice, and figures that found no room.
_ERROR = re.compile(
    r"#(?:N/A|REF|VALUE|DIV/0|NAME|NULL|NUM|SPILL|CALC|FIELD|BLOCKED|BUSY|CONNECT|GETTING_DATA|UNKNOWN)[!?]?"
    r"|Err:\d{3}|#{3,}",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"=?(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(.*\)", re.IGNORECASE | re.DOTALL)
_FORMULA = re.compile(r"=[A-Z_][A-Z0-9_.]*\(.*\)", re.IGNORECASE | re.DOTALL)
#: 同上 and the marks typed or drawn for it.
_DITTO = re.compile(r"[〃″\uff02\u201c\u201d\"]+|(?:''|,,|、、)|[-—–─]*[〃″][-—–─]*|[(（]?同上[)）]?")
#: Underscores printed to be written on, around what was written.
_FILL_LINES = re.compile(r"^[ \t]*[_\uff3f]{3,}|[_\uff3f]{3,}[ \t]*$", re.MULTILINE)
_FILL_IN = "请填写实际内容"


@dataclass(frozen=True, slots=True)
class Leftover:
    """A text that somebody's program left. `whole`: there is nothing else, so the place is not filled in."""

    text: str
    problem: Problem
    whole: bool


def leftover(text: str) -> Leftover | None:
    """What a program left in a text; None in all that people write."""
    bare = without_space(fold_code(text))
    if (reason := _whole(bare)) is not None:
        return Leftover(text.strip(), Problem(reason, _FILL_IN), whole=True)
    found = _TAG.search(text)
    if found is None:
        return None
    reason = f"其中“{found[0]}”是别的程序没有填上内容的占位字样"
    return Leftover(found[0], Problem(reason, _FILL_IN), whole=False)


def ditto_problem(value: str | None) -> Problem:
    """What is said of a 同上 that stands for `value`, as it is printed; None when nothing stands above it."""
    if value is None:
        return Problem("上面没有可以照抄的内容，按未填处理", _FILL_IN)
    return Problem(f"已按上一行读作“{value}”", "请核对，并在本栏写出内容")


def _whole(bare: str) -> str | None:
    """Why a text without white space is no answer at all."""
    if bare and not _TAG.sub("", bare):
        return "这是别的程序没有填上内容的占位字样，按未填处理"
    if bare.upper() in _NOTHINGS:
        return "这是程序写出的空值，不是填写的内容，按未填处理"
    if _ERROR.fullmatch(bare):
        return "这是电子表格公式的错误值，按未填处理"
    if _PICTURE.fullmatch(bare):
        return "格子里是一张嵌入的图片，不是文字，没有读取"
    if _FORMULA.fullmatch(bare):
        return "这是没有算出结果的公式，按未填处理"
    return "这是软件的提示文字，按未填处理" if is_usual_prompt(bare) else None


def is_ditto(text: str) -> bool:
    """Whether a text stands for the one above it: 同上, 〃."""
    return _DITTO.fullmatch(without_space(text).rstrip("。.")) is not None


def without_fill_lines(text: str) -> str:
    """A text without the underscores it was written on."""
    bare = _FILL_LINES.sub("", text)
    return bare if bare.strip() else text
