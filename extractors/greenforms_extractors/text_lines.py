"""From the glyphs of a page to lines, and from lines to paragraphs, printed or recognised.

Where the PDF is tagged (ISO 32000-1, clause 14.8) the tags say which lines are one paragraph. Elsewhere it is worked
out: a line that ends although the next word would have fitted ends a paragraph; so does one before an indented line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from greenforms_extractors.page_numbers import is_page_number

Box = tuple[float, float, float, float]

#: What may not begin a line in Chinese setting, so it moves to the next line together with the sign before it.
_NOT_FIRST = "，。、；：？！）〕】》”％%℃,.;:?!)]"
_SENTENCE_ENDS = "。！？：；"
_NUMBERED = re.compile(r"[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|[（(]?\d{1,2}[）).．、](?!\d)")
#: The number of a numbered line; behind figures a year may stand: 3.2024年.
_COUNT = re.compile(
    r"\s*(?:[（(]?\d{1,2}[）).．、](?:(?!\d)|(?=(?:19|20)\d\d\s*年))|[（(]?[一二三四五六七八九十][）)、])"
)
_NUMERALS = "一二三四五六七八九十"
#: A page number that stands alone begins below this share of the page: a page in a photo may end in something else.
_FOOT = 0.8
#: A table of contents: its heading, what ends its entries, and what parts a page from them beyond doubt.
_CONTENTS = ("目录", "目次")
_PAGED = re.compile(r".*\w.*?(?<!\d)(\d{1,3})\s*")
_LED = re.compile(r".*\w.*?(?:(?:[.．·⋅]\s?){6}|[…⋯]{3})[.．·⋅…⋯\s]*\d{1,3}\s*")
_FEWEST_ENTRIES = 3
#: The heading of a chapter; a line that begins with a label of its own.
_CHAPTER = re.compile(r"[一二三四五六七八九十]+、")
_LABELLED = re.compile(r"\s*[\u4e00-\u9fff（）() ]{2,10}[：:]")
_NOT_LAST = "（〔【《“(["
_WORD = re.compile(rf"[{re.escape(_NOT_LAST)}]*(?:[A-Za-z0-9@._/+\-]+|.)[{re.escape(_NOT_FIRST)}]*")

#: What no program breaks for certain: up to a space or between two ideographs; nor do they break behind a space that
#: such a sign follows (Unicode Standard Annex #14, LB13). Inside one tagged paragraph a break is only taken for a typed
#: one when all of this had room.
_CHUNK = re.compile(rf"\S*?[\u4e00-\u9fff](?=[\u4e00-\u9fff])|\S+(?:\s+[{re.escape(_NOT_FIRST)}/}}]\S*)*")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as drawn; `key` names its paragraph in the tags of the file, None without tags."""

    text: str
    box: Box
    size: float
    key: int | None

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `text` keeps a space that the file has at the line's end.

    `confidence` is below 1 where the text was recognised from a picture.
    """

    text: str
    box: Box
    size: float
    keys: frozenset[int] = frozenset()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """Lines joined to one paragraph; `keys` are those of its lines, `confidence` is that of its worst.

    `flush`: it begins at the left edge, without indent. `full`: it ends at the right edge, and not with a sentence.
    """

    text: str
    box: Box
    keys: frozenset[int]
    flush: bool
    full: bool
    confidence: float = 1.0

    def goes_on_in(self, other: Run) -> bool:
        """Whether the first paragraph of the next page is the rest of this one."""
        if self.keys and other.keys:
            return bool(self.keys & other.keys)
        return self.full and other.flush and not _counts_on(self.text, other.text)


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Group glyphs into lines from top to bottom. Large glyphs found the lines, so that m³ stays in one."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (-round(glyph.size, 1), glyph.box[1])):
        middle = glyph.middle[1]
        for group in groups:
            if group[0].box[1] <= middle <= group[0].box[3]:
                group.append(glyph)
                break
        else:
            groups.append([glyph])
    lines = [_line(group) for group in groups if any(not glyph.text.isspace() for glyph in group)]
    return sorted(lines, key=lambda line: (line.box[1], line.box[0]))


def _line(group: list[Glyph]) -> Line:
    ordered = sorted(group, key=lambda glyph: glyph.box[0])
    parts: list[str] = []
    last: Glyph | None = None
    for glyph in ordered:
        if last is not None and _gap(last, glyph):
            parts.append(" ")
        parts.append(glyph.text)
        last = glyph
    seen = [glyph for glyph in group if not glyph.text.isspace()]
    keys = frozenset(glyph.key for glyph in seen if glyph.key is not None)
    return Line("".join(parts), around([glyph.box for glyph in seen]), group[0].size, keys)


def _gap(left: Glyph, right: Glyph) -> bool:
    """Whether two neighbours stand so far apart that a reader sees a space."""
    if left.text.isspace() or right.text.isspace():
        return False
    latin = left.text.isascii() and right.text.isascii()
    return right.box[0] - left.box[2] > (0.25 if latin else 0.5) * max(left.size, right.size)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around boxes."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def without_page_numbers(lines: Sequence[Line], height: float) -> list[Line]:
    """The lines of a page of this height but for those that only tell pages.

    These are its own number at its top or bottom, and the entries of a table of contents, whose texts stand elsewhere.
    """
    contents = _entries_of_contents(lines)
    return [
        line
        for number, line in enumerate(lines)
        if number not in contents and not _is_page_number(number, lines, height)
    ]


def _entries_of_contents(lines: Sequence[Line]) -> frozenset[int]:
    """Which lines are a table of contents: what stands below that word, and several with leaders.

    Their pages never go back. A single line with leaders may be a fill line of dots with a figure on it.
    """
    led = [number for number, line in enumerate(lines) if _LED.fullmatch(line.text)]
    pages = [_page_told(lines[number]) for number in led]
    found = set(led) if len(pages) >= _FEWEST_ENTRIES and pages == sorted(pages) else set()
    for number, line in enumerate(lines):
        if re.sub(r"\s", "", line.text) in _CONTENTS:
            found |= _below(lines, number + 1)
    return frozenset(found)


def _below(lines: Sequence[Line], start: int) -> set[int]:
    """The entries that stand from a line on; one that is too long for a line tells its page in the next."""
    found: set[int] = set()
    last = 0
    for number in range(start, len(lines)):
        page = _page_told(lines[number])
        if page >= max(last, 1):
            found |= set(range(max(found, default=start - 1) + 1, number + 1))
            last = page
        elif number - max(found, default=start - 1) > 1:
            break
    return found


def _page_told(line: Line) -> int:
    """The page at the end of an entry; 0 where there is none."""
    told = _PAGED.fullmatch(line.text)
    return int(told[1]) if told else 0


def _is_page_number(number: int, lines: Sequence[Line], height: float) -> bool:
    """Whether a line is no more than a number, in the margin or, as the last of all, far below the text."""
    line = lines[number]
    if not is_page_number(line.text):
        return False
    if not 0.1 * height < line.box[1] < 0.88 * height:
        return True
    gap = line.box[1] - lines[number - 1].box[3] if number else 0.0
    return number == len(lines) - 1 and line.box[1] > _FOOT * height and gap > line.size


def right_edge(lines: Sequence[Line], page_width: float) -> float:
    """Where running text ends on a page: where several lines end, else as far from the right as it begins.

    A comma may hang beyond the edge, so it is where most of the longest lines end, not where the very longest does.
    """
    if not lines:
        return page_width
    size = median(line.size for line in lines)
    widest = max(line.box[2] for line in lines)
    ends = [line.box[2] for line in lines if widest - line.box[2] < 1.2 * size]
    together = [sum(abs(other - end) < 0.35 * size for other in ends) for end in ends]
    if max(together) >= 3:
        return max(end for end, count in zip(ends, together, strict=True) if count == max(together))
    return max(widest, page_width - min(line.box[0] for line in lines))


def left_edge(lines: Sequence[Line]) -> float:
    """Where the text begins that begins furthest to the left."""
    return min((line.box[0] for line in lines), default=0.0)


def runs_of(lines: Sequence[Line], left: float, right: float, *, keeps_spaces: bool) -> Iterator[Run]:
    """Join lines into paragraphs between two edges.

    `keeps_spaces`: the file writes a space at a line's end where the text has one.
    """
    current: list[Line] = []
    text = ""
    for line in lines:
        if current and _same_paragraph(current, line, left, right):
            forced = _would_fit(current[-1], line, left, right, _CHUNK)
            text = f"{text.rstrip(' ')}\n{line.text}" if forced else joined(text, line.text, keeps_spaces=keeps_spaces)
            current.append(line)
            continue
        if current:
            yield _run(current, text, left, right)
        current, text = [line], line.text
    if current:
        yield _run(current, text, left, right)


def _run(lines: Sequence[Line], text: str, left: float, right: float) -> Run:
    keys = frozenset().union(*(line.keys for line in lines))
    first, last = lines[0], lines[-1]
    set_right = last.box[0] - left > (right - left) / 2  # as 日期 below a signature, which goes on nowhere
    full = right - last.box[2] < 1.2 * last.size and not set_right and text.rstrip()[-1:] not in _SENTENCE_ENDS
    box, flush = around([line.box for line in lines]), first.box[0] - left < first.size
    return Run(text.strip(" "), box, keys, flush, full, min(line.confidence for line in lines))


def _same_paragraph(current: Sequence[Line], line: Line, left: float, right: float) -> bool:
    last = current[-1]
    if last.keys and line.keys:
        return bool(last.keys & line.keys)
    if _is_open(current):
        return line.box[1] - last.box[3] < 2 * last.size
    if _would_fit(last, line, left, right) or abs(last.size - line.size) > 0.15 * last.size or _opens(last, line):
        return False
    if line.box[1] - last.box[3] > 1.2 * last.size:
        return False
    if _LABELLED.match(last.text) and _LABELLED.match(line.text):
        return False
    if _counts_on(current[0].text, line.text):
        return False
    if _CHAPTER.match(line.text) and right - line.box[2] > 3 * line.size:
        return False
    if _set_apart(last, line, left) and not (_centred(last, left, right) and _centred(line, left, right)):
        return False
    indented = line.box[0] - max(left, left_edge((*current, line))) > 1.5 * line.size and not _centred(
        line, left, right
    )
    hanging = len(current) > 1 and abs(line.box[0] - last.box[0]) < line.size
    return not indented or hanging


def _is_open(current: Sequence[Line]) -> bool:
    """Whether a bracket that began the text is not closed yet, so that it must go on."""
    text = "".join(line.text for line in current).lstrip().replace("(", "（").replace(")", "）")
    return text.startswith("（") and text.count("（") > text.count("）")


def _set_apart(last: Line, line: Line, left: float) -> bool:
    """Whether two lines stand far from the left edge and begin at different places, as 盖章 and the date below it."""
    return min(last.box[0], line.box[0]) - left > 4 * line.size and abs(last.box[0] - line.box[0]) > 0.6 * line.size


def _opens(last: Line, line: Line) -> bool:
    """Whether a line starts anew by its own look: typed indent, or a number behind the end of a sentence."""
    if line.text[:1].isspace():
        return True
    return last.text.rstrip()[-1:] in _SENTENCE_ENDS and _NUMBERED.match(line.text) is not None


def _counts_on(text: str, line: str) -> bool:
    """Whether a line bears the number that follows a paragraph's own, written in the same way: 2.… and 3.…"""
    one, other = _COUNT.match(text), _COUNT.match(line)
    if one is None or other is None:
        return False
    (number, way), (following, same_way) = _count(one[0]), _count(other[0])
    return way == same_way and following == number + 1


