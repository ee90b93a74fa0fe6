"""Unrolls a Word template: loops over catalogues row by row, included layouts, texts that the edition gives.

What is left are plain slots, loops over lists and conditions, which the parser knows.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from lxml import etree

from greenforms.form.template.blocks import Block, blocks, inside, rows_unrolled, stated_in
from greenforms.form.template.names import Names, Printed
from greenforms.form.template.runs import join_tags, set_run_text, text_of, w
from greenforms.form.template.scope import UnknownName
from greenforms.form.template.tags import TAG, For, If, Include, Statement
from greenforms.form.tree import Group

_MAIN = "word/document.xml"
#: Tells what cells of a merged attribute share while their table is put together.
_MERGED = "merged-attribute"

#: The template of a layout, what its edition prints, and which attributes of a catalogue are merged.
TemplateOf = Callable[[str], tuple[Path, Mapping[str, str]] | None]
MergedOf = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sources:
    """What a template may take from elsewhere."""

    texts: Mapping[str, str]
    template_of: TemplateOf
    merged_of: MergedOf


@dataclass(slots=True)
class Expanded:
    """An unrolled template and what was wrong in it; errors are Chinese clauses."""

    content: bytes
    errors: list[str] = field(default_factory=list)


def expand_word(path: Path, root: Group, sources: Sources) -> Expanded:
    """The docx of a template with everything unrolled."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    document = etree.fromstring(parts[_MAIN])
    expander = _Expander(sources, {path})
    body = document.find(w("body"))
    if body is not None:
        expander.container(body, Names(root, sources.texts))
    for table in document.iter(w("tbl")):
        _merge_down(table)
    parts[_MAIN] = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return Expanded(target.getvalue(), expander.errors)


@dataclass(slots=True)
class _Expander:
    sources: Sources
    open: set[Path]
    errors: list[str] = field(default_factory=list)

    def container(self, container: etree._Element, names: Names) -> None:
        """Unroll the children of a body or a table, in place."""
        children = [child for child in container if child.tag in (w("p"), w("tbl"), w("tr"))]
        if not children:
            return
        place = container.index(children[0])
        found = list(self._emit(blocks(children, _statement), names))
        for child in children:
            container.remove(child)
        for offset, element in enumerate(found):
            container.insert(place + offset, element)

    def _emit(self, nodes: Sequence[etree._Element | Block[etree._Element]], names: Names) -> Iterator[etree._Element]:
        for node in nodes:
            if isinstance(node, Block):
                yield from self._block(node, names)
            elif isinstance(statement := _statement(node), Include):
                yield from self._included(statement, names)
            else:
                yield self._element(node, names)

    def _block(self, block: Block[etree._Element], names: Names) -> Iterator[etree._Element]:
        turns = rows_unrolled(block.statement, names, self.sources.merged_of)
        if turns is not None:
            for turn in turns:
                yield from self._emit(block.body, turn)
            return
        yield self._renamed_statement(block.opening, block.statement, names)
        yield from self._emit(block.body, inside(block.statement, names))
        if block.closing is not None:
            yield copy.deepcopy(block.closing)

    def _included(self, statement: Include, names: Names) -> Iterator[etree._Element]:
        try:
            group = names.node(statement.name)
            found = self.sources.template_of(group.layout) if isinstance(group, Group) and group.layout else None
            if found is None:
                raise UnknownName(f"“{statement.name}”不是有 Word 模板的另一个版式")
            inner = names.within(statement.name, found[1])
        except UnknownName as error:
            self.errors.append(f"{{% layout {statement.name} %}}：{error}")
            return
        path = found[0]
        if path in self.open:
            self.errors.append(f"{{% layout {statement.name} %}}：模板 {path.name} 包含了它自己")
            return
        with zipfile.ZipFile(path) as package:
            body = etree.fromstring(package.read(_MAIN)).find(w("body"))
        assert body is not None
        self.open.add(path)
        yield from self._emit(blocks([child for child in body if child.tag in (w("p"), w("tbl"))], _statement), inner)
        self.open.discard(path)

    def _element(self, element: etree._Element, names: Names) -> etree._Element:
        twin = copy.deepcopy(element)
        twin.tail = None
        if twin.tag == w("tbl"):
            self.container(twin, names)
            return twin
        for paragraph in list(twin.iter(w("p"))):
            self._paragraph(paragraph, names)
        return twin

    def _paragraph(self, paragraph: etree._Element, names: Names) -> None:
        if not TAG.search(text_of(paragraph)):
            return
        join_tags(paragraph)
        for run in list(paragraph.iter(w("r"))):
            tag = TAG.fullmatch(text_of(run))
            if tag and tag["name"]:
                self._print(run, paragraph, tag["name"], names)

    def _print(self, run: etree._Element, paragraph: etree._Element, name: str, names: Names) -> None:
        try:
            printed = names.attribute(name)
        except UnknownName as error:
            self.errors.append(f"{{{{ {name} }}}}：{error}")
            printed = Printed("")
        if printed is None:
            set_run_text(run, f"{{{{ {names.full(name)} }}}}")
            return
        set_run_text(run, printed.text)
        cell = next(paragraph.iterancestors(w("tc")), None)
        if printed.merged is not None and cell is not None:
            cell.set(_MERGED, printed.merged)

    def _renamed_statement(self, element: etree._Element, statement: For | If, names: Names) -> etree._Element:
        twin = copy.deepcopy(element)
        twin.tail = None
        for paragraph in twin.iter(w("p")):
            if (tag := TAG.search(text_of(paragraph))) is None or not tag["statement"]:
                continue
            join_tags(paragraph)
            run = next(run for run in paragraph.iter(w("r")) if text_of(run) == tag[0])
            word = f"for {statement.variable} in" if isinstance(statement, For) else "if"
            set_run_text(run, f"{{%{tag['scope'] or ''} {word} {names.full(statement.name)} %}}")
        return twin


def _statement(element: etree._Element) -> Statement | None:
    return None if element.tag == w("tbl") else stated_in(text_of(element))


def _merge_down(table: etree._Element) -> None:
    """Merge cells of one attribute over the rows that print the same."""
    rows = [row.findall(w("tc")) for row in table.findall(w("tr"))]
    for column in range(max(map(len, rows), default=0)):
        cells = [row[column] if column < len(row) else None for row in rows]
        for text, run in groupby(cells, key=lambda cell: None if cell is None else cell.get(_MERGED)):
            same = [cell for cell in run if cell is not None]
            if text is None:
                continue
            for number, cell in enumerate(same):
                del cell.attrib[_MERGED]
                if len(same) > 1:
                    _set_merge(cell, "continue" if number else "restart")


def _set_merge(cell: etree._Element, kind: str) -> None:
    properties = cell.find(w("tcPr"))
    if properties is None:
        properties = etree.Element(w("tcPr"))
        cell.insert(0, properties)
    merge = etree.Element(w("vMerge"))
    merge.set(w("val"), kind)
    before = [properties.find(w(name)) for name in ("gridSpan", "tcW", "cnfStyle")]
    place = next((properties.index(each) + 1 for each in before if each is not None), 0)
    properties.insert(place, merge)
    if kind == "continue":
        for run in list(cell.iter(w("r"))):
            parent = run.getparent()
            assert parent is not None
            parent.remove(run)
