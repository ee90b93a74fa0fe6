"""Files that are the pages of one paper, as one document: the pages of a later file count on from those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from greenforms_extractors.model import Block, Cell, Document, Origin, PageOrigin, Paragraph


def joined(documents: Sequence[Document]) -> Document:
    """Documents with pages one behind the other; what the first says of itself holds for all."""
    first, *others = documents
    blocks, asides, scanned, notices = list(first.blocks), list(first.asides), list(first.scanned), list(first.notices)
    pages = first.pages or 1
    for other in others:
        blocks += (_block(block, pages) for block in other.blocks)
        asides += (_paragraph(aside, pages) for aside in other.asides)
        scanned += (page + pages for page in other.scanned)
        notices += other.notices
        pages += other.pages or 1
    return replace(
        first,
        blocks=tuple(blocks),
        asides=tuple(asides),
        scanned=tuple(scanned),
        notices=tuple(dict.fromkeys(notices)),
        pages=pages,
    )


def _block(block: Block, before: int) -> Block:
    if isinstance(block, Paragraph):
        return _paragraph(block, before)
    cells = tuple(_cell(cell, before) for cell in block.cells)
    return replace(block, cells=cells, origin=_origin(block.origin, before))


def _cell(cell: Cell, before: int) -> Cell:
    paragraphs = tuple(_paragraph(each, before) for each in cell.paragraphs)
    return replace(cell, paragraphs=paragraphs, origin=_origin(cell.origin, before))


def _paragraph(paragraph: Paragraph, before: int) -> Paragraph:
    rest = tuple(_origin(each, before) for each in paragraph.rest)
    pictures = tuple(replace(each, origin=_origin(each.origin, before)) for each in paragraph.pictures)
    return replace(paragraph, origin=_origin(paragraph.origin, before), rest=rest, pictures=pictures)


def _origin(origin: Origin, before: int) -> Origin:
    return replace(origin, page=origin.page + before) if isinstance(origin, PageOrigin) else origin
