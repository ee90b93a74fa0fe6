"""Slots in single cells, and labels with the cells beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from greenforms.draft import wording as w
from greenforms.draft.lines import Gap, gaps_in, unit_behind
from greenforms.draft.outline import Asked, Place
from greenforms_extractors.model import Cell

#: Longer texts are notes and promises and name nothing.
_LONGEST_LABEL = 60
_NO_LABEL = re.compile(r"附\s*(?:件|表)\s*[\d一二三四五六七八九十]+|注\s*[:：]|填表说明|说明[:：]\s*\S")


def whole_cell(cell: Cell, block: int) -> Place:
    """The place of a cell that holds a slot and nothing else."""
    first = next((number for number, each in enumerate(cell.paragraphs) if each.text.strip()), 0)
    length = len(cell.paragraphs[first].text) if cell.paragraphs else 0
    return Place(block, cell, first, 0, length)


def asked_of(gap: Gap, place: Place, around: str = "") -> Asked:
    """What a gap in a line asks for."""
    return Asked(gap.label, place, gap.blank, around=around, hint=unit_behind(gap.behind))


def slots_within(cell: Cell, block: int) -> list[Asked]:
    """The slots that a cell of text holds in its lines."""
    found = []
    texts = [paragraph.text for paragraph in cell.paragraphs]
    for number, text in enumerate(texts):
        before = texts[number - 1] if number else ""
        after = texts[number + 1] if number + 1 < len(texts) else ""
        for gap in gaps_in(text, before, after):
            whole = not (text[: gap.start] + text[gap.end :]).strip()
            found.append(asked_of(gap, Place(block, cell, number, gap.start, gap.end, whole)))
    return found


def beside_labels(cells: Sequence[Cell], block: int, *, sheet: bool) -> Iterator[Asked]:
    """The slots of a row in which labels and places to be filled in stand side by side."""
    label: Cell | None = None
    around = ""
    for number, cell in enumerate(cells):
        text = cell.text.strip()
        follows = cells[number + 1] if number + 1 < len(cells) else None
        opens = follows is not None and w.is_vacant(follows.text) and not _is_note(text)
        if w.is_vacant(cell.text) and (label is not None or not text):
            if label is not None:
                yield Asked(label.text.strip(), whole_cell(cell, block), cell.text, around=around)
                around, label = label.text.strip(), None
            continue
        if not text or w.is_number_of_row(text):
            continue
        inside = [] if opens and (sheet or not _asks_itself(text)) else slots_within(cell, block)
        yield from inside
        around = label.text.strip() if label is not None else around
        label = cell if not inside and not _is_note(text) else None


def _asks_itself(text: str) -> bool:
    """Whether a text holds a place to be filled in before its end: the cell beside it is none of its own."""
    return any(gap.end > gap.start for gap in gaps_in(text))


def _is_note(text: str) -> bool:
    return len(text) > _LONGEST_LABEL or bool(_NO_LABEL.match(text))
