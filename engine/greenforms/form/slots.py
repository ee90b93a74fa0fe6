"""Resolves the names in a template's tags against a form's fields, loop variables included."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from greenforms.form.tree import Group, Leaf, Node, Rows

TAG = re.compile(r"\{\{\s*(?P<name>[^{}|]+?)\s*\}\}|\{%(?P<scope>tr|p)?\s*(?P<statement>[^%]+?)\s*%\}")
_LOOP = re.compile(r"for\s+(\w+)\s+in\s+([\w.\[\]]+)$")
_IF = re.compile(r"if\s+([\w.\[\]]+)$")
_STEP = re.compile(r"\w+")
#: The ordinal of a repeated row, printed but no field: `loop.index` on every paper, `row.ordinal` on filled rows only.
ORDINAL = "ordinal"
#: True only while the empty official form is printed: `{%p if blank %}（提纲）{%p endif %}`.
BLANK = "blank"


def is_ordinal(name: str) -> bool:
    """Whether a tag prints a row's ordinal."""
    return name == "loop.index" or name.endswith(f".{ORDINAL}")


class UnknownName(Exception):
    """A tag that names nothing in the schema; the message is a Chinese clause."""


@dataclass(slots=True)
class Scope:
    """The names that can be used at one point of a template: the form's root and the open loops."""

    root: Group
    loops: list[tuple[str, Rows, str]] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)

    @property
    def blank_only(self) -> bool:
        """Whether this point is printed on the empty form alone."""
        return BLANK in self.conditions

    def resolve(self, name: str) -> tuple[str, Node]:
        """The pointer pattern and node of a dotted name (`product.name`, `highlights[0].body`)."""
        first, *steps = _STEP.findall(name)
        pattern, node = self._start(first)
        for step in steps:
            pattern, node = _descend(pattern, node, step, name)
        return pattern, node

    def _start(self, first: str) -> tuple[str, Node]:
        for variable, rows, pattern in reversed(self.loops):
            if variable == first:
                return f"{pattern}/*", rows.item
        return _descend("", self.root, first, first)

    def open(self, statement: str) -> None:
        """Follow a `for`, `endfor`, `if`, `else` or `endif` statement."""
        if loop := _LOOP.match(statement):
            variable, name = loop.groups()
            pattern, node = self.resolve(name)
            if not isinstance(node, Rows):
                raise UnknownName(f"“{name}”不是数组，不能用 for 循环")
            self.loops.append((variable, node, pattern))
        elif statement == "endfor":
            if not self.loops:
                raise UnknownName("endfor 没有对应的 for")
            self.loops.pop()
        elif condition := _IF.match(statement):
            self.conditions.append(condition[1])
            if condition[1] != BLANK:
                self.resolve(condition[1])
        elif statement == "endif" and self.conditions:
            self.conditions.pop()
        elif statement != "else":
            raise UnknownName(f"不认识的语句“{statement}”，模板里只能用成对的 for、endfor、if、else、endif")

    def leaf(self, name: str) -> tuple[str, Leaf]:
        """The pattern and field a slot prints."""
        pattern, node = self.resolve(name)
        if not isinstance(node, Leaf):
            raise UnknownName(f"“{name}”不是可以打印的字段")
        return pattern, node


def _descend(pattern: str, node: Node, step: str, name: str) -> tuple[str, Node]:
    if isinstance(node, Rows) and step.isdigit():
        return f"{pattern}/{step}", node.item
    if isinstance(node, Group) and step in node.children:
        return f"{pattern}/{step}", node.children[step]
    raise UnknownName(f"“{name}”在表单数据结构中不存在")
