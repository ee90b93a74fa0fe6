"""Lays a form over a document. What the empty form alone prints, such as （样表）, is known and says nothing."""

from __future__ import annotations

from dataclasses import replace

from greenforms.form.form import Form
from greenforms.form.layout import blank_texts, layout_for
from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.result import Match
from greenforms_extractors.match.take import match
from greenforms_extractors.model import Block, Document, Paragraph


def lay(form: Form, document: Document) -> Match:
    """The layout of a form laid over a document, without the texts of the empty form that somebody left in it."""
    known = blank_texts(form, document.kind)
    if known:
        document = replace(document, blocks=tuple(_without(block, known) for block in document.blocks))
    return match(layout_for(form, document.kind), document)


def _without(block: Block, known: frozenset[str]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text="") if fold_label(block.text) in known else block
    cells = tuple(
        replace(cell, paragraphs=()) if cell.paragraphs and fold_label(cell.text) in known else cell
        for cell in block.cells
    )
    return replace(block, cells=cells)
