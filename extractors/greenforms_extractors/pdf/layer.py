"""Whether the text of a PDF page can be believed: how it is drawn, what it says, and, in doubt, how the page looks.

A page that raises no doubt is not drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from greenforms_extractors.folding import fold_label
from greenforms_extractors.pdf.chars import Char, Corner, box_of, by_font, is_upright, lost, strange_fonts, stretches
from greenforms_extractors.pdf.sheet import HALF, Drawn, Sheet

#: text: to be read as it is written. blank: nothing on it. scan: what it says is in a picture. The rest is text not to
#: be believed: hidden, as copiers lay it under a scan; garbled; running up or down the page; or impossible to parse.
Judgement = Literal["text", "blank", "scan", "hidden", "garbled", "sideways", "unparsed"]

#: A share of hidden text that is no accident where a picture fills the page.
_SOME = 0.1
#: A page with fewer characters may be no more than a page number or a stamp.
_FEW = 30
_MANY_STROKES = 200
#: A picture as large as the page is its paper: hardly any text may be in it alone.
_WHOLE, _LITTLE = 0.8, 0.15
#: Lines of a font compared with what is seen, and how like each other they must be.
_COMPARED, _ALIKE = 5, 0.6


class Judge:
    """Judges the pages of one file in turn, remembering the fonts that were found garbled."""

    def __init__(self) -> None:
        self._distrusted: set[str] = set()

    def judged(self, page: Any | None, sheet: Sheet) -> Judgement:
        """How a page opened with pdfplumber is to be read; `sheet` is the same page as it looks."""
        drawn = sheet.drawn
        if drawn.is_blank:
            return "blank"
        if page is None:
            return "unparsed"
        shown, hidden = _counted(page, drawn)
        if hidden > shown or (hidden > _SOME * shown and _pictured(page) > HALF):
            return "hidden"
        chars = [char for char in page.chars if not char["text"].isspace()] if shown else []
        if not chars:
            return "scan"
        if 2 * sum(map(is_upright, chars)) < len(chars):
            return "sideways"
        if self._is_garbled(chars, corner(page), sheet):
            return "garbled"
        return "scan" if _is_scan(page, chars, sheet) else "text"

    def _is_garbled(self, chars: Sequence[Char], origin: Corner, sheet: Sheet) -> bool:
        """Whether characters are lost or wrong. Lost ones only count where something is to be seen."""
        if sum(sheet.has_ink(box_of(char, origin)) for char in lost(chars)) > 1:
            return True
        strange = strange_fonts(chars)
        wrong = set()
        for font, own in by_font(chars).items():
            if (font in strange or font in self._distrusted) and not _is_confirmed(own, chars, origin, sheet):
                wrong.add(font)
        self._distrusted |= wrong
        return bool(wrong)


def corner(page: Any) -> Corner:
    """Where the seen part of a page begins in the coordinates of its text, from the left and from the top."""
    return max(page.cropbox[0], page.mediabox[0]), max(page.cropbox[1], page.mediabox[1])


def _is_confirmed(chars: Sequence[Char], all_chars: Sequence[Char], origin: Corner, sheet: Sheet) -> bool:
    """Whether some lines of a font read on the page as they are written; a few single characters cannot be told."""
    from rapidfuzz.distance import Levenshtein

    lines = sorted(stretches(chars, origin), key=lambda line: -len(line[0]))[:_COMPARED]
    if not lines:
        return len(chars) < _FEW or _are_seen({char["text"] for char in chars}, all_chars, origin, sheet)
    alike = 0.0
    for text, box in lines:
        alike += len(text) * Levenshtein.normalized_similarity(fold_label(text), fold_label(sheet.says(box)))
    return alike > _ALIKE * sum(len(text) for text, _ in lines)


def _are_seen(signs: set[str], chars: Sequence[Char], origin: Corner, sheet: Sheet) -> bool:
    """Whether the characters of a font that stand singly among others are seen on the lines they are written in."""
    written = [(sum(sign in signs for sign in text), text, box) for text, box in stretches(chars, origin)]
    lines = sorted(written, key=lambda line: -line[0])[:_COMPARED]
    seen = 0
    for _, text, box in lines:
        said = sheet.says(box)
        seen += sum(sign in signs and sign in said for sign in text)
    return seen > _ALIKE * sum(count for count, _, _ in lines)


def _counted(page: Any, drawn: Drawn) -> tuple[int, int]:
    """The pieces of text to be seen and those not to be seen; a picture with a mask hides nothing."""
    masked = drawn.under and any(_is_masked(image) for image in page.images if _share(page, image) > HALF)
    if masked:
        return drawn.shown + drawn.under, drawn.hidden
    return drawn.shown, drawn.hidden + drawn.under


def _share(page: Any, image: Mapping[str, Any]) -> float:
    """The share of the page that a picture covers."""
    return float((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) / max(page.width * page.height, 1))


def _pictured(page: Any) -> float:
    return sum(_share(page, image) for image in page.images)


def _is_masked(image: Mapping[str, Any]) -> bool:
    """Whether a picture lets through what is under it."""
    attributes = image["stream"].attrs
    return bool(image.get("imagemask")) or "SMask" in attributes or "Mask" in attributes


def _is_scan(page: Any, chars: Sequence[Char], sheet: Sheet) -> bool:
    """Whether much of what the page says is in a picture or drawn as outlines, the text being a stamp or a filling."""
    pictured = _pictured(page)
    outlined = len(chars) < _FEW and sheet.drawn.strokes > _MANY_STROKES
    if pictured < HALF and not outlined:
        return False
    missed = sheet.unaccounted([box_of(char, corner(page)) for char in chars])
    return missed > (_LITTLE if pictured > _WHOLE else HALF)
