"""Puts tags into the authority's Word file; everything else in it stays as it is."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator, Sequence

from lxml import etree

from greenforms.draft.form import DraftForm, Loop
from greenforms.draft.tags import END, Insertion, insertions, openings
from greenforms.form.template.runs import set_run_text, text_of, w
from greenforms_extractors.model import Document, Paragraph, ParagraphOrigin, Table, TableOrigin
from greenforms_extractors.word.markup import unwrap

_MAIN = "word/document.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class WordTags:
    """One file while tags are put in. `missed` are the tags whose place was not found in the file."""

    def __init__(self, content: bytes, document: Document) -> None:
        self._content = content
        self._document = document
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self._root = etree.fromstring(package.read(_MAIN), etree.XMLParser(resolve_entities=False, no_network=True))
        body = self._root.find(w("body"))
        assert body is not None
        self._paragraphs: list[etree._Element] = []
        self._tables = list(_tables(body))
        for block, _ in unwrap(body, (w("p"), w("tbl"))):
            if block.tag == w("p"):
                self._paragraphs.append(block)
                self._paragraphs += [inner for box in block.iter(w("txbxContent")) for inner in box.iter(w("p"))]
        self.missed: list[str] = []

    def tagged(self, form: DraftForm) -> bytes:
        """The file with the tags of a form."""
        for group in insertions(form):
            paragraph = self._paragraph(group[0])
            for insertion in group:
                if paragraph is None or not _put(paragraph, insertion):
                    self.missed.append(insertion.tag)
        for loop in sorted(form.loops, key=lambda loop: -loop.listed.first):
            self._repeat(loop)
        target = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._content)) as old,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                part = old.read(info)
                if info.filename == _MAIN:
                    part = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
                new.writestr(info.filename, part)
        return target.getvalue()

    def _paragraph(self, insertion: Insertion) -> etree._Element | None:
        place = insertion.place
        block = self._document.blocks[place.block]
        if place.cell is not None:
            cell = self._cell(place.cell.origin)
            inside = [] if cell is None else [each for each, _ in unwrap(cell, (w("p"),))]
            return inside[place.paragraph] if place.paragraph < len(inside) else None
        if not isinstance(block, Paragraph) or not isinstance(block.origin, ParagraphOrigin):
            return None
        index = block.origin.index - 1
        return self._paragraphs[index] if index < len(self._paragraphs) else None

    def _cell(self, origin: object) -> etree._Element | None:
        if not isinstance(origin, TableOrigin):
            return None
        row = _rows(self._tables[origin.table - 1])[origin.row - 1]
        return next((cell for column, cell in _cells(row) if column == origin.column - 1), None)

    def _repeat(self, loop: Loop) -> None:
        """Keep one item of a list's rows, and put the statements of its loop around it."""
        block = self._document.blocks[loop.listed.block]
        assert isinstance(block, Table)
        assert isinstance(block.origin, TableOrigin)
        rows = _rows(self._tables[block.origin.table - 1])[loop.listed.first : loop.listed.end]
        kept, dropped = rows[: loop.listed.height], rows[loop.listed.height :]
        for row in dropped:
            _parent(row).remove(row)
        if loop.inner:
            for merge in [each for row in kept for each in row.iter(w("vMerge")) if each.get(w("val")) == "restart"]:
                _parent(merge).remove(merge)
        parent = _parent(kept[0])
        plain = copy.deepcopy(kept[0])
        place = parent.index(kept[0])
        for statement in reversed(openings(loop)):
            parent.insert(place, _statement(plain, statement))
        place = parent.index(kept[-1]) + 1
        for _ in openings(loop):
            parent.insert(place, _statement(plain, END))


