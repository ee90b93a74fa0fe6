"""Where each field of a form goes in its workbook: single fields on one sheet, each array on a sheet of its own.

An array inside an array (the pictures of a 亮点), however deep, gets columns on the outermost array's sheet; its
further entries stand on the rows below, in which only those columns are filled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from greenforms.form.form import Form
from greenforms.form.shape import Shape
from greenforms.form.tree import Group, Leaf, Node, Rows, leaves
from greenforms.workbook.branches import OPTIONAL, REQUIRED, Need, branches, need
from greenforms.workbook.headings import told_apart
from greenforms.workbook.limits import limits_of
from greenforms.workbook.notes import note_of
from greenforms.workbook.parts import (
    ENTRY_SHEET,
    GUIDE_SHEET,
    Column,
    Entry,
    Field,
    Heading,
    Plan,
    Sheet,
    Sublist,
)
from greenforms.workbook.values import Verbatim
from greenforms_extractors.match.flow import Flow

#: Rows made ready on an array's sheet, and where the array is all there is to the form.
_ROWS, _ROSTER_ROWS = 200, 5000
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


def plan_of(form: Form) -> Plan:
    """Lay out a form's workbook."""
    return Plan(tuple(_Planner(form).entries(form.root)))


def anchor_of(pattern: str) -> str:
    """The defined name of a field, the same as in a printed sheet."""
    return "gf" + pattern.replace("/*", "").replace("/", ".")


class _Planner:
    def __init__(self, form: Form) -> None:
        self._form = form
        self._names = {ENTRY_SHEET, GUIDE_SHEET}
        self._titles = Counter(node.title for node in _arrays(form.root))
        self._limits = limits_of(form, {leaf.pattern: anchor_of(leaf.pattern) for leaf in leaves(form.root)})

    def entries(self, group: Group, depth: int = 1, around: Need = REQUIRED) -> Iterator[Entry]:
        """The entries of a group in form order; `around` says whether the group itself must be filled in."""
        anchors = {f"/{name}": anchor_of(child.pattern) for name, child in group.children.items()}
        found = branches(group.conditions, anchors)
        for name, child in group.children.items():
            own = need(name, found, around, required=child.required, is_part=isinstance(child, Group))
            if isinstance(child, Group):
                if child.children:
                    yield Heading(child.title, own)
                    yield from self.entries(child, depth + 1, own)
            elif isinstance(child, Rows) or child.codec.flow is Flow.PICTURES:
                sheet = self._sheet(child, group)
                yield replace(sheet, depth=depth, need=Need(OPTIONAL.words, own.barred) if sheet.may_be_empty else own)
            else:
                yield replace(self._field(child), depth=depth, need=own)

    def _field(self, leaf: Leaf) -> Field:
        label = _BETWEEN_HAN.sub("", leaf.title)
        limit = self._limits.get(leaf.pattern)
        return Field(leaf, anchor_of(leaf.pattern), label, note_of(leaf), limit=limit)

    def _sheet(self, node: Rows | Leaf, group: Group) -> Sheet:
        columns, sublists = told_apart(*self._parts(node))
        only = isinstance(node, Rows) and list(self._form.root.children.values()) == [node]
        title = node.title if self._titles[node.title] == 1 else f"{group.title}·{node.title}"
        return Sheet(
            pattern=node.pattern,
            anchor=anchor_of(node.pattern),
            title=title,
            name=self._sheet_name(title),
            note=node.description,
            required=node.required,
            may_be_empty=may_be_empty(node),
            rows=_ROSTER_ROWS if only else _ROWS,
            columns=columns,
            sublists=sublists,
        )

    def _parts(self, node: Rows | Leaf) -> tuple[tuple[Column, ...], tuple[Sublist, ...]]:
        found = tuple(self._columns(node))
        columns = tuple(each for each in found if isinstance(each, Column))
        return columns, tuple(each for each in found if isinstance(each, Sublist))

    def _columns(self, node: Rows | Leaf) -> Iterator[Column | Sublist]:
        if isinstance(node, Leaf):
            yield from self._picture_columns(node)
        else:
            yield from self._below(node.item, (), ())

    def _below(self, node: Node, path: tuple[str, ...], around: tuple[str, ...]) -> Iterator[Column | Sublist]:
        if isinstance(node, Group):
            within = (*around, node.title) if path else around
            for name, child in node.children.items():
                yield from self._below(child, (*path, name), within)
        elif isinstance(node, Leaf) and node.codec.flow is not Flow.PICTURES:
            yield Column(path, self._field(node), around)
        else:
            yield self._sublist(node, path)

    def _sublist(self, node: Rows | Leaf, path: tuple[str, ...]) -> Sublist:
        return Sublist(path, node.title, *self._parts(node), may_be_empty(node))

    def _picture_columns(self, leaf: Leaf) -> Iterator[Column]:
        """Pictures are listed by file and caption."""
        hints = {"file": "图片文件名，如 pictures/车间.jpg", "caption": "印在图片下方的文字"}
        for name, word in (("file", "文件"), ("caption", "说明")):
            pattern = f"{leaf.pattern}/*/{name}"
            label = f"{leaf.title}{word}"
            part = Leaf(
                pattern, label, Verbatim(), name in leaf.needed_parts, nullable=False, printed=True, shape=Shape()
            )
            note = "\n".join(filter(None, (hints[name], leaf.description if name == "file" else "")))
            yield Column((name,), Field(part, anchor_of(pattern), part.title, note))

    def _sheet_name(self, title: str) -> str:
        """The title within the limits Excel sets to sheet names, made unique by a number."""
        base = _NOT_IN_NAMES.sub("", title)[:_LONGEST_NAME] or "列表"
        name, number = base, 1
        while name in self._names:
            number += 1
            name = f"{base[: _LONGEST_NAME - len(str(number)) - 2]}({number})"
        self._names.add(name)
        return name


def _arrays(group: Group) -> Iterator[Rows | Leaf]:
    """What gets a sheet of its own."""
    for child in group.children.values():
        if isinstance(child, Group):
            yield from _arrays(child)
        elif isinstance(child, Rows) or child.codec.flow is Flow.PICTURES:
            yield child


def may_be_empty(node: Rows | Leaf) -> bool:
    """Whether a list that must be there may hold nothing."""
    return node.required and not node.bounds.least
