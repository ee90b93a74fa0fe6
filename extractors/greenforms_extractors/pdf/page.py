"""One page of a PDF: ruled tables, the paragraphs between them, pictures, in reading order."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from greenforms_extractors.model import Block, Cell, PageOrigin, Paragraph, Picture, Table
from greenforms_extractors.pdf.chars import has_meaning
from greenforms_extractors.pdf.layer import corner
from greenforms_extractors.pdf.parts import nearest, ticks
from greenforms_extractors.pdf.sheet import Sheet
from greenforms_extractors.pdf.visible import Remark, visible
from greenforms_extractors.text_lines import (
    Box,
    Glyph,
    Line,
    Run,
    left_edge,
    lines_of,
    right_edge,
    runs_of,
    without_page_numbers,
)

_SETTINGS = {
    "vertical_strategy": "lines",
    "horizontal_strategy": "lines",
    "snap_tolerance": 3,
    "intersection_tolerance": 3,
}
#: The space Word keeps between a cell's border and its text.
_PADDING = 5.4
_SMALLEST_PICTURE = 16.0
#: How much of the text of drawings is quoted.
_QUOTED = 240
#: Pixels per point of a picture that is drawn anew, and at most along a side.
_SCALE, _MOST_PIXELS = 150 / 72, 4000


class PageReader:
    """Reads one page; `sheet` is the same page as it looks.

    `keys` are the paragraph keys of a tagged file, empty when the file is not (usably) tagged; `drawn` are the marked
    contents that are text of a drawing.
    """

    def __init__(
        self,
        page: Any,
        sheet: Sheet,
        keys: Mapping[tuple[int, int], int],
        drawn: frozenset[int] = frozenset(),
        *,
        keeps_spaces: bool = False,
    ) -> None:
        seen = visible(page, sheet.annotations, corner(page))
        self._page, self._sheet, self._corner = seen.page, sheet, corner(page)
        self._number = int(page.page_number)
        self._keys = keys
        self.broken = 0
        self._drawn = drawn
        of_drawing = "".join(str(char["text"]) for char in seen.chars if char.get("mcid") in drawn).strip()
        #: What is to be known of the page.
        self.remarks = (*seen.remarks, *([Remark("figure-text", of_drawing[:_QUOTED])] if of_drawing else []))
        self.glyphs = [self._glyph(char) for char in seen.chars if self._is_text(char)] + [*seen.typed]
        self._keeps_spaces = keeps_spaces

    def _is_text(self, char: Mapping[str, Any]) -> bool:
        """With tags, what is marked as page decoration (headers, footers) is not text of the document."""
        text = str(char["text"])
        self.broken += not has_meaning(text)
        decoration = self._keys and char.get("tag") == "Artifact"
        return not decoration and not (self._drawn and char.get("mcid") in self._drawn)

    def _glyph(self, char: Mapping[str, Any]) -> Glyph:
        box = (float(char["x0"]), float(char["top"]), float(char["x1"]), float(char["bottom"]))
        mcid = char.get("mcid")
        key = self._keys.get((self._number, mcid)) if mcid is not None else None
        return Glyph(str(char["text"]), box, float(char["size"]), key)

    def blocks(self) -> Iterator[tuple[Block, Run | None]]:
        """Blocks in reading order, each paragraph of text with the lines it was made of (for joining across pages)."""
        found = self._tables()
        boxes = [[_box(cell) for cell in table.cells] for table in found]
        inside, flow = self._shared_out(boxes)
        lines = without_page_numbers(lines_of(flow), float(self._page.height))
        self._keeps_spaces = self._keeps_spaces or any(line.text.endswith(" ") for line in lines)
        pictures = list(self._pictures())
        items: list[tuple[float, Block, Run | None]] = []
        for table, cells, glyphs in zip(found, boxes, inside, strict=True):
            read = self._table(_box(table.bbox), cells, glyphs, pictures)
            items.append((table.bbox[1], read, None))
        tops = sorted(table.bbox[1] for table in found)
        for run in self._flow_runs(lines, tops):
            items.append((run.box[1], Paragraph(run.text, self._origin(run.box)), run))
        for picture in pictures:
            items.append((self._picture_box(picture)[1], Paragraph("", picture.origin, (picture,)), None))
        for _, block, source in sorted(items, key=lambda item: item[0]):
            yield block, source

    def _tables(self) -> list[Any]:
        """The ruled tables, without a frame drawn around the page or around other tables."""
        found = self._page.find_tables(_SETTINGS)
        page = float(self._page.width) * float(self._page.height)

        def frames(table: Any) -> bool:
            box = _box(table.bbox)
            around = any(other is not table and _holds(box, _box(other.bbox)[:2]) for other in found)
            return len(table.cells) == 1 and (around or _area(box) > 0.6 * page)

        return [table for table in found if not frames(table)]

    def _origin(self, box: Box) -> PageOrigin:
        left, top, right, bottom = (round(edge, 2) for edge in self._seen(box))
        return PageOrigin(self._number, (left, top, right, bottom))

    def _seen(self, box: Box) -> Box:
        """A box from the top left of what is seen of the page."""
        across, down = self._corner
        return box[0] - across, box[1] - down, box[2] - across, box[3] - down

    def _shared_out(self, tables: list[list[Box]]) -> tuple[list[list[list[Glyph]]], list[Glyph]]:
        """The glyphs of each cell of each table (of the smallest cell where tables are nested), and the rest."""
        inside: list[list[list[Glyph]]] = [[[] for _ in cells] for cells in tables]
        cells = sorted((_area(box), box, t, c) for t, boxes in enumerate(tables) for c, box in enumerate(boxes))
        flow = []
        for glyph in self.glyphs:
            for _, box, t, c in cells:
                if _holds(box, glyph.middle):
                    inside[t][c].append(glyph)
                    break
            else:
                flow.append(glyph)
        return inside, flow

    def _flow_runs(self, lines: Sequence[Line], tops: Sequence[float]) -> Iterator[Run]:
        """Paragraphs of the running text; a table parts them."""
        right = right_edge(lines, float(self._page.width))
        groups: dict[int, list[Line]] = {}
        for line in lines:
            groups.setdefault(sum(top < line.box[1] for top in tops), []).append(line)
        for group in groups.values():
            yield from runs_of(group, left_edge(lines), right, keeps_spaces=self._keeps_spaces)

    def _table(self, box: Box, cells: list[Box], glyphs: list[list[Glyph]], pictures: list[Picture]) -> Table:
        columns = ticks([edge for cell in cells for edge in (cell[0], cell[2])])
        rows = ticks([edge for cell in cells for edge in (cell[1], cell[3])])
        found = []
        for cell, inside in zip(cells, glyphs, strict=True):
            left, top, right, bottom = (nearest(grid, cell[side]) for side, grid in enumerate((columns, rows) * 2))
            paragraphs = (*self._cell_text(cell, inside), *self._taken(pictures, cell))
            spans = max(1, bottom - top), max(1, right - left)
            found.append(Cell(top, left, *spans, paragraphs, self._origin(cell)))
        ordered = tuple(sorted(found, key=lambda cell: (cell.row, cell.column)))
        edges = tuple(round(edge, 2) for edge in columns)
        return Table(ordered, len(rows) - 1, len(columns) - 1, self._origin(box), edges)

    def _cell_text(self, cell: Box, glyphs: Sequence[Glyph]) -> tuple[Paragraph, ...]:
        lines = lines_of(glyphs)
        left = min([cell[0] + _PADDING, *(line.box[0] for line in lines)])
        right = max([cell[2] - _PADDING, *(line.box[2] for line in lines)])
        runs = runs_of(lines, left, right, keeps_spaces=self._keeps_spaces)
        return tuple(Paragraph(run.text, self._origin(run.box)) for run in runs)

    def _taken(self, pictures: list[Picture], cell: Box) -> Iterator[Paragraph]:
        """The pictures that stand in a cell, taken out of the list."""
        for picture in list(pictures):
            left, top, right, bottom = self._picture_box(picture)
            if _holds(cell, ((left + right) / 2, (top + bottom) / 2)):
                pictures.remove(picture)
                yield Paragraph("", picture.origin, (picture,))

    def _pictures(self) -> Iterator[Picture]:
        for image in self._page.images:
            box = _clipped((image["x0"], image["top"], image["x1"], image["bottom"]), self._page.bbox)
            if box[2] - box[0] < _SMALLEST_PICTURE or box[3] - box[1] < _SMALLEST_PICTURE:
                continue
            content, media_type = self._picture_bytes(image, box)
            yield Picture(str(image.get("name", "")), "", media_type, content, self._origin(box))

    def _picture_box(self, picture: Picture) -> Box:
        assert isinstance(picture.origin, PageOrigin)
        (left, top, right, bottom), (across, down) = picture.origin.box, self._corner
        return left + across, top + down, right + across, bottom + down

    def _picture_bytes(self, image: Mapping[str, Any], box: Box) -> tuple[bytes, str]:
        """A JPEG as it is stored; anything else as it looks on the page."""
        stream = image["stream"]
        filters = [str(name) for name, _ in stream.get_filters()]
        if len(filters) == 1 and "DCT" in filters[0]:
            return bytes(stream.get_rawdata()), "image/jpeg"
        scale = min(_SCALE, _MOST_PIXELS / max(box[2] - box[0], box[3] - box[1]))
        out = io.BytesIO()
        self._sheet.part(self._seen(box), scale).save(out, "PNG")
        return out.getvalue(), "image/png"


def _box(edges: Sequence[Any]) -> Box:
    left, top, right, bottom = (float(edge) for edge in edges)
    return left, top, right, bottom


def _clipped(box: Sequence[float], page: Sequence[float]) -> Box:
    left, top, right, bottom = _box(box)
    return max(left, page[0]), max(top, page[1]), min(right, page[2]), min(bottom, page[3])


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
