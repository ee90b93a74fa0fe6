"""The prompts of content controls, told from what people typed.

A control that shows its prompt says so (`w:showingPlcHdr`, ECMA-376 part 1, clause 17.5.2.39). But other programs than
Word let people type over the prompt and leave the flag, so the text itself has to say what it is: the prompt that the
document's glossary holds for its controls (17.12), or one of those that Word and WPS put there of themselves.
"""

from __future__ import annotations

import re

from greenforms_extractors.folding import without_space
from greenforms_extractors.ooxml import Package
from greenforms_extractors.safe_xml import Element
from greenforms_extractors.word.markup import W, value

_LONGEST = 60
_USUAL = re.compile(
    r"(?:请|可)?(?:单击|点击|轻触|点按)(?:或(?:单击|点击|轻触|点按))?(?:此处|这里)?[以来]?(?:输入|键入|添加|选择|插入).{0,16}"
    r"|请?选择(?:一项|一个|构建基块|日期).{0,8}|请(?:输入|键入|填写|选择).{0,16}|输入您?要重复的.{0,50}"
    r"|(?:clickor?tap|click|tap)(?:here)?to(?:enter|add|choose).{0,20}|clickheretoenter.{0,20}|choosean?.{2,20}"
    r"|enteranycontent.{0,50}|\[[^\[\]]{1,20}\]",
    re.IGNORECASE,
)


class Prompts:
    """The prompts of one document."""

    def __init__(self, package: Package, part: str) -> None:
        glossary = package.related(part, "glossaryDocument")
        root = package.xml(glossary) if glossary else None
        parts = () if root is None else root.iterfind(f"{W}docParts/{W}docPart")
        self._own = {_text(part) for part in parts if value(part, _GALLERY) == "placeholder"}

    def shown(self, text: str) -> bool:
        """Whether a text in a control that says it shows its prompt is a prompt, or nothing at all."""
        bare = without_space(text[: 2 * _LONGEST])
        if not bare or bare in self._own:
            return True
        return len(bare) <= _LONGEST and _USUAL.fullmatch(bare.rstrip("。.…")) is not None


_GALLERY = f"{W}docPartPr/{W}category/{W}gallery"


def _text(part: Element) -> str:
    return without_space("".join(node.text or "" for node in part.iter(W + "t"))[: 2 * _LONGEST])
