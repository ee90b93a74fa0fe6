"""A worksheet of a template as XML: its rows cell by cell, and what stands before and behind them as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from greenforms.form.template.name_sheet import cell_text
from greenforms.render.row_height import WIDTH
from greenforms_extractors.sheet.cells import area, position

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: What may stand between the rows of a sheet and its merged cells (ECMA-376 part 1, 18.3.1.99).
_BEFORE_MERGES = ("sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
                  "dataConsolidate", "customSheetViews")  # fmt: skip
_DIMENSION = re.compile(r'(<dimension [^>]*?ref=")[^"]*(")')


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged cell: its first row and column, its last ones; from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def without(self, dropped: Collection[int]) -> Merge:
        """The same without rows that are not printed, below its first one."""
        covered = sum(self.top < row <= self.bottom for row in dropped)
        return Merge(self.top, self.left, self.bottom - covered, self.right)


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """A cell: its column from 1, its style, its text, and its XML from behind its row's number on.

    `kind`: "s" for text, "n" for numbers and empty cells, "f" for formulas.
    """

    column: int
    style: int
    text: str
    xml: str
    kind: str


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A row: its number from 1, its XML attributes but the number and the height, its height in points, if fixed."""

    number: int
    attributes: str
    height: float | None
    cells: tuple[TemplateCell, ...]


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A worksheet: what stands before its rows, between them and its merged cells, and behind these."""

    name: str
    part: str
    opening: str
    head: str
    middle: str
    tail: str
    rows: Mapping[int, TemplateRow]
    merges: Sequence[Merge]
    #: First and last column of a range, and how wide its columns are.
    widths: Sequence[tuple[int, int, float]]
    width: float

    def width_of(self, first: int, last: int) -> float:
        """How wide some columns are together, in the widths of figures."""
        return sum(
            next((width for one, other, width in self.widths if one <= column <= other), self.width)
            for column in range(first, last + 1)
        )

    @property
    def last_row(self) -> int:
        """The number of the last row."""
        return max(self.rows, default=0)

    @property
    def last_column(self) -> int:
        """The number of the last column in which a cell stands."""
        return max((cell.column for row in self.rows.values() for cell in row.cells), default=1)

    def headed(self, last: str) -> str:
        """What stands before the rows of a sheet that ends with a cell."""
        return _DIMENSION.sub(rf"\g<1>A1:{last}\g<2>", self.head, count=1)


def template_sheet(name: str, part: str, content: bytes, shared: Sequence[str]) -> TemplateSheet:
    """A worksheet of a package; `shared` are the strings that its cells name by number."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    data = root.find(f"{S}sheetData")
    assert data is not None
    opening, head, middle, tail = _around(root, data)
    rows = {row.number: row for row in _rows(data, shared)}
    merges = [Merge(*_from_one(each.get("ref", ""))) for each in root.iterfind(f"{S}mergeCells/{S}mergeCell")]
    widths = [
        (int(col.get("min", "1")), int(col.get("max", "1")), float(col.get("width", WIDTH)))
        for col in root.iterfind(f"{S}cols/{S}col")
    ]
    sizes = root.find(f"{S}sheetFormatPr")
    width = float(WIDTH if sizes is None else sizes.get("defaultColWidth", WIDTH))
    return TemplateSheet(name, part, opening, head, middle, tail, rows, merges, widths, width)


def _from_one(text: str) -> tuple[int, int, int, int]:
    top, left, bottom, right = area(text) or (0, 0, 0, 0)
    return top + 1, left + 1, bottom + 1, right + 1


def _around(root: etree._Element, data: etree._Element) -> tuple[str, str, str, str]:
    """The opening of the sheet, and what stands before its rows, before its merged cells and behind them."""
    copied = etree.fromstring(etree.tostring(root))
    rows = copied.find(f"{S}sheetData")
    assert rows is not None
    merges = copied.find(f"{S}mergeCells")
    if merges is not None:
        copied.remove(merges)
    before = [each for each in copied if etree.QName(each).localname in _BEFORE_MERGES]
    (before[-1] if before else rows).addnext(etree.Element("merges"))
    copied.replace(rows, etree.Element("rows"))
    text = etree.tostring(copied, encoding="unicode")
    head, rest = re.split(r"<rows(?: [^>]*)?/>", text)
    middle, tail = re.split(r"<merges(?: [^>]*)?/>", rest)
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return text[: text.index(">") + 1], declared + head, middle, tail


def _rows(data: etree._Element, shared: Sequence[str]) -> Iterator[TemplateRow]:
    number = 0
    for row in data.iterfind(f"{S}row"):
        number = int(row.get("r", number + 1))
        fixed = row.get("ht")
        cells = tuple(_cells(row, shared))
        row[:] = []
        own = _without(row, "r", "ht", "customHeight", "spans").removeprefix("<row").removesuffix("/>")
        yield TemplateRow(number, own, float(fixed) if fixed else None, cells)


def _cells(row: etree._Element, shared: Sequence[str]) -> Iterator[TemplateCell]:
    column = 0
    for cell in row.iterfind(f"{S}c"):
        place = position(cell.get("r", ""))
        column = place[1] + 1 if place else column + 1
        style, text = int(cell.get("s", "0")), cell_text(cell, shared)
        kind = "f" if cell.find(f"{S}f") is not None else "s" if text and cell.get("t", "n") != "n" else "n"
        yield TemplateCell(column, style, text, '"' + _without(cell, "r").removeprefix("<c"), kind)


def _without(element: etree._Element, *names: str) -> str:
    """The XML of an element without some attributes and without the namespaces that are declared around it."""
    around = element.getparent()
    for name in names:
        element.attrib.pop(name, "")
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    for prefix, uri in ({} if around is None else around.nsmap).items():
        text = text.replace(f' xmlns{f":{prefix}" if prefix else ""}="{uri}"', "", 1)
    return text
