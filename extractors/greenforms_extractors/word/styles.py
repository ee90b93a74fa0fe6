"""Styles of a Word document, as far as they say what is shown: hidden and crossed-out text, automatic numbers.

ECMA-376 part 1, clause 17.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from greenforms_extractors.safe_xml import Element
from greenforms_extractors.word.markup import W, is_on, value

#: No style is based on so many others.
_LONGEST_CHAIN = 64
_CONTENTS = re.compile(r"toc \d", re.IGNORECASE)
_LINES = (W + "strike", W + "dstrike")


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str
    hidden: bool
    #: Whether text is crossed out by one line, and by two; None where the style does not say.
    struck: tuple[bool | None, ...]
    #: Whether it is that of entries of a table of contents.
    contents: bool
    numbering: Element | None


class Styles:
    """What the reader needs of styles.xml: which styles hide or cross out text and which carry a number."""

    def __init__(self, root: Element | None) -> None:
        nodes = [] if root is None else list(root.iterfind(f"{W}style"))
        self._styles = {node.get(W + "styleId", ""): _style(node) for node in nodes}
        self._cross_out = any(any(style.struck) for style in self._styles.values())
        self._usual = next((node.get(W + "styleId") for node in nodes if _is_usual(node)), None)

    def hides(self, style: str | None) -> bool:
        """Whether text of this style is hidden."""
        return any(each.hidden for each in self._chain(style))

    def is_of_contents(self, style: str | None) -> bool:
        """Whether this is the style of entries of a table of contents."""
        return any(each.contents for each in self._chain(style))

    def strikes(self, paragraph: Element | None, run: Element | None) -> bool:
        """Whether a run with these properties is crossed out in this paragraph.

        A line switched on by one style and again by another is off (clause 17.7.3); what the run itself says holds.
        """
        styles: tuple[str | None, ...] = ()
        if self._cross_out and paragraph is not None:
            of_paragraph = value(paragraph, f"{W}pPr/{W}pStyle") or self._usual
            styles = (of_paragraph, value(run, W + "rStyle"), _table_style(paragraph))
        for number, line in enumerate(_LINES):
            if run is not None and run.find(line) is not None:
                if is_on(run, line):
                    return True
            elif sum(self._is_struck(style, number) for style in styles) % 2:
                return True
        return False

    def numbering(self, style: str | None) -> Element | None:
        """The `w:numPr` that a paragraph style gives."""
        return next((each.numbering for each in self._chain(style) if each.numbering is not None), None)

    def _is_struck(self, style: str | None, number: int) -> bool:
        return bool(
            next((each.struck[number] for each in self._chain(style) if each.struck[number] is not None), False)
        )

    def _chain(self, style: str | None) -> Iterator[_Style]:
        """A style and those it is based on."""
        for _ in range(_LONGEST_CHAIN):
            found = self._styles.get(style or "")
            if not style or found is None:
                return
            yield found
            style = found.based_on


def _style(node: Element) -> _Style:
    properties = node.find(W + "rPr")
    struck = tuple(
        None if properties is None or properties.find(line) is None else is_on(properties, line) for line in _LINES
    )
    hidden = is_on(node, f"{W}rPr/{W}vanish")
    contents = _CONTENTS.fullmatch(value(node, f"{W}name") or "") is not None
    return _Style(value(node, f"{W}basedOn") or "", hidden, struck, contents, node.find(f"{W}pPr/{W}numPr"))


def _is_usual(node: Element) -> bool:
    """Whether a style is that of paragraphs which name none."""
    return node.get(W + "type") == "paragraph" and node.get(W + "default") in {"1", "true", "on"}


def _table_style(paragraph: Element) -> str | None:
    """The style of the table around a paragraph."""
    return value(next(paragraph.iterancestors(W + "tbl"), None), f"{W}tblPr/{W}tblStyle")
