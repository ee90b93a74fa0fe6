"""Names and order of places: what a JSON Pointer of a data set is called on the form, and where it comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from greenforms.form.form import Form
from greenforms.form.labels import called, container, twin, unescaped
from greenforms.form.tree import ABSENT, Group, Leaf, Node, Rows, at, member_pointer, pattern_of


def parent(pointer: str) -> str:
    """The pointer of what holds a place."""
    return pointer.rpartition("/")[0]


def node_at(root: Node, pointer: str) -> Node | None:
    """The field, group or table of a pointer or pattern; what lies inside a field is that field."""
    node: Node | None = root
    for step in pointer.split("/")[1:]:
        match node:
            case Group():
                node = node.children.get(step) if step != "*" else _row_of(node)
            case Rows():
                node = node.item if step == "*" or step.isdecimal() else None
    return node


def _row_of(group: Group) -> Node | None:
    """Any row of a catalogue, for all have the same fields; None for another group."""
    return next(iter(group.children.values()), None) if group.catalogue else None


def title(root: Group, pointer: str) -> str:
    """The official label of a place; a key that is on no form is called by itself."""
    step = unescaped(pointer.rpartition("/")[2])
    node = node_at(root, pointer)
    if isinstance(node, Leaf) and pattern_of(pointer) != node.pattern:
        return node.codec.parts.get(step, node.title)
    return (node.title if node is not None else "") or step


def label(form: Form, pointer: str) -> str:
    """What the places of a finding call a place: its official label, and whose it is where that is open."""
    return called(form, pointer) or title(form.root, pointer)


def phrase(root: Group, pointer: str) -> str:
    """What a message calls a place: `基本情况表（企业填写）·企业近三年经营情况第3行“利润（万元）”`."""
    node = node_at(root, pointer)
    if isinstance(node, Leaf) and pattern_of(pointer) != node.pattern:
        return f"{phrase(root, parent(pointer))}{_inside(root, pointer)}"
    if isinstance(node, Leaf) or node is None:
        before = f"“{name}”后的" if (name := twin(root, pointer)) else ""
        return f"{container(root, parent(pointer))}{before}“{title(root, pointer)}”"
    return container(root, pointer) or f"《{root.title}》"


def _inside(root: Group, pointer: str) -> str:
    step = pointer.rpartition("/")[2]
    return f"第{int(step) + 1}项" if step.isdecimal() else f"的“{title(root, pointer)}”"


def form_order(root: Group, pointer: str) -> tuple[tuple[int, str], ...]:
    """A sort key that puts places in the order in which they stand on the form."""
    key: list[tuple[int, str]] = []
    node: Node | None = root
    for step in pointer.split("/")[1:]:
        if isinstance(node, Group):
            names = list(node.children)
            key.append((names.index(step), "") if step in names else (len(names), step))
            node = node.children.get(step)
        else:
            key.append((int(step), "") if step.isdecimal() else (0, step))
            node = node.item if isinstance(node, Rows) else None
    return tuple(key)


def spots(data: Any, pattern: str) -> Iterator[tuple[str, Any]]:
    """Every place of a data set that a pattern names, with its value; `*`: each row of a list or catalogue."""
    head, star, rest = pattern.partition("/*")
    found = at(data, head)
    if not star:
        if found is not ABSENT:
            yield head, found
    else:
        rows = map(str, range(len(found))) if isinstance(found, list) else found if isinstance(found, dict) else ()
        for row in rows:
            yield from spots(data, f"{member_pointer(head, row)}{rest}")


def same_row(pattern: str, pointer: str) -> str:
    """A pattern with the rows of a pointer put in as far as both run through the same tables."""
    steps, known = pattern.split("/"), pointer.split("/")
    for index, (step, other) in enumerate(zip(steps, known, strict=False)):
        if step == "*":
            steps[index] = other
        elif step != other:
            break
    return "/".join(steps)
