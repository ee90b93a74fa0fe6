"""What people call a field: its official label, and whose it is where the form prints that label more than once."""

from __future__ import annotations

from collections import Counter
from functools import cache

from greenforms.form.form import Form
from greenforms.form.tree import Group, Node, Rows, leaf_at, leaves
from greenforms_extractors.folding import fold_label


def called(form: Form, pointer: str) -> str:
    """A field's label; one that the form prints several times has its place before it: `联系人·联系电话`.

    What lies inside a field, or is no field, has no name here: the answer is "".
    """
    leaf = leaf_at(form.root, pointer)
    if leaf is None:
        return ""
    if fold_label(leaf.title) not in _repeated(form):
        return leaf.title
    around = container(form.root, pointer.rpartition("/")[0])
    before = twin(form.root, pointer)
    owner = f"{before}后的" if before else ""
    return f"{around}·{owner}{leaf.title}" if around else f"{owner}{leaf.title}"


@cache
def _repeated(form: Form) -> frozenset[str]:
    """The labels that more than one field of a form has, folded."""
    often = Counter(fold_label(leaf.title) for leaf in leaves(form.root))
    return frozenset(label for label, count in often.items() if count > 1)


def container(root: Group, pointer: str) -> str:
    """The groups, tables and rows that lead to a place, outermost first; "" at the top of the form."""
    names: list[str] = []
    node: Node | None = root
    for step in pointer.split("/")[1:]:
        if isinstance(node, Rows) and names:
            names[-1] += f"第{int(step) + 1}行" if step.isdecimal() else ""
            node = node.item
            continue
        node = node.children.get(step) if isinstance(node, Group) else None
        names.append(node.title if node is not None and node.title else unescaped(step))
    return "·".join(names)


def twin(root: Group, pointer: str) -> str:
    """The label before that of a field whose group prints its label twice, such as 联系电话; else ""."""
    around, _, name = pointer.rpartition("/")
    group: Node | None = root
    for step in around.split("/")[1:]:
        group = (
            group.children.get(step) if isinstance(group, Group) else group.item if isinstance(group, Rows) else None
        )
    if not isinstance(group, Group) or name not in group.children:
        return ""
    titles = [sibling.title for sibling in group.children.values()]
    position = list(group.children).index(name)
    return titles[position - 1] if position and titles.count(titles[position]) > 1 else ""


def unescaped(step: str) -> str:
    """One step of a JSON Pointer as the key it names (RFC 6901 §4)."""
    return step.replace("~1", "/").replace("~0", "~")
