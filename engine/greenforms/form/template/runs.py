"""Runs of Word paragraphs: tags that Word split over several are put back into one, texts are changed in their look."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from lxml import etree

from greenforms.form.template.tags import TAG

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """A name in the namespace of WordprocessingML."""
    return f"{{{_W}}}{name}"


def text_of(element: etree._Element) -> str:
    """The text of an element's runs."""
    return "".join(node.text or "" for node in element.iter(w("t")))


def set_run_text(run: etree._Element, text: str) -> None:
    """Make a run say `text`, keeping its look."""
    for child in list(run):
        if child.tag != w("rPr"):
            run.remove(child)
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, w("br"))
        node = etree.SubElement(run, w("t"))
        node.text = line
        node.set(_SPACE, "preserve")


def join_tags(paragraph: etree._Element) -> None:
    """Give each tag of a paragraph a run of its own, in the look of the run it begins in."""
    runs = [run for run in paragraph.iter(w("r")) if run.find(w("t")) is not None]
    text = "".join(text_of(run) for run in runs)
    spans = [tag.span() for tag in TAG.finditer(text)]
    position = 0
    for run in runs:
        own = text_of(run)
        pieces = list(_pieces(own, position, spans, text))
        position += len(own)
        if pieces != [own]:
            _split(run, pieces)


def _pieces(own: str, start: int, spans: list[tuple[int, int]], text: str) -> Iterator[str]:
    """A run's text cut at tags; a tag belongs whole to the run it begins in."""
    position, end = start, start + len(own)
    for left, right in spans:
        if right <= position or left >= end:
            continue
        if left > position:
            yield text[position:left]
        if left >= start:
            yield text[left:right]
        position = right
    if position < end:
        yield text[position:end]


def _split(run: etree._Element, pieces: list[str]) -> None:
    parent = run.getparent()
    assert parent is not None
    place = parent.index(run)
    parent.remove(run)
    for offset, piece in enumerate(pieces):
        twin = copy.deepcopy(run)
        twin.tail = None
        set_run_text(twin, piece)
        parent.insert(place + offset, twin)
