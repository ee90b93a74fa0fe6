"""Puts the blocks of pages one behind the other; a paragraph that goes on over the page break stays one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from greenforms_extractors.model import Block, Legibility, Paragraph
from greenforms_extractors.text_lines import Run, joined


class Flow:
    """The blocks of a document, page by page."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._last: Run | None = None
        self._asides: list[Paragraph] = []

    def add_page(
        self, page: Iterable[tuple[Block, Run | None]], asides: Iterable[Paragraph] = (), *, keeps_spaces: bool
    ) -> None:
        """Take the blocks of the next page, each paragraph of running text with the lines it was made of.

        `asides` are texts in its margins.
        """
        self._asides += asides
        for number, (block, run) in enumerate(page):
            previous = self._blocks[-1] if self._blocks else None
            if number == 0 and self._last and run and self._last.goes_on_in(run) and isinstance(previous, Paragraph):
                text = joined(previous.text, run.text, keeps_spaces=keeps_spaces)
                self._blocks[-1] = replace(
                    previous,
                    text=text,
                    confidence=min(previous.confidence, run.confidence),
                    legibility=_both(previous, block),
                    rest=(*previous.rest, block.origin),
                )
            else:
                self._blocks.append(block)
            self._last = run

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in reading order."""
        return tuple(self._blocks)

    @property
    def asides(self) -> tuple[Paragraph, ...]:
        """All texts in margins."""
        return tuple(self._asides)


def _both(paragraph: Paragraph, rest: Block) -> Legibility | None:
    """How well a paragraph and its rest on the next page were read together."""
    if not isinstance(rest, Paragraph) or rest.legibility is None:
        return paragraph.legibility
    return rest.legibility & paragraph.legibility
