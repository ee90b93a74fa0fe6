"""Finds the paragraphs and cells of a Word document by the places that its reader gives them."""

from __future__ import annotations

from collections.abc import Iterator

from greenforms.mark.package import Element
from greenforms_extractors.origin import Origin, ParagraphOrigin, TableOrigin
from greenforms_extractors.word.markup import DROPPED, W, number

_BOX = W + "txbxContent"


def places_in(body: Element) -> dict[Origin, Element]:
    """Every paragraph outside tables and every cell, as `w:p` and `w:tc`, counted as the reader counts them."""
    return dict(_Places().walk(body))


class _Places:
    def __init__(self) -> None:
        self._paragraphs = self._tables = 0

    def walk(self, node: Element, *, in_cell: bool = False) -> Iterator[tuple[Origin, Element]]:
        """The places below a node, in reading order: what stands in a box comes behind its paragraph."""
        for child in node:
            if not isinstance(child.tag, str) or child.tag in DROPPED:
                continue
            if child.tag == W + "p":
                if not in_cell:
                    self._paragraphs += 1
                    yield ParagraphOrigin(self._paragraphs), child
                for box in _boxes(child):
                    yield from self.walk(box, in_cell=in_cell)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            else:
                yield from self.walk(child, in_cell=in_cell)

    def _table(self, table: Element) -> Iterator[tuple[Origin, Element]]:
        self._tables += 1
        own, row = self._tables, 0
        for node in _inside(table, W + "tr"):
            if node.find(f"{W}trPr/{W}del") is not None:
                continue
            row += 1
            column = max(0, number(node, f"{W}trPr/{W}gridBefore"))
            for cell in _inside(node, W + "tc"):
                yield TableOrigin(own, row, column + 1), cell
                yield from self.walk(cell, in_cell=True)
                column += max(1, number(cell, f"{W}tcPr/{W}gridSpan", 1))


def _inside(node: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, through content controls around them."""
    for child in node:
        if child.tag == wanted:
            yield child
        elif isinstance(child.tag, str) and child.tag not in DROPPED and child.tag not in {W + "tc", W + "p"}:
            yield from _inside(child, wanted)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The contents of the outermost text boxes anchored in a paragraph."""
    for child in paragraph:
        if child.tag == _BOX:
            yield child
        elif isinstance(child.tag, str) and child.tag not in DROPPED:
            yield from _boxes(child)
