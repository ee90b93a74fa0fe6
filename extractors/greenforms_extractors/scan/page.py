"""One page that is a picture: upright, straight, clean, ruled, recognised, and put together as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from greenforms_extractors.model import Block, Cell, Legibility, PageOrigin, Paragraph, Picture, Table
from greenforms_extractors.scan import ink as cleaning
from greenforms_extractors.scan.checkboxes import may_have_marks, stroke, with_dashes, with_marks
from greenforms_extractors.scan.deskew import straightened
from greenforms_extractors.scan.dotted_rulings import faint_rules, wiped
from greenforms_extractors.scan.figures import figures
from greenforms_extractors.scan.fold_lines import creases
from greenforms_extractors.scan.grid import RuledTable, frames, tables
from greenforms_extractors.scan.legibility import Seen, legibility
from greenforms_extractors.scan.line_crops import Piece, inner_box, pieces
from greenforms_extractors.scan.marginalia import asides
from greenforms_extractors.scan.ocr import Char, Recognised, Rect, recognise, text_boxes
from greenforms_extractors.scan.orientation import upright
from greenforms_extractors.scan.post_correction import plausible
from greenforms_extractors.scan.raster import PageImage, Pixels
from greenforms_extractors.scan.reversed_print import righted
from greenforms_extractors.scan.rulings import apart, erased, long_lines, rules
from greenforms_extractors.scan.seal_stains import without_stains
from greenforms_extractors.scan.worn_rulings import are_worn, mended
from greenforms_extractors.scan.written import least, written
from greenforms_extractors.text_lines import (
    Box,
    Line,
    Run,
    around,
    left_edge,
    right_edge,
    runs_of,
    without_page_numbers,
)

#: The margin that a crop keeps around its ink, as a share of the line's height.
_ABOVE, _BESIDE = 0.14, 0.5
#: A gap of this many heights in one line is a wide space, behind which a new label may begin.
_WIDE_GAP, _GAP, _LATIN_GAP = 1.6, 0.5, 0.25
#: Text less probable than this is a smudge: it is left out.
_SMUDGE = 0.35
#: How much less probable a character is that a fold goes through, within so many heights of its middle.
_FOLDED, _FOLD_REACH = 0.7, 0.7
#: The space that forms keep between a cell's rule and its text, in points.
_PADDING = 5.4
#: How much the box around a line's ink is smaller than its type.
_INK_SHARE = 0.92
#: So many steps from one ideograph to the next tell the size of type: each may be wrong by a sixth of it.
_ENOUGH_STEPS = 3


@dataclass(frozen=True, slots=True)
class _Read:
    """A piece with what it says."""

    piece: Piece
    line: Recognised

    def steps(self) -> Iterator[float]:
        """How far each ideograph stands from the ideograph before it, in pixels."""
        left, _, right, _ = self.piece.rect
        width = right - left + 2 * _margin(self.piece.rect)
        for one, other in pairwise(self.line.chars):
            if all("\u4e00" <= char.text <= "\u9fff" for char in (one, other)):
                yield (other.middle - one.middle) * width


class ScannedPage:
    """Reads one page picture; `words` are stock words of the papers that are expected, for what is read unsurely.

    `turned`: by how many degrees clockwise it was turned to stand upright. `blocks` stand in reading order, each
    paragraph of running text with its lines (for joining across pages); `asides` in the margin beside the text.
    """

    def __init__(self, page: PageImage, words: tuple[str, ...] = ()) -> None:
        self._words = words
        self._number, self._original_points = page.number, page.points
        stood = upright(page.pixels)
        self.turned = stood.turned
        self._straight = straightened(stood.pixels, stood.text)
        self._points = page.points / self._straight.scale
        self._unsealed = cleaning.without_holes(cleaning.without_seal(righted(self._straight.pixels)))
        paper = cleaning.on_white(self._unsealed)
        self._noisy = cleaning.is_noisy(paper)
        self._boxes = text_boxes(paper)
        self._grey = cleaning.deepened(paper, self._boxes)
        if cleaning.was_shaded(paper, self._grey, self._boxes):
            self._grey = cleaning.deepened(cleaning.on_white(self._unsealed, shaded=True), self._boxes)
            self._boxes = text_boxes(self._grey)
        unsealed = cleaning.without_grey_seal(self._grey)
        if unsealed is not self._grey:
            self._grey, self._boxes = unsealed, text_boxes(unsealed)
        self.blocks, self.asides = self._read()

    def _read(self) -> tuple[list[tuple[Block, Run | None]], list[Paragraph]]:
        ruled, framed = self._ruled()
        known = [table.box for table in ruled]
        pictured = figures(self._unsealed, self._grey, self._boxes, known, framed, noisy=self._noisy)
        found = [table for table in ruled if not any(_inside(table.box, picture) for picture in pictured)]
        loose = [box for box in self._boxes if not any(_inside(box, picture) for picture in pictured)]
        for table in found:
            self._grey = erased(self._grey, table.level, table.upright)
        self._ink = cleaning.is_inked(self._grey)
        read = self._recognised(pieces(loose, found, self._grey, noisy=self._noisy))
        read += self._hairlines(found, read)
        noted = asides([each.piece for each in read], found, self._grey.shape[1])
        beside = [self._aside(each) for each in read if each.piece in noted]
        read = [each for each in read if each.piece not in noted]
        items: list[tuple[float, Block, Run | None]] = []
        for number, table in enumerate(found):
            items.append((table.box[1], self._table(number, table, read), None))
        for run in self._flow(read, [table.box[1] * self._points for table in found]):
            items.append((run.box[1] / self._points, self._paragraph(run, read), run))
        for box in pictured:
            items.append((box[1], self._picture(box), None))
        return [(block, run) for _, block, run in sorted(items, key=lambda item: item[0])], beside

    def _ruled(self) -> tuple[list[RuledTable], list[tuple[float, float, float, float]]]:
        """The tables, on a worn page with the rules that are hardly left, and the frames."""
        long, (level, upright) = max(self._grey.shape), rules(self._grey)
        across, down = self._folds = creases(*long_lines(self._grey), self._boxes, self._grey.shape)
        self._grey = erased(self._grey, across, down)
        level, upright = apart(level, across, long), apart(upright, down, long)
        level, upright = mended(level, upright, long), mended(upright, level, long)
        found, framed = tables(level, upright, self._boxes, long), frames(level, upright, self._boxes, long)
        if not are_worn(self._grey, found, level, upright, self._boxes):
            return found, framed
        lost = [rule for table in found for rule in faint_rules(self._grey, table, upright, self._boxes)]
        if not lost:
            return found, framed
        self._grey = wiped(self._grey, lost)
        return tables([*level, *lost], upright, self._boxes, long), framed

    # -- recognition -----------------------------------------------------------------------------------------------

    def _recognised(self, found: Sequence[Piece]) -> list[_Read]:
        crops = [self._crop(piece.rect) for piece in found]
        self._usual = float(np.median([piece.height for piece in found])) if found else 1.0
        read = []
        for piece, line in zip(found, recognise(crops), strict=True):
            seen = self._doubted(piece, self._with_signs(piece, line))
            if seen.text.strip() and seen.score > _SMUDGE:
                read.append(_Read(piece, seen))
        return read

    def _with_signs(self, piece: Piece, line: Recognised) -> Recognised:
        """The line with what the picture tells better than the recogniser."""
        left, top, right, bottom = piece.rect
        line = without_stains(line, self._grey[top:bottom, left:right], _margin(piece.rect))
        ink = self._ink[top:bottom, left:right]
        if len(line.chars) < 2 and (sign := stroke(ink, self._usual)):
            return Recognised((Char(sign, 1.0, 0.5, "", 0.0),))
        line = with_dashes(line, ink, _margin(piece.rect))
        line = plausible(line, ink, _margin(piece.rect), self._words, noisy=self._noisy)
        if not may_have_marks(line):
            return line
        return with_marks(line, ink, self._unsealed[top:bottom, left:right], _margin(piece.rect))

    def _hairlines(self, found: Sequence[RuledTable], read: Sequence[_Read]) -> Iterator[_Read]:
        """The / that stand alone in cells, so thin that they bear no black."""
        filled = {each.piece.home for each in read}
        for number, table in enumerate(found):
            for place, cell in enumerate(table.cells):
                left, top, right, bottom = rect = inner_box(cell.box)
                tinged = cleaning.is_tinged(self._grey[top:bottom, left:right])
                if (number, place) not in filled and stroke(tinged, self._usual) == "/":
                    yield _Read(Piece(rect, number, place), Recognised((Char("/", 1.0, 0.5, "", 0.0),)))

    def _doubted(self, piece: Piece, line: Recognised) -> Recognised:
        """The line with less trust in the characters that a fold goes through, as it takes strokes and points away."""
        left, top, right, bottom = piece.rect
        across, down = self._folds
        margin, reach = _margin(piece.rect), _FOLD_REACH * (bottom - top)
        whole = any(top < fold.place < bottom for fold in across)
        places = [fold.place for fold in down if left - reach < fold.place < right + reach]
        if not whole and not places:
            return line
        wide = right - left + 2 * margin
        middles = [left - margin + char.middle * wide for char in line.chars]
        return Recognised(
            tuple(
                replace(char, probability=char.probability * _FOLDED)
                if whole or any(abs(middle - place) < reach for place in places)
                else char
                for char, middle in zip(line.chars, middles, strict=True)
            )
        )

    def _crop(self, rect: Rect) -> Pixels:
        """The rectangle with white around it: what stands there belongs to the neighbours."""
        inside = self._grey[rect[1] : rect[3], rect[0] : rect[2]]
        above, beside = max(2, round(_ABOVE * inside.shape[0])), _margin(rect)
        edges = (above, above, beside, beside)
        return np.asarray(cv2.copyMakeBorder(inside, *edges, cv2.BORDER_CONSTANT, value=(255,)), np.uint8)

    # -- text ------------------------------------------------------------------------------------------------------

    def _line(self, group: Sequence[_Read]) -> Line:
        """Pieces that stand side by side as one line, in points."""
        ordered = sorted(group, key=lambda each: each.piece.rect[0])
        text = ordered[0].line.text
        for last, following in pairwise(ordered):
            text += _space(last, following) + following.line.text
        box = around([self._box(each.piece.rect) for each in ordered])
        size = _size(ordered) * self._points
        confidence = min(least(each.line.chars) for each in ordered)
        return Line(written(text), box, size, confidence=confidence)

    def _lines(self, read: Sequence[_Read]) -> list[Line]:
        groups: list[list[_Read]] = []
        for each in sorted(read, key=lambda each: (-each.piece.height, each.piece.rect[0])):
            home = next((g for g in groups if _beside(g, each)), None)
            if home is None:
                groups.append([each])
            else:
                home.append(each)
        return sorted((self._line(group) for group in groups), key=lambda line: (line.box[1], line.box[0]))

    def _flow(self, read: Sequence[_Read], tops: Sequence[float]) -> Iterator[Run]:
        """The paragraphs outside tables; a table parts them."""
        height, width = (side * self._points for side in self._grey.shape)
        lines = without_page_numbers(self._lines([each for each in read if each.piece.table is None]), height)
        right = right_edge(lines, width)
        groups: dict[int, list[Line]] = {}
        for line in lines:
            groups.setdefault(sum(top < line.box[1] for top in tops), []).append(line)
        for group in groups.values():
            yield from runs_of(group, left_edge(lines), right, keeps_spaces=False)

    # -- blocks ----------------------------------------------------------------------------------------------------

    def _paragraph(self, run: Run, read: Sequence[_Read]) -> Paragraph:
        seen = self._legibility([each for each in read if _inside(self._box(each.piece.rect), run.box)], None)
        return Paragraph(run.text, self._origin(run.box), confidence=run.confidence, legibility=seen)

    def _aside(self, read: _Read) -> Paragraph:
        line = self._line([read])
        return Paragraph(line.text, self._origin(line.box), confidence=line.confidence)

    def _table(self, number: int, table: RuledTable, read: Sequence[_Read]) -> Table:
        cells = []
        for place, cell in enumerate(table.cells):
            box = self._box(cell.box)
            own = [each for each in read if each.piece.home == (number, place)]
            lines = self._lines(own)
            left = min([box[0] + _PADDING, *(line.box[0] for line in lines)])
            right = max([box[2] - _PADDING, *(line.box[2] for line in lines)])
            runs = runs_of(lines, left, right, keeps_spaces=False)
            paragraphs = tuple(self._paragraph(run, own) for run in runs)
            spans, seen = (cell.row, cell.column, cell.rows, cell.columns), self._legibility(own, cell.box)
            cells.append(Cell(*spans, paragraphs, self._origin(box), legibility=seen))
        edges = tuple(round(place * self._points, 2) for place in table.across)
        origin = self._origin(self._box(table.box))
        return Table(tuple(cells), len(table.down) - 1, len(table.across) - 1, origin, edges)

    def _legibility(self, read: Sequence[_Read], cell: Sequence[float] | None) -> Legibility | None:
        seen = [Seen(each.piece.rect, each.line, _margin(each.piece.rect)) for each in read]
        return legibility(seen, self._ink, self._usual, cell)

    def _picture(self, box: Rect) -> Paragraph:
        crop = self._straight.pixels[box[1] : box[3], box[0] : box[2]]
        content = cv2.imencode(".png", crop)[1].tobytes()
        origin = self._origin(self._box(box))
        return Paragraph("", origin, (Picture("", "", "image/png", content, origin),))

    def _box(self, rect: Sequence[float]) -> Box:
        left, top, right, bottom = (edge * self._points for edge in rect)
        return left, top, right, bottom

    def _origin(self, box: Box) -> PageOrigin:
        """The place on the upright page of a box on the straightened one, both in points."""
        left, top, right, bottom = (edge / self._points for edge in box)
        back = self._straight.back((left, top, right, bottom))
        found = [round(edge * self._original_points, 1) for edge in back]
        return PageOrigin(self._number, (found[0], found[1], found[2], found[3]), self.turned)


def _size(group: Sequence[_Read]) -> float:
    """The size of type in pixels: as far as ideographs are apart, or the height of a line without."""
    steps = [step for each in group for step in each.steps()]
    if len(steps) >= _ENOUGH_STEPS:
        return float(np.mean(steps))
    return float(np.median([each.piece.height for each in group])) / _INK_SHARE


def _margin(rect: Rect) -> int:
    return max(2, round(_BESIDE * (rect[3] - rect[1])))


def _space(left: _Read, right: _Read) -> str:
    """The space between two neighbours of one line, two where the gap is wide enough for another label."""
    gap = right.piece.rect[0] - left.piece.rect[2]
    height = max(left.piece.height, right.piece.height)
    latin = left.line.text[-1:].isascii() and right.line.text[:1].isascii()
    if gap > _WIDE_GAP * height:
        return "  "
    return " " if gap > (_LATIN_GAP if latin else _GAP) * height else ""


def _inside(box: Sequence[float], picture: Sequence[float]) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return picture[0] <= across <= picture[2] and picture[1] <= down <= picture[3]


def _beside(group: Sequence[_Read], read: _Read) -> bool:
    """Whether a piece stands on the line of others: at their height, and next to them, not below in a close setting."""
    left, top, right, bottom = read.piece.rect
    _, above, _, below = group[0].piece.rect
    if not above <= (top + bottom) / 2 <= below:
        return False
    others = [(each.piece.rect[0], each.piece.rect[2]) for each in group]
    return all(2 * (min(right, end) - max(left, start)) <= min(right - left, end - start) for start, end in others)
