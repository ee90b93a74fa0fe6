"""Where each field of a form goes in its workbook: single fields on one sheet, each array on a sheet of its own.

An array inside an array (the pictures of a 亮点) gets columns on the outer array's sheet; its further entries stand on
the rows below, in which only those columns are filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from greenforms.errors import FormPackageError
from greenforms.form.package import Form
from greenforms.form.tree import Group, Leaf, Node, Rows, leaves
from greenforms.workbook.branches import OPTIONAL, REQUIRED, Need, branches, need
from greenforms.workbook.limits import Limit, limits_of
from greenforms.workbook.notes import note_of
from greenforms.workbook.values import Verbatim

ENTRY_SHEET = "填报"
GUIDE_SHEET = "说明"
#: Rows made ready on an array's sheet, and where the array is all there is to the form.
_ROWS, _ROSTER_ROWS = 200, 5000
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its leaf, the defined name of its cell or column, how it is labelled and explained, its bounds."""

    leaf: Leaf
    anchor: str
    label: str
    note: str
    minimum: Any = None
    maximum: Any = None
    #: How many groups it stands in, the form itself counted.
    depth: int = 1
    need: Need = OPTIONAL
    limit: Limit | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A field of an array's rows; `path` leads to it from the row's object. Columns are told apart by identity."""

    path: tuple[str, ...]
    field: Field


@dataclass(frozen=True, slots=True, eq=False)
class Sublist:
    """An array inside an array's rows."""

    path: tuple[str, ...]
    title: str
    columns: tuple[Column, ...]
    may_be_empty: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """An array's sheet. `anchor` names its heading row."""

    pattern: str
    anchor: str
    title: str
    name: str
    note: str
    required: bool
    may_be_empty: bool
    rows: int
    columns: tuple[Column, ...]
    sublists: tuple[Sublist, ...]
    depth: int = 1
    need: Need = OPTIONAL

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The row's own columns, then those of the arrays inside it."""
        return (*self.columns, *(column for each in self.sublists for column in each.columns))


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a group of single fields."""

    title: str
    need: Need


Entry = Field | Heading | Sheet


@dataclass(frozen=True, slots=True)
class Plan:
    """A form's workbook: the entries of the sheet of single fields in form order, arrays among them."""

    entries: tuple[Entry, ...]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of the arrays."""
        return tuple(entry for entry in self.entries if isinstance(entry, Sheet))

    @property
    def fields(self) -> tuple[Field, ...]:
        """The single fields."""
        return tuple(entry for entry in self.entries if isinstance(entry, Field))


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
        self._limits = limits_of(form, {leaf.pattern: anchor_of(leaf.pattern) for leaf in leaves(form.root)})

    def entries(self, group: Group, depth: int = 1, around: Need = REQUIRED) -> Iterator[Entry]:
        """The entries of a group in form order; `around` says whether the group itself must be filled in."""
        found = branches(
            self._schema(group.pattern), {name: anchor_of(child.pattern) for name, child in group.members.items()}
        )
        for name, child in group.members.items():
            own = need(name, found, around, required=child.required, is_part=isinstance(child, Group))
            if isinstance(child, Group):
                if child.children:
                    yield Heading(child.title, own)
                    yield from self.entries(child, depth + 1, own)
            elif isinstance(child, Rows) or child.codec.name == "pictures":
                sheet = self._sheet(child)
                yield replace(sheet, depth=depth, need=Need(OPTIONAL.words, own.barred) if sheet.may_be_empty else own)
            else:
                yield replace(self._field(child), depth=depth, need=own)

    def _field(self, leaf: Leaf) -> Field:
        schema = self._schema(leaf.pattern)
        label = _BETWEEN_HAN.sub("", leaf.title)
        bounds = schema.get("minimum"), schema.get("maximum")
        note = note_of(leaf, schema.get("description", ""), schema.get("examples", ()))
        return Field(leaf, anchor_of(leaf.pattern), label, note, *bounds, limit=self._limits.get(leaf.pattern))

    def _sheet(self, node: Rows | Leaf) -> Sheet:
        schema = self._schema(node.pattern)
        columns = tuple(self._columns(node))
        only = isinstance(node, Rows) and list(self._form.root.members.values()) == [node]
        return Sheet(
            pattern=node.pattern,
            anchor=anchor_of(node.pattern),
            title=node.title,
            name=self._sheet_name(node.title),
            note=schema.get("description", ""),
            required=node.required,
            may_be_empty=node.required and not schema.get("minItems"),
            rows=_ROSTER_ROWS if only else _ROWS,
            columns=tuple(column for column in columns if isinstance(column, Column)),
            sublists=tuple(column for column in columns if isinstance(column, Sublist)),
        )

    def _columns(self, node: Rows | Leaf) -> Iterator[Column | Sublist]:
        if isinstance(node, Leaf):
            yield from self._picture_columns(node)
        else:
            yield from self._below(node.item, ())

    def _below(self, node: Node, path: tuple[str, ...]) -> Iterator[Column | Sublist]:
        if isinstance(node, Group):
            for name, child in node.members.items():
                yield from self._below(child, (*path, name))
        elif isinstance(node, Leaf) and node.codec.name != "pictures":
            yield Column(path, self._field(node))
        else:
            yield self._sublist(node, path)

    def _sublist(self, node: Rows | Leaf, path: tuple[str, ...]) -> Sublist:
        columns = tuple(self._columns(node))
        inner = tuple(column for column in columns if isinstance(column, Column))
        if len(inner) != len(columns):
            raise FormPackageError((f"{self._form.id}：字段“{node.pattern}”嵌套了三层列表，填报工作簿排不下",))
        empty = node.required and not self._schema(node.pattern).get("minItems")
        return Sublist(path, node.title, inner, empty)

    def _picture_columns(self, leaf: Leaf) -> Iterator[Column]:
        """Pictures are listed by file and caption."""
        schema = self._schema(leaf.pattern)
        needed = self._schema(f"{leaf.pattern}/*").get("required", ())
        hints = {"file": "图片文件名，如 pictures/车间.jpg", "caption": "印在图片下方的文字"}
        for name, word in (("file", "文件"), ("caption", "说明")):
            pattern = f"{leaf.pattern}/*/{name}"
            part = Leaf(pattern, f"{leaf.title}{word}", Verbatim(), name in needed, nullable=False, printed=True)
            note = "\n".join(filter(None, (hints[name], schema.get("description", "") if name == "file" else "")))
            yield Column((name,), Field(part, anchor_of(pattern), part.title, note))

    def _schema(self, pattern: str) -> Mapping[str, Any]:
        node = self._resolved(self._form.schema)
        for step in pattern.split("/")[1:]:
            node = self._resolved(node.get("items", {}) if step == "*" else node.get("properties", {}).get(step, {}))
        return node

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        reference = schema.get("$ref")
        if reference is None:
            return schema
        target: Any = self._form.schema
        for part in reference.removeprefix("#/").split("/"):
            target = target[part]
        return {**self._resolved(target), **schema}

    def _sheet_name(self, title: str) -> str:
        """The title within the limits Excel sets to sheet names, made unique by a number."""
        base = _NOT_IN_NAMES.sub("", title)[:_LONGEST_NAME] or "列表"
        name, number = base, 1
        while name in self._names:
            number += 1
            name = f"{base[: _LONGEST_NAME - len(str(number)) - 2]}({number})"
        self._names.add(name)
        return name
