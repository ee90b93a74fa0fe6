"""The page in front of a Word document that lists all notes: a section of its own, so that nothing behind it moves."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from greenforms.mark.note import Line, Listing
from greenforms.mark.package import Element, sub, text_in
from greenforms_extractors.marks import END, PASSED_OVER, begins_aside, ends_aside
from greenforms_extractors.word.markup import W

#: A4 upright in twentieths of a point, and its margins.
_WIDE, _HIGH, _MARGIN = 11906, 16838, 850
#: Room for three characters between the edges of a cell.
_NARROWEST = 850
_TITLE, _TEXT, _SMALL = 32, 19, 18


def clear_page(body: Element) -> None:
    """Take out the page of an earlier time."""
    nodes = [node for node in body if node.tag in {W + "p", W + "tbl"}]
    if not nodes or nodes[0].tag != W + "p" or not begins_aside(_text(nodes[0])):
        return
    end = next((place for place, node in enumerate(nodes) if node.tag == W + "p" and ends_aside(_text(node))), None)
    if end is not None:
        for node in nodes[: end + 1]:
            body.remove(node)


def page_of(listing: Listing, anchors: Mapping[int, str]) -> list[Element]:
    """The page; `anchors` are the bookmarks of the lines by their place in the list."""
    title = _paragraph(f"{listing.name}{PASSED_OVER}", _TITLE, bold=True)
    table = etree.Element(W + "tbl")
    _frame(table)
    widths = _widths(listing)
    grid = sub(table, W + "tblGrid")
    for width in widths:
        sub(grid, W + "gridCol").set(W + "w", str(width))
    _row(table, widths, listing.headings, bold=True)
    for number, line in enumerate(listing.lines):
        _line(table, widths, listing, line, anchors.get(number))
    closing = _paragraph(END, _SMALL)
    section = sub(closing[0], W + "sectPr")
    size, margin = sub(section, W + "pgSz"), sub(section, W + "pgMar")
    size.set(W + "w", str(_WIDE))
    size.set(W + "h", str(_HIGH))
    for side in ("top", "right", "bottom", "left", "header", "footer"):
        margin.set(W + side, str(_MARGIN))
    margin.set(W + "gutter", "0")
    return [title, _paragraph(listing.lead, _TEXT), table, closing]


def _text(paragraph: Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(W + "t"))


def _widths(listing: Listing) -> list[int]:
    """The columns by their shares of the page, the narrow ones wide enough for a word, at the cost of the widest."""
    room, total = _WIDE - 2 * _MARGIN, sum(listing.widths)
    widths = [max(_NARROWEST, room * width // total) for width in listing.widths]
    widths[widths.index(max(widths))] -= sum(widths) - room
    return widths


def _frame(table: Element) -> None:
    properties = sub(table, W + "tblPr")
    sub(properties, W + "tblW").attrib.update(_named(w=str(_WIDE - 2 * _MARGIN), type="dxa"))
    borders = sub(properties, W + "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = _named(val="single", sz="4", space="0", color="A6A6A6")
        sub(borders, W + side).attrib.update(line)
    sub(properties, W + "tblLayout").set(W + "type", "fixed")


def _line(table: Element, widths: list[int], listing: Listing, line: Line, anchor: str | None) -> None:
    row = _row(table, widths, line.texts)
    shade = _named(val="clear", color="auto", fill=line.tint.value)
    sub(row[2][0], W + "shd").attrib.update(shade)
    if anchor is not None:
        paragraph = row[1 + listing.link][1]
        run = paragraph[1]
        link = etree.Element(W + "hyperlink", {W + "anchor": anchor, W + "history": "1"})
        run.addprevious(link)
        link.append(run)
        sub(run[0], W + "color").set(W + "val", "0563C1")
        run[0].insert(1, run[0][-1])
        sub(run[0], W + "u").set(W + "val", "single")


def _row(table: Element, widths: list[int], texts: tuple[str, ...], *, bold: bool = False) -> Element:
    row = sub(table, W + "tr")
    properties = sub(row, W + "trPr")
    sub(properties, W + "cantSplit")
    if bold:
        sub(properties, W + "tblHeader")
    for width, text in zip(widths, texts, strict=True):
        cell = sub(row, W + "tc")
        sub(sub(cell, W + "tcPr"), W + "tcW").attrib.update(_named(w=str(width), type="dxa"))
        cell.append(_paragraph(text, _SMALL, bold=bold))
    return row


def _paragraph(text: str, size: int, *, bold: bool = False) -> Element:
    """A paragraph that takes nothing over from the styles of the document but its typeface; `size` in half points."""
    paragraph = etree.Element(W + "p", nsmap={"w": W[1:-1]})
    properties = sub(paragraph, W + "pPr")
    sub(sub(properties, W + "numPr"), W + "numId").set(W + "val", "0")
    sub(properties, W + "spacing").attrib.update(_named(before="40", after="40", line="280"))
    sub(properties, W + "ind").attrib.update(_named(left="0", right="0", firstLine="0"))
    sub(properties, W + "jc").set(W + "val", "left")
    run = sub(paragraph, W + "r")
    look = sub(run, W + "rPr")
    if bold:
        sub(look, W + "b")
    for name in ("sz", "szCs"):
        sub(look, W + name).set(W + "val", str(size))
    text_in(run, W + "t", text)
    return paragraph


def _named(**attributes: str) -> Mapping[str | bytes, str | bytes]:
    """Attributes in the namespace of the document."""
    return {W + name: said for name, said in attributes.items()}
