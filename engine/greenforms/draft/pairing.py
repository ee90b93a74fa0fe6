"""Pairs the labels of a blank with the places they name, and finds what is asked for more than once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from greenforms.draft import wording as w
from greenforms.draft.cells import asked_of
from greenforms.draft.grid import Grid
from greenforms.draft.lines import gaps_in
from greenforms.draft.outline import Asked, Item, Outline, Place
from greenforms.draft.tables import TableReader
from greenforms.draft.unread import vacant_cells
from greenforms.place import describe
from greenforms_extractors.model import Block, Document, Paragraph, Table

_ANNEX = re.compile(r"\s*附\s*(?:件|表|录)\s*[\d一二三四五六七八九十]*\s*[:：]?\s*")
_HEADLINE = 40


def outline_of(document: Document) -> Outline:
    """What a blank asks for."""
    reader = _Reader(document.blocks)
    items = tuple(reader.items())
    outline = Outline(title_of(document), items)
    return replace(outline, unread=(*reader.unread, *vacant_cells(document, outline)))


def title_of(document: Document) -> str:
    """The title of a blank: its first text that is no number of an annex."""
    for block in document.blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
        for text in texts:
            printed = w.NAMES_LEFT_OPEN.sub("", text, count=1) if w.NAMES_LEFT_OPEN.match(text) else text
            if printed.strip() and not _ANNEX.fullmatch(printed) and not gaps_in(printed):
                return "".join(printed.split())
    return ""


class _Reader:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self.unread: list[str] = []

    def items(self) -> Iterator[Item]:
        for number, block in enumerate(self._blocks):
            if isinstance(block, Table):
                yield from TableReader(Grid(block), number, self._text(number, -1)).items()
            else:
                yield from self._line(block, number)

    def _line(self, line: Paragraph, number: int) -> Iterator[Asked]:
        text = line.text
        if self._goes_on(number):
            return
        if (label := self._heading_before(number)) and (not text.strip() or w.PROMPT.fullmatch(text)):
            if w.SEAL.fullmatch(text.strip()):
                return
            yield Asked(label, Place(number, None, 0, 0, len(text)), text)
            return
        found = gaps_in(text, self._text(number, -1), self._text(number, 1))
        if not found and w.LINE.search(text):
            self.unread.append(f"{describe(line.origin)}：“{text.strip()[:30]}”有要填写的横线，没有找到它的标签")
        for gap in found:
            whole = not (text[: gap.start] + text[gap.end :]).strip()
            yield asked_of(gap, Place(number, None, 0, gap.start, gap.end, whole))

    def _goes_on(self, number: int) -> bool:
        """Whether a printed line only gives more room to the one above it."""
        block, before = self._blocks[number], self._blocks[number - 1] if number else None
        return (
            isinstance(block, Paragraph)
            and isinstance(before, Paragraph)
            and bool(w.LINE.fullmatch(block.text.strip()))
            and bool(w.LINE.fullmatch(before.text.strip()))
        )

    def _heading_before(self, number: int) -> str:
        """The numbered heading right above a paragraph that nothing else stands under."""
        before = self._blocks[number - 1] if number else None
        if not isinstance(before, Paragraph) or not self._heads(before.text):
            return ""
        here = self._blocks[number]
        after = self._blocks[number + 1] if number + 1 < len(self._blocks) else None
        prompted = isinstance(here, Paragraph) and bool(here.text.strip())
        if not prompted and isinstance(after, Paragraph) and after.text.strip() and not w.NUMBERED.match(after.text):
            return ""
        if not prompted and isinstance(after, Table):
            return ""
        return w.tidy(before.text)

    def _heads(self, text: str) -> bool:
        bare = text.strip()
        ends = bare.endswith((":", "："))
        return (
            len(w.core(bare)) > 1
            and len(bare) <= _HEADLINE
            and not w.LINE.search(bare)
            and bool(w.NUMBERED.match(bare) or ends)
            and not bare.endswith(("。", "；", "，"))
        )

    def _text(self, number: int, step: int) -> str:
        """The text of the paragraph before or after a block, empty ones passed over before."""
        at = number + step
        while 0 <= at < len(self._blocks):
            block = self._blocks[at]
            if not isinstance(block, Paragraph):
                return ""
            if block.text.strip() or step > 0:
                return block.text
            at += step
        return ""
