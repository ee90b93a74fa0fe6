"""How a compiled template gets at the data: the items its loops are at, and what a name means among them.

What a name means is known when the template is compiled; while a paper is printed, nothing is looked up by name but
members of the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from greenforms.form.derive import derived_text
from greenforms.form.template.scope import Scope
from greenforms.form.tree import ABSENT, Group, Leaf, Node, Rows
from greenforms.render.context import printed_text


@dataclass(slots=True)
class Item:
    """What a loop is at: an item's data (`ABSENT` where it keeps the place of an empty list), pointer and number."""

    data: Any
    pointer: str
    number: int = 0
    #: The pointer of its list.
    above: str = ""


@dataclass(slots=True)
class Paper:
    """The data of one paper and the items its open loops are at, the paper as a whole first."""

    items: list[Item]
    blank: bool


Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a name means: the steps from the item of so many open loops to a node of the form."""

    loop: int
    steps: Steps
    node: Node
    #: The steps to the layout of its own that the node stands in, as `loop` and `steps`.
    paper: tuple[int, Steps]

    @property
    def pointer(self) -> Callable[[Paper], str]:
        """Where it stands in the data."""
        loop, below = self.loop, "".join(f"/{step}" for step in self.steps)
        return lambda paper: paper.items[loop].pointer + below

    @property
    def value(self) -> Callable[[Paper], Any]:
        """What the data have there."""
        return _getter(self.loop, self.steps)

    @property
    def given(self) -> Callable[[Paper], Any]:
        """What the data have for a field, where its text follows from that alone; else nothing."""
        leaf = self.node
        assert isinstance(leaf, Leaf)
        return self.value if leaf.derived is None else lambda paper: None

    @property
    def text(self) -> Callable[[Paper], str]:
        """What it prints, for a field."""
        leaf = self.node
        assert isinstance(leaf, Leaf)
        if leaf.derived is not None:
            return _derived(leaf, _getter(*self.paper))
        value, blanks, empty, written = self.value, leaf.blank, leaf.empty, leaf.codec.format
        if leaf.row_blanks:
            pointer = self.pointer
            return lambda paper: printed_text(leaf, value(paper), pointer(paper))

        def text(paper: Paper) -> str:
            found = value(paper)
            return written(found) if found is not ABSENT and found is not None else empty if found is None else blanks

        return text

    @property
    def entries(self) -> Callable[[Paper], list[Any]]:
        """The items of a list; an empty one keeps one place, the blank as many as the authority prints."""
        rows, value = self.node, self.value
        assert isinstance(rows, Rows)
        least = rows.blank_rows

        def entries(paper: Paper) -> list[Any]:
            found = value(paper)
            given = found if isinstance(found, list) else []
            return [*given, *[ABSENT] * ((least if paper.blank else 1) - len(given))]

        return entries


def reach(scope: Scope, name: str) -> Reach:
    """What a name means at one point of a template. Raises UnknownName."""
    pattern, node = scope.resolve(name)
    loops = [""] + [f"{loop.path}/*" for loop in scope.loops]
    first = name.partition(".")[0].partition("[")[0]
    number = next((at for at in range(len(scope.loops), 0, -1) if scope.loops[at - 1].variable == first), 0)
    steps = _steps(pattern.removeprefix(loops[number]))
    return Reach(number, steps, node, _paper(scope.root, pattern, loops))


def _steps(below: str) -> Steps:
    return tuple(int(step) if step.isdecimal() else step for step in below.split("/")[1:])


def _paper(root: Group, pattern: str, loops: list[str]) -> tuple[int, Steps]:
    """The layout around a place: the innermost group above it that is one, as a loop and the steps from its item."""
    steps = pattern.split("/")[1:]
    ways = ["", *accumulate((f"/{step}" for step in steps), str.__add__)]
    found = ""
    for way, node in zip(ways, _nodes(root, steps), strict=False):
        if isinstance(node, Group) and node.layout and way != pattern:
            found = way
    open_loops = [at for at, loop in enumerate(loops) if found == loop or found.startswith(f"{loop}/")]
    number = max(open_loops, key=lambda at: len(loops[at]))
    return number, _steps(found.removeprefix(loops[number]))


def _nodes(root: Group, steps: list[str]) -> Iterator[Node | None]:
    """The nodes on the way of a pattern, the root first."""
    node: Node | None = root
    yield node
    for step in steps:
        node = node.item if isinstance(node, Rows) else node.member(step) if isinstance(node, Group) else None
        yield node


def _getter(loop: int, steps: Steps) -> Callable[[Paper], Any]:
    if len(steps) == 1 and isinstance(name := steps[0], str):

        def member(paper: Paper) -> Any:
            data = paper.items[loop].data
            return data.get(name, ABSENT) if isinstance(data, dict) else _at(data, steps)

        return member
    return lambda paper: _at(paper.items[loop].data, steps)


def _at(data: Any, steps: Steps) -> Any:
    for step in steps:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else ABSENT
        else:
            data = data.get(step, ABSENT) if isinstance(data, Mapping) else ABSENT
    return data


def _derived(leaf: Leaf, around: Callable[[Paper], Any]) -> Callable[[Paper], str]:
    def text(paper: Paper) -> str:
        said = None if paper.blank else derived_text(leaf, around(paper))
        return leaf.blank if said is None else said

    return text
