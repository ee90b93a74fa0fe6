"""How wide printed text is and where its lines break, in thousandths of its size.

Widths are those of the faces that official forms are printed in: full-width characters fill their square, Latin ones
are as wide as in Times.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

#: The width of a full-width character.
FULL = 1000
#: The room left where Latin and Chinese characters meet.
_GAP = 250
#: As wide as a character ever is with the room beside it.
WIDEST = FULL + _GAP
#: How much narrower text may be set, in percent: to keep a word whole, and to save a line.
_NARROWEST, _NARROW = 60, 80
#: Room left in a line, in percent of its width, for faces that are a little wider.
_SPARE = 2
#: Latin characters of Times, by width.
_TIMES = {
    250: " .,",
    278: "/:;ijlt\\",
    333: "!()-[]`fIrsJ",
    408: '"',
    444: "?acez",
    500: "#$0123456789_bdghknopquvxy*",
    541: "^~",
    556: "PSF",
    564: "+<=>|{}",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYw",
    778: "&m",
    833: "%",
    889: "M",
    921: "@W",
}


class _Widths(dict[str, int]):
    """The width of each character, those outside the table by its East Asian width (UAX #11)."""

    def __missing__(self, char: str) -> int:
        self[char] = width = FULL // 2 if unicodedata.east_asian_width(char) in ("N", "Na", "H") else FULL
        return width


_WIDTHS = _Widths({char: width for width, chars in _TIMES.items() for char in chars})
#: Where Latin and Chinese characters meet.
_MEETING = re.compile(r"(?<=[0-9A-Za-z])(?=[^\W\x00-\x7f])|(?<=[^\W\x00-\x7f])(?=[0-9A-Za-z])")
_PAIR = 2
#: What no line begins or ends with (GB/T 15834).
_CLOSING = "，。、；：？！）》」』】〕”\u2019,.;:?!)]}%"
_OPENING = "（《「『【〔“\u2018([{"
#: What stays together in a line: Latin words and figures up to a hyphen, else one character.
_WORD = re.compile(r"[!-,.-~]*-(?=[!-~])|[!-~]+|\s+|.", re.DOTALL)
#: A text of which each character may begin a line.
_LOOSE = re.compile(rf"[^\s!-~{re.escape(_CLOSING + _OPENING)}]*")
_SEVERAL = re.compile(r"[^、]+、?|、")

Words = Sequence[str]


class _Alike(dict[int, int]):
    """Ideographs are as wide as each other and break alike, and so are figures."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        self[code] = alike = ord("中" if "一" <= char <= "鿿" else "0" if "0" <= char <= "9" else char)
        return alike


_ALIKE = _Alike()


def alike(text: str) -> str:
    """A text with what is measured alike made alike: what is known of one text is known of all that are alike."""
    return text.translate(_ALIKE)


def words(text: str) -> Words:
    """What a line does not part."""
    if _LOOSE.fullmatch(text):
        return list(text)
    found: list[str] = []
    for piece in _WORD.findall(text):
        if found and (piece[0] in _CLOSING or found[-1][-1] in _OPENING):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def whole(text: str) -> Words:
    """The values of a text that no line parts, several of them joined by 、."""
    return _SEVERAL.findall(text)


def lines(parts: Words, room: int) -> list[str]:
    """The lines of a text in a column of a width."""
    starts = _starts(_steps(parts), room)
    return ["".join(parts[one:other]) for one, other in pairwise([*starts, len(parts)])]


def narrowing(paragraphs: Sequence[Words], room: int) -> int:
    """How wide the paragraphs of a cell are set, in percent: 100 where all is well as it is.

    Narrower where a word is wider than the column, or where the last line holds one character and can be saved. What
    does not fit at the narrowest is left to break.
    """
    measured = [(parts, _steps(parts)) for parts in paragraphs]
    widest = max((own for _, steps in measured for own, _ in steps), default=0)
    scale = min(100, max(_NARROWEST, 100 * usable(room) // widest)) if widest else 100
    tried = range(scale, min(scale, _NARROW) - 1, -1)
    rooms = (room, usable(room))
    return next((each for each in tried if all(_well(measured, own * 100 // each) for own in rooms)), scale)


def usable(room: int) -> int:
    """What of a line is filled, so that slightly wider faces fit, too."""
    return room * (100 - _SPARE) // 100


#: The width of each part, and how much longer a line becomes by it.
_Steps = Sequence[tuple[int, int]]


def _steps(parts: Words) -> _Steps:
    widths = [extent(part) for part in parts]
    if "".join(parts).isascii():
        return list(zip(widths, widths, strict=True))
    gaps = [0, *(_gap(one[-1], other[0]) for one, other in pairwise(parts))]
    return [(width, width + gap) for width, gap in zip(widths, gaps, strict=False)]


def _starts(steps: _Steps, room: int) -> list[int]:
    """The part that each line begins with."""
    starts, width = [0], 0
    for at, (own, more) in enumerate(steps):
        if not at:
            width = own
        elif width + more > room:
            starts.append(at)
            width = own
        else:
            width += more
    return starts


def _well(paragraphs: Sequence[tuple[Words, _Steps]], room: int) -> bool:
    """Whether no last line of several holds but one character."""
    for parts, steps in paragraphs:
        last = _starts(steps, room)[-1]
        if last and extent("".join(parts[last:]).rstrip(_CLOSING)) <= FULL:
            return False
    return True


def extent(text: str) -> int:
    """How wide a text is in one line."""
    width = sum(map(_WIDTHS.__getitem__, text))
    return width if len(text) < _PAIR or text.isascii() else width + _GAP * len(_MEETING.findall(text))


def _gap(one: str, other: str) -> int:
    return _GAP if one.isascii() != other.isascii() and one.isalnum() and other.isalnum() else 0
