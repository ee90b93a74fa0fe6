"""The prompts of content controls, told from what people typed.

A control that shows its prompt says so (`w:showingPlcHdr`, ECMA-376 part 1, clause 17.5.2.39). But other programs than
Word let people type over the prompt and leave the flag, so the text itself has to say what it is: the prompt that the
document's glossary holds for its controls (17.12), or one of those that Word and WPS put there of themselves.
"""

from __future__ import annotations

import re

from greenforms_extractors.folding import without_space
from greenforms_extractors.ooxml import Package
from greenforms_extractors.prompt_texts import LONGEST_PROMPT, is_usual_prompt
from greenforms_extractors.safe_xml import Element
from greenforms_extractors.word.markup import W, value

#: A prompt that a form's author wrote: [单位名称].
_BRACKETED = re.compile(r"\[[^\[\]]{1,20}\]")


class Prompts:
    """The prompts of one document."""

    def __init__(self, package: Package, part: str) -> None:
        glossary = package.related(part, "glossaryDocument")
        root = package.xml(glossary) if glossary else None
        parts = () if root is None else root.iterfind(f"{W}docParts/{W}docPart")
        self._own = {_text(part) for part in parts if value(part, _GALLERY) == "placeholder"}

    def shown(self, text: str) -> bool:
        """Whether a text in a control that says it shows its prompt is a prompt, or nothing at all."""
        bare = without_space(text[: 2 * LONGEST_PROMPT])
        return not bare or bare in self._own or is_usual_prompt(bare) or _BRACKETED.fullmatch(bare) is not None


_GALLERY = f"{W}docPartPr/{W}category/{W}gallery"


def _text(part: Element) -> str:
    return without_space("".join(node.text or "" for node in part.iter(W + "t"))[: 2 * LONGEST_PROMPT])
