"""Data sets as a form's tree asks for them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from greenforms.form.tree import Group, Leaf, Node, Rows
from strategies.codecs import values_for

_LEFT_OUT = object()


def data_sets(group: Group) -> SearchStrategy[dict[str, Any]]:
    """Objects with all that is required, and with what is optional or 不适用 now and then."""
    fields = {name: _field(child) for name, child in group.children.items() if not _is_hollow(child)}
    return st.fixed_dictionaries(fields).map(
        lambda found: {name: value for name, value in found.items() if value is not _LEFT_OUT}
    )


def _is_hollow(node: Node) -> bool:
    return isinstance(node, Group) and not node.children


def _field(node: Node) -> SearchStrategy[Any]:
    match node:
        case Leaf():
            present = values_for(node.codec)
            if node.nullable:
                present = st.one_of(st.none(), present)
        case Group():
            present = data_sets(node).filter(bool)
        case Rows():
            present = st.lists(data_sets(node.item), min_size=1, max_size=3)
    return present if node.required else st.one_of(st.just(_LEFT_OUT), present)
