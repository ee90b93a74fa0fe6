"""The blanks of our own forms without any tag, and what our templates say of them: each slot's place and label."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from blanks import Pair, texts_of
from greenforms.form.form import Form
from greenforms.form.layout import template_layout, template_program
from greenforms.form.template.program import Line, RowNode, Slot, Text, walk
from greenforms.form.tree import Group, Leaf, Node, Rows, derived_leaves, leaves, pattern_of
from greenforms.render.office import for_print
from greenforms.render.paper import render_blank
from greenforms_extractors.match.layout import Anchor, Grid, Label, Part, Repeat
from greenforms_extractors.reading import read

#: Marks of the private use area: nobody prints them, and they vanish without a trace.
_OPEN, _CLOSE, _FIRST = "\ue000", "\ue001", 0xE100
_SLOT = re.compile(f"{_OPEN}(.)")
_MARKS = re.compile(f"[{_OPEN}-\uf8ff]")
_REFERENCE = re.compile("&#(5[7-9][0-9]{3}|6[0-3][0-9]{3});")


def own_blank(form: Form, kind: str) -> tuple[bytes, list[Pair]]:
    """A form's blank as the authority hands it out, and its pairs; a list's column stands in its first row."""
    fields = [*leaves(form.root), *derived_leaves(form.root)]
    marks = {leaf.pattern: chr(_FIRST + number) for number, leaf in enumerate(fields)}
    content = render_blank(replace(form, root=_marked(form.root, marks)), kind)
    content = for_print(content) if kind == "docx" else content
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"marked.{kind}")
        path.write_bytes(content)
        document = read(path)
    labels = _labels(form, kind)
    patterns = {mark: pattern for pattern, mark in marks.items()}
    titles = {leaf.pattern: leaf.title for leaf in fields}
    found: dict[str, Pair] = {}
    for place, text in texts_of(document):
        for mark in _SLOT.findall(text):
            pattern = patterns[mark]
            listed = pattern in labels and "*" in pattern
            named = labels.get(pattern) or next((labels[path] for path in labels if pattern_of(path) == pattern), None)
            if named is not None:
                label, row = named
                key = pattern if listed else f"{pattern} {place}"
                found.setdefault(key, Pair(place, f"{label}\n{titles[pattern]}", row))
    return _unmarked(content), list(found.values())


def _marked(group: Group, marks: dict[str, str]) -> Group:
    """The tree with a mark in what each field's blank prints."""
    children = {name: _marked_node(child, marks) for name, child in group.children.items()}
    derived = {name: _marked_leaf(child, marks) for name, child in group.derived.items()}
    return replace(group, children=children, derived=derived)


def _marked_node(node: Node, marks: dict[str, str]) -> Node:
    match node:
        case Leaf():
            return _marked_leaf(node, marks)
        case Rows():
            return replace(node, item=_marked(node.item, marks))
        case Group():
            return _marked(node, marks)


def _marked_leaf(leaf: Leaf, marks: dict[str, str]) -> Leaf:
    ahead = _OPEN + marks[leaf.pattern]
    rows = tuple(f"{ahead}{text}{_CLOSE}" for text in leaf.row_blanks)
    return replace(leaf, blank=f"{ahead}{leaf.blank}{_CLOSE}", row_blanks=rows)


def _character(reference: re.Match[str]) -> str:
    return chr(int(reference[1]))


def _unmarked(content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.namelist():
            part = package.read(name)
            if name.endswith(".xml") and not name.startswith("customXml"):
                part = _MARKS.sub("", _REFERENCE.sub(_character, part.decode("utf-8"))).encode("utf-8")
            copy.writestr(name, part)
    return target.getvalue()


# -- labels ------------------------------------------------------------------------------------------------------------


def _labels(form: Form, kind: str) -> dict[str, tuple[str, str]]:
    """Of each pattern what names it and its row: the template's words before it, here or where it stands again."""
    found: dict[str, tuple[str, str]] = {}
    for anchor in _anchors(template_layout(form, kind).layout.parts):
        if isinstance(anchor, Label):
            for slot in (*((anchor.before,) if anchor.before else ()), *anchor.after):
                found.setdefault(slot.path, (anchor.text, ""))
        else:
            for path, label, row in _under_headings(anchor):
                found.setdefault(path, (label, row))
    for path, words in _in_lines(form, kind).items():
        label, row = found.get(path, ("", ""))
        found[path] = (f"{label}\n{words}", row)
    return found


def _anchors(body: Sequence[Anchor | Part | Repeat[Anchor] | Repeat[Part]]) -> Iterator[Anchor]:
    for node in body:
        if isinstance(node, Label | Grid):
            yield node
        else:
            yield from _anchors(node.body)


def _under_headings(grid: Grid) -> Iterator[tuple[str, str, str]]:
    for row in grid.rows.members:
        texts = [cell.text for cell in row.cells if cell.text and not cell.slot and not cell.text.strip().isdigit()]
        slots = [number for number, cell in enumerate(row.cells) if cell.slot is not None]
        beside = any(cell.text and not cell.slot for cell in row.cells[slots[0] :]) if slots else False
        for number in slots:
            cell = row.cells[number]
            assert cell.slot is not None
            if beside:
                yield cell.slot.path, row.cells[number - 1].text, ""
            else:
                yield cell.slot.path, grid.columns[cell.first].label.text, "\n".join(texts)


def _in_lines(form: Form, kind: str) -> dict[str, str]:
    """The words right before each slot of a line of text, where there are any."""
    nodes = list(walk(template_program(form, kind).body))
    lines = [node for node in nodes if isinstance(node, Line)]
    lines += [line for node in nodes if isinstance(node, RowNode) for box in node.boxes for line in box.lines]
    found: dict[str, str] = {}
    for line in lines:
        for number, piece in enumerate(line.pieces):
            if isinstance(piece, Slot):
                beside = [each.text for each in line.pieces[max(0, number - 1) : number + 2] if isinstance(each, Text)]
                found[piece.path] = "\n".join([found.get(piece.path, ""), *beside])
    return found
