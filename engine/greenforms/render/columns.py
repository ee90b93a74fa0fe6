"""Whether the tables of a Word template have the columns they declare, whatever the data.

docxtpl looks at every table it has filled and adds or removes declared columns until they are as many as its rows have.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from greenforms.form.template.runs import text_of, w
from greenforms.form.template.tags import TAG, End, If, statement_of


def columns_are_sure(body: etree._Element) -> bool:
    """Whether docxtpl never has a column to add or remove: no row is too wide, and one that is always there is full."""
    return all(_is_sure(table) for table in body.iter(w("tbl")))


def _is_sure(table: etree._Element) -> bool:
    grid = table.find(w("tblGrid"))
    columns = -1 if grid is None else len(grid.findall(w("gridCol")))
    cells = [row.findall(w("tc")) for row in table.iter(w("tr"))]
    always = [sum(map(_span, row.findall(w("tc")))) for row in _always_there(table)]
    return max(map(len, cells), default=0) <= columns <= max(always, default=-1)


def _always_there(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table itself under no condition; loops print their rows once at least."""
    conditions = 0
    for row in table.findall(w("tr")):
        tag = TAG.fullmatch(text_of(row).strip())
        match statement_of(tag["statement"]) if tag and tag["statement"] else None:
            case If():
                conditions += 1
            case End("if"):
                conditions -= 1
            case None if not conditions:
                yield row


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return 1 if span is None else int(span.get(w("val"), "1"))
