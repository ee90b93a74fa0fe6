"""Pages out of their order: where what a form prints later stands on an earlier page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.layout import layout_for
from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.layout import Label, Layout
from greenforms_extractors.model import Document, PageOrigin, Paragraph

#: So many labels of a form tell where a page belongs.
_LEAST = 3


def page_order_findings(file: str, form: Form, document: Document) -> Iterator[Finding]:
    """A finding where a page stands behind one before which all its labels belong."""
    if (document.pages or 1) < 2:
        return
    places = _places(document, _order(layout_for(form, document.kind)))
    known = [page for page in sorted(places) if len(places[page]) >= _LEAST]
    for before, page in pairwise(known):
        if max(places[page]) < min(places[before]):
            message = (
                f"{file}：第{page}页的内容在表上排在第{before}页前面，各页的次序可能乱了，有的栏目会读不到。"
                "请核对各页的次序；乱了的，排好再读取一次。"
            )
            yield Finding("read/page-order", Severity.ASK, message, (Place(file, "", ""),), fix="请核对各页的次序")
            return


def _order(layout: Layout) -> Mapping[str, int]:
    """Where a form prints a label that it prints once, outside lists."""
    repeated = {number for loop in layout.outline.loops for number in range(loop.start, loop.end)}
    labels = [
        (number, fold_label(anchor.text))
        for number, anchor in enumerate(layout.anchors)
        if isinstance(anchor, Label) and not anchor.pattern and number not in repeated
    ]
    often = Counter(text for _, text in labels)
    return {text: number for number, text in labels if text and often[text] == 1}


def _places(document: Document, order: Mapping[str, int]) -> Mapping[int, list[int]]:
    """The places in the form of the labels that each page bears."""
    found: dict[int, list[int]] = defaultdict(list)
    printed = [(text if text in order else text.partition(":")[0], page) for text, page in _texts(document)]
    often = Counter(text for text, _ in printed)
    for text, page in printed:
        if text in order and often[text] == 1:  # what comes again says nothing of its page
            found[page].append(order[text])
    return found


def _texts(document: Document) -> Iterator[tuple[str, int]]:
    for block in document.blocks:
        for piece in (block,) if isinstance(block, Paragraph) else block.cells:
            if isinstance(piece.origin, PageOrigin):
                yield fold_label(piece.text), piece.origin.page
