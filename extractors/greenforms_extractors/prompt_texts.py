"""The prompts that Word and WPS put into content controls of themselves."""

from __future__ import annotations

import re

from greenforms_extractors.folding import without_space

#: No prompt of theirs is longer.
LONGEST_PROMPT = 60
_USUAL = re.compile(
    r"(?:请|可)?(?:单击|点击|轻触|点按)(?:或(?:单击|点击|轻触|点按))?(?:此处|这里)?[以来]?(?:输入|键入|添加|选择|插入).{0,16}"
    r"|请?选择(?:一项|一个|构建基块|日期).{0,8}|请(?:输入|键入|填写|选择).{0,16}|输入您?要重复的.{0,50}"
    r"|(?:clickor?tap|click|tap)(?:here)?to(?:enter|add|choose).{0,20}|clickheretoenter.{0,20}|choosean?.{2,20}"
    r"|enteranycontent.{0,50}",
    re.IGNORECASE,
)


def is_usual_prompt(text: str) -> bool:
    """Whether a text is such a prompt and nothing else, whatever spaces stand in it."""
    bare = without_space(text[: 2 * LONGEST_PROMPT])
    return len(bare) <= LONGEST_PROMPT and _USUAL.fullmatch(bare.rstrip("。.…")) is not None