def _count(sign: str) -> tuple[int, str]:
    """What a number of a line counts, and the way it is written."""
    numeral = next((char for char in sign if char in _NUMERALS), "")
    if numeral:
        return _NUMERALS.index(numeral) + 1, sign.strip().replace(numeral, "一")
    figures = re.sub(r"\D", "", sign)
    return int(figures), sign.strip().replace(figures, "1")


def _would_fit(last: Line, line: Line, left: float, right: float, unbroken: re.Pattern[str] = _WORD) -> bool:
    """Whether the first word of a line had room at the end of the line before, so that the break was wanted."""
    word = unbroken.match(line.text.lstrip())
    first = word[0] if word else ""
    width = sum(0.5 if char.isascii() else 1.0 for char in first) * line.size
    room = right - last.box[2]
    # An indent of two characters with as much room left at the end is a first line, not a centred one.
    if _centred(last, left, right) and not 1.6 * last.size < last.box[0] - left < 2.4 * last.size:
        room *= 2
    return room > min(width, right - left) + 0.6 * line.size


def _centred(line: Line, left: float, right: float) -> bool:
    before, after = line.box[0] - left, right - line.box[2]
    return min(before, after) > 0.8 * line.size and abs(before - after) < 0.6 * line.size


def joined(text: str, rest: str, *, keeps_spaces: bool) -> str:
    """Two lines as one text: Chinese runs on; words are parted unless the file itself would show the space."""
    if keeps_spaces or text.endswith(" ") or rest.startswith(" "):
        return text + rest
    between = _is_word(text[-1:]) and _is_word(rest[:1])
    return f"{text} {rest}" if between else text + rest


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
