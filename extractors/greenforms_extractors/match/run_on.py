"""Values into which the next label runs: `王工 联系电话：0471-…` in one cell. They end where that label begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.flow import Flow
from greenforms_extractors.match.layout import Label, Layout
from greenforms_extractors.match.result import Found
from greenforms_extractors.match.spelling import raw_pattern

#: The label that runs on is one of so many that the form prints next.
_NEXT = 3


class RunOn:
    """The labels of a layout that have no place of their own in a document; `placed` are the others, by number."""

    def __init__(self, layout: Layout, placed: Iterable[int]) -> None:
        repeated = {number for loop in layout.outline.loops for number in range(loop.start, loop.end)}
        gone = {*placed, *repeated}
        self._labels = {
            number: anchor
            for number, anchor in enumerate(layout.anchors)
            if number not in gone and isinstance(anchor, Label) and anchor.after and not anchor.pattern
        }

    def parted(self, found: Found, anchor: int) -> Iterator[Found]:
        """What was found for an anchor, with what belongs to the labels behind it in places of their own."""
        rest, place = found, anchor
        while (cut := self._next(rest.raw, place) if rest.slot.flow is Flow.TEXT else None) is not None:
            number, begins, ends = cut
            yield replace(rest, raw=rest.raw[:begins].rstrip())
            printed = rest.raw[begins:ends]
            slot = self._labels.pop(number).after[0]
            rest, place = replace(rest, slot=slot, raw=rest.raw[ends:], label=printed), number
        yield rest

    def _next(self, text: str, anchor: int) -> tuple[int, int, int] | None:
        """The first label that begins inside a text, by number, with where it stands with its colon."""
        cuts = [
            (found.start(), -len(fold_label(label)), number, found.end())
            for number in range(anchor + 1, anchor + 1 + _NEXT)
            if number in self._labels
            for label in self._labels[number].texts
            if len(fold_label(label)) > 1 and (found := _inside(label).search(text))
        ]
        if not cuts:
            return None
        begins, _, number, ends = min(cuts)
        return number, begins, ends


def _inside(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=\S)\s*{raw_pattern(label)}\s*[:：]")
