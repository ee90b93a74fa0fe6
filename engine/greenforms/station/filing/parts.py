"""The parts of a paper by pointer: what they are called, who fills them in, and which are barred by what was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, Group, Leaf, Node, Rows, at
from greenforms.workbook.branches import REQUIRED, Need, branches, need


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its title, the words for who fills it in ("" for everybody), and whether it must stay empty now."""

    title: str
    need: str
    barred: bool


class Parts:
    """Looks a form's parts up, in the light of what is filled in."""

    def __init__(self, form: Form, data: Any) -> None:
        self._root = form.root
        self._data = data

    def part(self, pointer: str) -> Part:
        """The part at a pointer."""
        around: Need = REQUIRED
        node: Node = self._root
        barred = False
        for place, group, name in self._way(pointer):
            node = group.children[name]
            anchors = {f"/{child}": child for child in group.children}
            found = branches(group.conditions, anchors)
            around = need(name, found, around, required=node.required, is_part=isinstance(node, Group))
            barred = barred or name in _excluded(group, at(self._data, place))
        return Part(node.title, "" if around.always else around.words, barred)

    def rows(self, pointer: str) -> Rows:
        """The list at a pointer."""
        node = self._node(pointer)
        assert isinstance(node, Rows)
        return node

    def paper_around(self, pointer: str) -> Any:
        """The data of the layout that a place stands in: those of the innermost one."""
        paper = self._data
        for place, group, name in self._way(pointer.rpartition("/")[0]):
            child = group.children[name]
            if isinstance(child, Group) and child.layout is not None:
                found = at(self._data, f"{place}/{name}")
                paper = {} if found is ABSENT else found
        return paper

    def _node(self, pointer: str) -> Node:
        node: Node = self._root
        for _, group, name in self._way(pointer):
            node = group.children[name]
        return node

    def _way(self, pointer: str) -> Iterator[tuple[str, Group, str]]:
        """Each group on the way to a place, with where it stands and the name of the member that goes on."""
        node: Node = self._root
        place = ""
        for step in pointer.split("/")[1:]:
            if isinstance(node, Rows):
                node = node.item
            elif isinstance(node, Group):
                yield place, node, step
                node = node.children[step]
            else:
                assert not isinstance(node, Leaf)
            place = f"{place}/{step}"


def _excluded(group: Group, data: Any) -> Iterator[str]:
    """The members that a group must not have, as its data stand."""
    for condition in group.conditions:
        if all(at(data, pointer) in said for pointer, said in condition.when.items()):
            yield from condition.excluded
