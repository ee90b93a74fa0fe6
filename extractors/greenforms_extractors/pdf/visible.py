"""What the eye sees of a PDF page: not what is crossed out, covered or a watermark, but what is typed over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from greenforms_extractors.pdf.annotations import Annotation
from greenforms_extractors.pdf.chars import Char, Corner, box_of
from greenforms_extractors.pdf.hidden_text import HIGHEST, LOWEST, covered, crossed_out
from greenforms_extractors.pdf.watermarks import watermarked
from greenforms_extractors.text_lines import Box, Glyph

#: How much of a text a remark quotes.
_QUOTED = 40
#: The share of a character under a line or a stamp; under a white ground it is spoilt by less.
_HALF, _DAMAGED = 0.5, 0.2


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be known of a page; `code` is that of the notice, `text` what it quotes."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Visible:
    """A page without what is not to be read: its rulings and characters, what was typed over it, what to say of it."""

    page: Any
    chars: tuple[Char, ...]
    typed: tuple[Glyph, ...]
    remarks: tuple[Remark, ...]


def visible(page: Any, notes: Sequence[Annotation], origin: Corner) -> Visible:
    """Look at a page; `notes` are its annotations, in points from its corner `origin`."""
    remarks: list[Remark] = []
    gone: set[int] = set()

    def leave_out(code: str, chars: Sequence[Char]) -> None:
        fresh = [char for char in chars if id(char) not in gone]
        gone.update(map(id, fresh))
        if any(not char["text"].isspace() for char in fresh):
            remarks.append(Remark(code, said(fresh)))

    leave_out("watermark", watermarked(page.chars))
    leave_out("covered-text", covered(page))
    strikes = crossed_out(page, [char for char in page.chars if id(char) not in gone])
    struck = [char for note in notes if note.kind == "strike" for char in _under(note, page.chars, origin, _HALF)]
    leave_out("crossed-out", [*strikes.chars, *struck])
    for note in notes:
        if note.opaque:
            leave_out("covered-text", list(_under(note, page.chars, origin, _DAMAGED)))
        if note.kind == "text":
            remarks.append(Remark("annotation", note.text[:_QUOTED]))
        elif note.kind == "other":
            under = [char for char in _under(note, page.chars, origin, _HALF) if id(char) not in gone]
            remarks.append(Remark("stamp", note.text[:_QUOTED] or said(under) or "无文字"))
    left = {id(line) for line in strikes.lines}
    return Visible(
        page.filter(lambda thing: id(thing) not in left) if left else page,
        tuple(char for char in page.dedupe_chars(tolerance=1).chars if id(char) not in gone),
        tuple(_moved(glyph, origin) for note in notes if note.kind == "text" for glyph in note.glyphs()),
        tuple(remarks),
    )


def said(chars: Sequence[Char]) -> str:
    """The text of characters, once where it is the same again and again, and not too much of it."""
    text = "".join(str(char["text"]) for char in chars).strip()
    size = next((size for size in range(1, len(text) // 2 + 1) if text[:size] * (len(text) // size) == text), len(text))
    return text[: min(size, _QUOTED)]


def _under(note: Annotation, chars: Sequence[Char], origin: Corner, share: float) -> Iterator[Char]:
    """The characters of which an annotation takes at least this share."""
    for char in chars:
        if any(_shared(box, box_of(char, origin)) >= share for box in note.boxes):
            yield char


def _shared(box: Box, char: Box) -> float:
    """The share of a character that lies in a box; one as flat as a line takes what it goes through."""
    left, top, right, bottom = box
    if bottom - top < (char[3] - char[1]) / 2:
        through = LOWEST > ((top + bottom) / 2 - char[1]) / max(char[3] - char[1], 1e-9) > HIGHEST
        top, bottom = (char[1], char[3]) if through else (top, top)
    across = min(right, char[2]) - max(left, char[0])
    down = min(bottom, char[3]) - max(top, char[1])
    area = (char[2] - char[0]) * (char[3] - char[1])
    return max(0.0, across) * max(0.0, down) / area if area > 0 else 0.0


def _moved(glyph: Glyph, origin: Corner) -> Glyph:
    left, top, right, bottom = glyph.box
    across, down = origin
    return Glyph(glyph.text, (left + across, top + down, right + across, bottom + down), glyph.size, glyph.key)
