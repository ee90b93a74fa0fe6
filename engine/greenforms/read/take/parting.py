"""Several papers in one file: where another one begins, and the file cut there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.read.take.identify import Identified
from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.result import Doubt
from greenforms_extractors.model import Block, Document, Origin, PageOrigin, Table

#: A shorter text is no title by which a paper is told from what another one says.
_SHORTEST = 5
#: A title has a name of so many characters in front of it, and is no sentence.
_LONGEST_NAME = 30
_SENTENCE = re.compile("[。；，、,;]")
_ANNEX = re.compile("附[件表][0-9一二三四五六七八九十]*:?")


def another_begins(library: Library, document: Document, identified: Identified) -> int | None:
    """The block with which another paper begins, in a document over which a form was laid.

    It is where the form's labels come a second time, or where the title of another form stands that this form has no
    place for, or its own after that.
    """
    match = identified.match
    again = _blocks_of(document, {each.origin for each in match.remarks if each.doubt is Doubt.SECOND_PAPER})
    left = {each.origin for each in match.unread if _is_title(each.text, _titles(library))}
    others = _blocks_of(document, left)
    own = _titled(document, _of_form(identified.form))[:1]
    begins = sorted({*again, *others, *own}) if own or 0 in others else sorted({0, *again, *others})
    return _second(document, begins)


def titled_again(library: Library, document: Document) -> int | None:
    """The block with the second title of a form, in a document that as a whole is none."""
    return _second(document, _titled(document, _titles(library)))


def cut(document: Document, begins: int) -> tuple[Document, Document]:
    """The document before a block, and from there on. What the file says of itself stays with the first."""
    blocks = document.blocks
    later = {place for block in blocks[begins:] for place in _places(block)}
    after = tuple(control for control in document.controls if control.origin in later)
    charts = tuple(chart for chart in document.charts if chart.origin in later)
    first = replace(
        document,
        blocks=blocks[:begins],
        controls=tuple(control for control in document.controls if control not in after),
        charts=tuple(chart for chart in document.charts if chart not in charts),
    )
    second = replace(
        document, blocks=blocks[begins:], controls=after, charts=charts, attachments={}, notices=(), asides=()
    )
    return first, second


def _second(document: Document, titles: Sequence[int]) -> int | None:
    """Where the second of several papers begins, by the blocks of their titles; two do not begin on one page."""
    begins = sorted({_begin_of(document, title) for title in titles})
    return begins[1] if len(begins) > 1 else None


def _blocks_of(document: Document, places: Collection[Origin]) -> list[int]:
    """The blocks that hold one of the places."""
    return [number for number, block in enumerate(document.blocks) if not {*_places(block)}.isdisjoint(places)]


def _titled(document: Document, titles: Collection[str]) -> list[int]:
    """The blocks that are, or begin with, one of the titles."""
    blocks = enumerate(document.blocks)
    return [number for number, block in blocks if any(_is_title(text, titles) for text in _leading(block))]


def _is_title(text: str, titles: Collection[str]) -> bool:
    """Whether a line is a title, with a name in front of it at most."""
    folded = fold_label(text)
    if not folded or _SENTENCE.search(text):
        return False
    return any(folded.endswith(title) and len(folded) <= len(title) + _LONGEST_NAME for title in titles)


def _begin_of(document: Document, title: int) -> int:
    """The block with which a paper begins that has its title at a block: the first of its page, or its annex line."""
    page = _page_of(document.blocks[title])
    if page is not None:
        return next(number for number, block in enumerate(document.blocks) if _page_of(block) == page)
    before = document.blocks[title - 1]
    is_annex = title > 1 and not isinstance(before, Table) and _ANNEX.fullmatch(fold_label(before.text))
    return title - 1 if is_annex else title


def _page_of(block: Block) -> int | None:
    return block.origin.page if isinstance(block.origin, PageOrigin) else None


def _places(block: Block) -> Iterator[Origin]:
    if isinstance(block, Table):
        for cell in block.cells:
            yield cell.origin
            yield from (paragraph.origin for paragraph in cell.paragraphs)
    else:
        yield from block.places


def _leading(block: Block) -> Iterator[str]:
    """What may be a title: a paragraph, or the first row of a table where it is one cell."""
    if isinstance(block, Table):
        first = next(iter(block.row_cells()), ())
        yield from (cell.text for cell in first if len(first) == 1)
    else:
        yield block.text


@cache
def _titles(library: Library) -> frozenset[str]:
    """The titles of all forms, as labels are compared."""
    entries = (entry for edition in library.edition_ids for entry in library.edition(edition).forms)
    titles = (title for entry in entries for title in entry.titles)
    return frozenset(folded for title in titles if len(folded := fold_label(title)) >= _SHORTEST)


def _of_form(form: Form) -> frozenset[str]:
    """The titles of one form."""
    return frozenset(map(fold_label, form.entry.titles))
