"""Which field of the form a misspelt key was meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from greenforms.form.tree import Group, Leaf, Node

_ALIKE = 0.6


def nearest(key: str, known: Mapping[str, Iterable[str]], present: Set[str]) -> str | None:
    """The name closest to a key among those not used yet; `known` gives each name's labels, which count as the name."""
    from difflib import get_close_matches

    names: dict[str, str] = {}
    for name, labels in known.items():
        if name not in present:
            for spelling in (name, *labels):
                names.setdefault(spelling, name)
    close = get_close_matches(key[:80], names, n=1, cutoff=_ALIKE)
    return names[close[0]] if close else None


def labels(node: Node | None) -> Mapping[str, Iterable[str]]:
    """The keys that may stand in a place, each with the labels people may write instead."""
    if isinstance(node, Leaf):
        return {part: (label,) for part, label in node.codec.parts.items()}
    if not isinstance(node, Group):
        return {}
    return {name: called_by for name, child in node.children.items() if (called_by := tuple(_spellings(child)))}


def _spellings(node: Node) -> Iterator[str]:
    if isinstance(node, Leaf) and node.derived is not None:
        return
    yield node.title
    if not isinstance(node, Group):
        yield from node.aliases
