"""Resolves the names in a template's tags against a form's fields, loop variables included."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from greenforms.form.tree import Group, Leaf, Node, Rows

_STEP = re.compile(r"\w+")


def steps_of(name: str) -> list[str]:
    """The steps of a dotted name, indices included: `highlights[0].body`."""
    return _STEP.findall(name)


class UnknownName(Exception):
    """A tag that names nothing in the schema; the message is a Chinese clause."""


@dataclass(frozen=True, slots=True)
class Loop:
    """An open loop: its variable, the list, and the list's pattern as it stands here."""

    variable: str
    rows: Rows
    path: str


@dataclass(slots=True)
class Scope:
    """The names that can be used at one point of a template: the form's root and the open loops."""

    root: Group
    loops: list[Loop] = field(default_factory=list)

    def resolve(self, name: str) -> tuple[str, Node]:
        """The pointer pattern and node of a dotted name (`product.name`, `highlights[0].body`)."""
        first, *steps = steps_of(name)
        pattern, node = self._start(first)
        for step in steps:
            pattern, node = _descend(pattern, node, step, name)
        return pattern, node

    def leaf(self, name: str) -> tuple[str, Leaf]:
        """The pattern and field a slot prints."""
        pattern, node = self.resolve(name)
        if not isinstance(node, Leaf):
            raise UnknownName(f"“{name}”不是可以打印的字段")
        return pattern, node

    def rows(self, name: str) -> tuple[str, Rows]:
        """The pattern and list a loop goes through."""
        pattern, node = self.resolve(name)
        if not isinstance(node, Rows):
            raise UnknownName(f"“{name}”不是数组，不能用 for 循环")
        return pattern, node

    def _start(self, first: str) -> tuple[str, Node]:
        for loop in reversed(self.loops):
            if loop.variable == first:
                return f"{loop.path}/*", loop.rows.item
        return _descend("", self.root, first, first)


def _descend(pattern: str, node: Node, step: str, name: str) -> tuple[str, Node]:
    if isinstance(node, Rows) and step.isdecimal():
        return f"{pattern}/{step}", node.item
    if isinstance(node, Group) and (member := node.member(step)) is not None:
        return f"{pattern}/{step}", member
    raise UnknownName(f"“{name}”在表单数据结构中不存在")