def _statement(row: etree._Element, text: str) -> etree._Element:
    """A row of its own with a statement in its first cell that is seen."""
    twin = copy.deepcopy(row)
    cells = [cell for _, cell in _cells(twin)]
    for run in [run for cell in cells for run in cell.iter(w("r"))]:
        _parent(run).remove(run)
    for merge in [each for cell in cells for each in cell.iter(w("vMerge")) if each.get(w("val")) == "restart"]:
        _parent(merge).remove(merge)
    seen = next((cell for cell in cells if cell.find(f"{w('tcPr')}/{w('vMerge')}") is None), cells[0])
    paragraph = next(seen.iter(w("p")))
    run = etree.SubElement(paragraph, w("r"))
    set_run_text(run, text)
    return twin


def _put(paragraph: etree._Element, insertion: Insertion) -> bool:
    """Put a tag in place of the characters it replaces; whether these are where the reader saw them."""
    texts = list(_texts(paragraph))
    whole = "".join(_said(node) for node in texts)
    start, end = insertion.place.start, insertion.place.end
    if end > len(whole):
        return False
    position, anchor = 0, None
    for node in texts:
        said = _said(node)
        left, right = max(start - position, 0), min(end - position, len(said))
        if anchor is None and position + len(said) >= start and (len(said) or start == 0):
            anchor = (node, min(left, len(said)))
        if left < right:
            _cut(node, said, left, right)
        position += len(said)
    if anchor is None:
        _new_run(paragraph, insertion.tag)
    else:
        _insert(anchor[0], anchor[1], insertion.tag)
    return True


def _texts(paragraph: etree._Element) -> Iterator[etree._Element]:
    """What of a paragraph's runs prints characters, as the reader counts them."""
    for run, _ in unwrap(paragraph, (w("r"),)):
        yield from (child for child in run if child.tag in (w("t"), w("tab"), w("br"), w("noBreakHyphen")))


def _said(node: etree._Element) -> str:
    return node.text or "" if node.tag == w("t") else {w("tab"): "\t", w("br"): "\n"}.get(node.tag, "-")


def _cut(node: etree._Element, said: str, left: int, right: int) -> None:
    node.set(_SPACE, "preserve")
    node.tag, node.text = w("t"), said[:left] + said[right:]


def _insert(node: etree._Element, offset: int, tag: str) -> None:
    """Write a tag into a run's text, in the run's look."""
    if node.tag != w("t"):
        following = etree.Element(w("t"))
        _parent(node).insert(_parent(node).index(node) + 1, following)
        node, offset = following, 0
    said = node.text or ""
    node.text = said[:offset] + tag + said[offset:]
    node.set(_SPACE, "preserve")


def _new_run(paragraph: etree._Element, tag: str) -> None:
    """A run in the look of the paragraph's mark, which is what somebody would type in."""
    run = next(iter(paragraph.findall(w("r"))), None)
    if run is None:
        run = etree.SubElement(paragraph, w("r"))
        look = paragraph.find(f"{w('pPr')}/{w('rPr')}")
        if look is not None:
            run.insert(0, copy.deepcopy(look))
    set_run_text(run, text_of(run) + tag)


def _tables(container: etree._Element) -> Iterator[etree._Element]:
    """The tables of a body in the order in which the reader numbers them."""
    for block, _ in unwrap(container, (w("p"), w("tbl"))):
        inside: Sequence[etree._Element] = [block] if block.tag == w("tbl") else list(block.iter(w("txbxContent")))
        for each in inside:
            if each.tag == w("tbl"):
                yield each
                for row in _rows(each):
                    for _, cell in _cells(row):
                        yield from _tables(cell)
            else:
                yield from _tables(each)


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row, _ in unwrap(table, (w("tr"),))]


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row, each with the grid column it begins in, from 0."""
    before = row.find(f"{w('trPr')}/{w('gridBefore')}")
    column = int(before.get(w("val"), "0")) if before is not None else 0
    for cell, _ in unwrap(row, (w("tc"),)):
        yield column, cell
        span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
        column += int(span.get(w("val"), "1")) if span is not None else 1


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent
