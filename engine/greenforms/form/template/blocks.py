"""The repeats and conditions of a template that is still to be unrolled, and what names mean inside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from greenforms.form.template.names import Names
from greenforms.form.template.scope import UnknownName
from greenforms.form.template.tags import BLANK, TAG, End, For, If, Statement, statement_of
from greenforms.form.tree import Group, Node, Rows

#: A paragraph, table or row of a template.
Element = TypeVar("Element")


@dataclass(slots=True)
class Block(Generic[Element]):
    """A repeat or condition: its opening element, what stands in it, its closing element."""

    statement: For | If
    opening: Element
    body: list[Element | Block[Element]] = field(default_factory=list)
    closing: Element | None = None


def blocks(
    elements: Sequence[Element], stated: Callable[[Element], Statement | None]
) -> list[Element | Block[Element]]:
    """Siblings put into the repeats and conditions that open among them; the parser speaks of what is not closed."""
    top: list[Element | Block[Element]] = []
    stack: list[Block[Element]] = []
    for element in elements:
        statement = stated(element)
        inside = stack[-1].body if stack else top
        if isinstance(statement, For | If):
            block = Block(statement, element)
            inside.append(block)
            stack.append(block)
        elif isinstance(statement, End) and stack:
            stack.pop().closing = element
        else:
            inside.append(element)
    return top


def stated_in(text: str) -> Statement | None:
    """The statement of a text that is a statement and nothing else."""
    tag = TAG.fullmatch(text.strip())
    return statement_of(tag["statement"]) if tag and tag["statement"] else None


def rows_unrolled(
    statement: For | If, names: Names, merged_of: Callable[[str], tuple[str, ...]]
) -> tuple[Names, ...] | None:
    """What names mean in each turn of a loop over a catalogue; None for any other statement."""
    node = _meant(statement, names)
    if not isinstance(statement, For) or not isinstance(node, Group) or not node.catalogue:
        return None
    merged = merged_of(node.catalogue)
    return tuple(names.with_row(statement.variable, statement.name, row, merged) for row in node.children)


def inside(statement: For | If, names: Names) -> Names:
    """What names mean in a loop over a list, which the filler repeats, or in a condition."""
    node = _meant(statement, names)
    if isinstance(statement, For) and isinstance(node, Rows):
        return names.with_item(statement.variable, node)
    return names


def _meant(statement: For | If, names: Names) -> Node | None:
    try:
        return None if statement.name == BLANK else names.node(statement.name)
    except UnknownName:
        return None  # the parser says so, with its place
