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
_WIDTHS = {char: width for width, chars in _TIMES.items() for char in chars}
#: What no line begins or ends with (GB/T 15834).
_CLOSING = "，。、；：？！）》」』】〕”\u2019,.;:?!)]}%"
_OPENING = "（《「『【〔“\u2018([{"
#: What stays together in a line: Latin words and figures up to a hyphen, else one character.
_WORD = re.compile(r"[!-,.-~]*-(?=[!-~])|[!-~]+|\s+|.", re.DOTALL)
_SEVERAL = re.compile(r"[^、]+、?|、")

Words = Sequence[str]


def words(text: str) -> Words:
    """What a line does not part."""
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
    found, line, width = [], "", 0
    for part in parts:
        own = extent(part)
        more = own + (_gap(line[-1], part[0]) if line else 0)
        if line and width + more > room:
            found.append(line)
            line, width, more = "", 0, own
        line += part
        width += more
    return [*found, line]


def narrowing(paragraphs: Sequence[Words], room: int) -> int:
    """How wide the paragraphs of a cell are set, in percent: 100 where all is well as it is.

    Narrower where a word is wider than the column, or where the last line holds one character and can be saved. What
    does not fit at the narrowest is left to break.
    """
    widest = max((extent(part) for parts in paragraphs for part in parts), default=0)
    scale = min(100, max(_NARROWEST, 100 * usable(room) // widest)) if widest else 100
    tried = range(scale, min(scale, _NARROW) - 1, -1)
    rooms = (room, usable(room))
    return next((each for each in tried if all(_well(paragraphs, own, each) for own in rooms)), scale)


def usable(room: int) -> int:
    """What of a line is filled, so that slightly wider faces fit, too."""
    return room * (100 - _SPARE) // 100


def _well(paragraphs: Sequence[Words], room: int, scale: int) -> bool:
    """Whether no last line of several holds but one character."""
    laid = [lines(parts, room * 100 // scale) for parts in paragraphs]
    return all(len(each) < 2 or extent(each[-1].rstrip(_CLOSING)) > FULL for each in laid)


def extent(text: str) -> int:
    """How wide a text is in one line."""
    return sum(map(_width, text)) + sum(_gap(one, other) for one, other in pairwise(text))


def _gap(one: str, other: str) -> int:
    return _GAP if one.isascii() != other.isascii() and one.isalnum() and other.isalnum() else 0


def _width(char: str) -> int:
    return _WIDTHS.get(char) or (FULL // 2 if unicodedata.east_asian_width(char) in ("N", "Na", "H") else FULL)
