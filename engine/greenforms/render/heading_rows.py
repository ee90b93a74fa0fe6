"""Lets the headings of every list come again on the next page.

Word, WPS and LibreOffice repeat rows marked as headings (`w:tblHeader`, ISO/IEC 29500-1, 17.4.49) where they are the
first of their table, and nowhere else. Authorities print several lists in one table; so such a table, if its lists are
long enough to run over a page, is cut in front of the headings of each list and behind its rows, along the program. A
hairline is left between the parts, for Word makes one table of two that touch.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from greenforms.form.template.headings import heading_over
from greenforms.form.template.program import (
    Each,
    Given,
    Node,
    Program,
    TableNode,
    first_row,
    last_row,
    rows_in,
    walk,
)
from greenforms.form.template.runs import w
from greenforms_extractors.origin import TableOrigin

_HAIRLINE = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pPr>'
    '<w:spacing w:before="0" w:after="0" w:line="2" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
)


@dataclass(frozen=True, slots=True)
class _Section:
    """Headings of a table with the rows under them: the rows it begins and ends with, and those of the headings."""

    first: int
    last: int
    headings: tuple[int, ...]


def repeat_headings(tables: Sequence[etree._Element], program: Program, *, apart: bool) -> None:
    """Mark the headings in the tables of a template, whose program this is; `apart`: cut the tables where it needs be.

    `tables`: every `w:tbl` of the template in document order, as readers number them.
    """
    for node in walk(program.body):
        if isinstance(node, TableNode) and isinstance(node.origin, TableOrigin):
            _repeat(tables[node.origin.table - 1], node, apart=apart)


def _repeat(table: etree._Element, node: TableNode, *, apart: bool) -> None:
    rows = table.findall(w("tr"))
    sections = list(_sections(node.body))
    for number in (number for section in sections for number in section.headings):
        _mark(rows[number])
    if not apart:
        return
    last = max(map(last_row, node.body), default=-1)
    edges = {edge for section in sections for edge in (section.first, section.last + 1)}
    for edge in sorted(edges, reverse=True):
        if 0 < edge <= last and not _bridged(node, edge):
            _cut(table, rows[edge:])


def _sections(nodes: Sequence[Node]) -> Iterator[_Section]:
    position = 0
    while position < len(nodes):
        heading, end = heading_over(nodes, position)
        if heading is None:
            position += 1
            continue
        start = position + heading.rows
        many = end - start > 1 or any(isinstance(node, Each) for node in nodes[start:end])
        while end < len(nodes) and isinstance(node := nodes[end], Given) and not node.path:
            end += 1  # what the blank form prints below the rows
        if many:
            headings = tuple(map(first_row, nodes[position:start]))
            yield _Section(headings[0], last_row(nodes[end - 1]), headings)
        position = end


def _bridged(table: TableNode, edge: int) -> bool:
    """Whether a cell reaches over an edge, which is where a row begins."""
    rows = [row for row, _ in rows_in(table.body)]
    sources = {row.number: row.source for row in rows}
    return any(
        row.source < edge <= sources.get(row.number + box.cell.rows - 1, row.source)
        for row in rows
        for box in row.boxes
    )


def _mark(row: etree._Element) -> None:
    """Let a row come again on each page its table goes on to, and stand on one page with the row below it."""
    properties = row.find(w("trPr"))
    if properties is None:
        properties = etree.Element(w("trPr"))
        row.insert(1 if row.find(w("tblPrEx")) is not None else 0, properties)
    for name in ("cantSplit", "tblHeader"):
        if properties.find(w(name)) is None:
            etree.SubElement(properties, w(name))
    for paragraph in row.iter(w("p")):
        _keep_with_next(paragraph)


def _keep_with_next(paragraph: etree._Element) -> None:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    if properties.find(w("keepNext")) is None:
        properties.insert(int(properties.find(w("pStyle")) is not None), etree.Element(w("keepNext")))


def _cut(table: etree._Element, rows: Sequence[etree._Element]) -> None:
    """Put the last rows of a table into one of their own."""
    below = etree.Element(w("tbl"))
    below.extend(
        [copy.deepcopy(part) for part in (table.find(w("tblPr")), table.find(w("tblGrid"))) if part is not None]
    )
    below.extend(row for row in rows if row.getparent() is table)
    below.tail, table.tail = table.tail, None
    table.addnext(below)
    table.addnext(etree.fromstring(_HAIRLINE))
