"""Lays a form over a document.

What the empty form alone prints, such as （样表）, is known and says nothing; nor does a title in other words of the
edition, nor the line 附件 at the head of a document, whatever its number there.
"""

from __future__ import annotations

import re
from dataclasses import replace

from greenforms.form.form import Form
from greenforms.form.layout import blank_texts, layout_for, printed_labels
from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.result import Match
from greenforms_extractors.match.take import match
from greenforms_extractors.model import Block, Document, Paragraph

_ANNEX = re.compile("附件[0-9一二三四五六七八九十]{0,3}")


def lay(form: Form, document: Document) -> Match:
    """The layout of a form laid over a document, without the texts in it that are known and say nothing."""
    titles = frozenset(map(fold_label, form.entry.titles))
    printed = printed_labels(form, document.kind)
    known = blank_texts(form, document.kind) | (titles - printed)
    blocks = tuple(_without(block, known) for block in _without_annex(document.blocks, printed))
    return match(layout_for(form, document.kind), replace(document, blocks=blocks))


def _without_annex(blocks: tuple[Block, ...], printed: frozenset[str]) -> tuple[Block, ...]:
    """Blocks without the line 附件 at their head, unless the form prints the very same."""
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            break
        key = fold_label(block.text)
        if _ANNEX.fullmatch(key) and key not in printed:
            return (*blocks[:number], replace(block, text=""), *blocks[number + 1 :])
        if key:
            break
    return blocks


def _without(block: Block, known: frozenset[str]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text="") if fold_label(block.text) in known else block
    cells = tuple(
        replace(cell, paragraphs=()) if cell.paragraphs and fold_label(cell.text) in known else cell
        for cell in block.cells
    )
    return replace(block, cells=cells)
