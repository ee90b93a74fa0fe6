"""The worksheet that lists all notes, each with a link to its cell."""

from __future__ import annotations

from greenforms.mark.note import Listing
from greenforms.mark.package import Draft, Element, new_root, sub, text_in
from greenforms.mark.styles import Styles
from greenforms.workbook.look import height_of
from greenforms_extractors.marks import PASSED_OVER
from greenforms_extractors.origin import SheetOrigin
from greenforms_extractors.sheet.cells import S, reference

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
#: Rows above the first line of the list, and the least height of a line.
_TOP, _LEAST = 3, 20
#: Characters by which a line of a cell is shorter than the cell: lines break before closing brackets and words.
_INSET = 3
_TAB = "FFC00000"


def list_part(draft: Draft, styles: Styles, listing: Listing) -> str:
    """The part of a new worksheet with the list."""
    name = draft.free_name("xl/worksheets/sheet{}.xml")
    draft.add(name, _Sheet(styles, listing).root(), _TYPE)
    return name


class _Sheet:
    def __init__(self, styles: Styles, listing: Listing) -> None:
        self._styles, self._listing = styles, listing
        self._root = new_root("worksheet", S[1:-1])

    def root(self) -> Element:
        """The worksheet: headline, what to do, headings, lines."""
        listing, last = self._listing, len(self._listing.headings) - 1
        sub(sub(self._root, S + "sheetPr"), S + "tabColor", rgb=_TAB)
        self._view()
        columns = sub(self._root, S + "cols")
        for number, width in enumerate(listing.widths, 1):
            sub(columns, S + "col", min=str(number), max=str(number), width=str(width), customWidth="1")
        data = sub(self._root, S + "sheetData")
        self._row(data, 1, [f"{listing.name}{PASSED_OVER}"], self._styles.cell("title"), 28)
        lead = height_of(listing.lead, sum(listing.widths), _LEAST)
        self._row(data, 2, [listing.lead], self._styles.cell("lead"), lead)
        self._row(data, _TOP, listing.headings, self._styles.cell("heading"), 22)
        for number, line in enumerate(listing.lines, _TOP + 1):
            pairs = zip(line.texts, listing.widths, strict=True)
            height = max(height_of(text, width - _INSET, _LEAST) for text, width in pairs)
            row = self._row(data, number, line.texts, self._styles.cell("text"), height)
            row[1].set("s", str(self._styles.cell("text", line.tint)))
        merges = sub(self._root, S + "mergeCells", count="2")
        for number in (1, 2):
            sub(merges, S + "mergeCell", ref=f"A{number}:{reference(number - 1, last)}")
        self._links(data)
        sub(self._root, S + "pageMargins", left="0.5", right="0.5", top="0.6", bottom="0.6", header="0.3", footer="0.3")
        sub(self._root, S + "pageSetup", paperSize="9", orientation="landscape", fitToHeight="0")
        sub(self._root[0], S + "pageSetUpPr", fitToPage="1")
        return self._root

    def _view(self) -> None:
        view = sub(sub(self._root, S + "sheetViews"), S + "sheetView", tabSelected="1", workbookViewId="0")
        sub(view, S + "pane", ySplit=str(_TOP), topLeftCell=f"A{_TOP + 1}", activePane="bottomLeft", state="frozen")

    def _row(
        self, data: Element, number: int, texts: tuple[str, ...] | list[str], style: int, height: float
    ) -> Element:
        row = sub(data, S + "row", r=str(number), ht=f"{height:g}", customHeight="1")
        for column, text in enumerate(texts):
            cell = sub(row, S + "c", r=reference(number - 1, column), s=str(style), t="inlineStr")
            text_in(sub(cell, S + "is"), S + "t", text)
        return row

    def _links(self, data: Element) -> None:
        links = []
        for number, line in enumerate(self._listing.lines, _TOP + 1):
            if isinstance(line.place, SheetOrigin):
                quoted = line.place.sheet.replace("'", "''")
                cell = data[number - 1][self._listing.link]
                cell.set("s", str(self._styles.cell("link")))
                links.append((cell.get("r", ""), f"'{quoted}'!{line.place.cell}"))
        if links:
            place = sub(self._root, S + "hyperlinks")
            for cell_name, location in links:
                sub(place, S + "hyperlink", ref=cell_name, location=location)
