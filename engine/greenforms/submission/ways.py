"""Which parts of a field tree are always filled in, and which hang on a choice."""

from __future__ import annotations

from collections.abc import Iterator

from greenforms.form.tree import Group, Node, Rows


class Ways:
    """The places of a tree by how certain it is that they are filled in."""

    def __init__(self, root: Group) -> None:
        self._deciding: set[str] = set()
        self._uncertain: set[str] = set()
        for group in _groups(root):
            for condition in group.conditions:
                self._deciding |= {group.pattern + pointer for pointer in condition.when}
                self._uncertain |= {f"{group.pattern}/{name}" for name in (*condition.required, *condition.excluded)}
            self._uncertain |= {
                child.pattern for child in group.children.values() if isinstance(child, Group) and not child.required
            }

    def decides(self, pointer: str) -> bool:
        """Whether parts of a paper hang on a place: people must see it where they fill these in."""
        return pointer in self._deciding

    def is_certain(self, pointer: str) -> bool:
        """Whether a part is filled in whatever is chosen."""
        return not any(self._hanging(pointer))

    def reach(self, source: str, pointer: str) -> bool:
        """Whether a place is asked wherever the other is printed."""
        return {*self._hanging(source)} <= {*self._hanging(pointer)}

    def _hanging(self, pointer: str) -> Iterator[str]:
        """The parts around a place, or the place itself, that need not be there."""
        steps = pointer.split("/")
        ways = ("/".join(steps[:length]) for length in range(2, len(steps) + 1))
        return (way for way in ways if way in self._uncertain)


def _groups(node: Node) -> Iterator[Group]:
    match node:
        case Group():
            yield node
            for child in node.children.values():
                yield from _groups(child)
        case Rows():
            yield from _groups(node.item)
        case _:
            return
