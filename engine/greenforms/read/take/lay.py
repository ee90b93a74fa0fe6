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

_SHEET, _WORD = "xlsx", "docx"
#: So much of its layout is found on a form's own sheet at least; typed ones reach 0.9 at most.
_OWN = 0.95
_ANNEX = re.compile("附件[0-9一二三四五六七八九十]{0,3}")


def lay(form: Form, document: Document) -> Match:
    """The layout of a form laid over a document, without the texts in it that are known and say nothing.

    A sheet that somebody typed may follow the Word form: unless it is plainly the form's own sheet, of the two layouts
    the one that leaves fewer texts open is taken.
    """
    own = _laid(form, document, document.kind)
    if own.share >= _OWN or document.kind != _SHEET or not {_SHEET, _WORD} <= form.templates.keys():
        return own
    return max(own, _laid(form, document, _WORD), key=_told)


def _told(found: Match) -> int:
    """How many values a layout finds, less the texts that it has no place for."""
    return sum(bool(each.raw.strip()) for each in found.found) - len(found.unread)


def _laid(form: Form, document: Document, kind: str) -> Match:
    titles = frozenset(map(fold_label, form.entry.titles))
    printed = printed_labels(form, kind)
    known = blank_texts(form, kind) | (titles - printed)
    blocks = tuple(_without(block, known) for block in _without_annex(document.blocks, printed))
    return match(layout_for(form, kind), replace(document, blocks=blocks))


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
