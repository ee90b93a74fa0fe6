"""The few forms that show every shape the form language has, chosen anew from the forms' own trees.

What holds alike for every form is tried on these, so that a run costs the same however many forms there are; a new
form is among them when it brings a shape of its own. `make forms` tries all of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache

from greenforms.form.form import Form
from greenforms.form.tree import Group, Leaf, Node, Rows
from shipped import layouts, load_form

#: Set by `make forms`.
EVERY = "GREENFORMS_EVERY_FORM" in os.environ

_OF_GROUPS = ("catalogue", "layout", "paper", "score", "conditions")


def traits(form: Form) -> frozenset[object]:
    """What a form shows: its kinds of template, and each kind of field, list and group at its depth in lists."""
    return frozenset([*form.templates, *_traits(form.root, ())])


def _traits(node: Node, way: tuple[str, ...]) -> Iterator[object]:
    match node:
        case Leaf():
            yield type(node.codec), node.codec.name, way != ()
            yield from ((name, way != ()) for name in ("nullable", "unit", "derived") if getattr(node, name))
        case Rows():
            yield "rows", way
            yield from _traits(node.item, (*way, "rows"))
        case Group():
            marks = tuple(
                name for name in ("catalogue", "layout", "paper", "score", "conditions") if getattr(node, name)
            )
            yield from ((name, way) for name in marks)
            yield from (("derived", leaf.derived and leaf.derived.kind) for leaf in node.derived.values())
            inside = (*way, *(name for name in marks if name in ("catalogue", "layout")))
            for child in node.children.values():
                yield from _traits(child, inside)


def cover(shown: dict[str, frozenset[object]]) -> tuple[str, ...]:
    """Few of the names that show together what all of them show, the richest first."""
    chosen: list[str] = []
    while left := frozenset[object]().union(*shown.values()).difference(*(shown[name] for name in chosen)):
        chosen.append(max(shown, key=lambda name: len(shown[name] & left)))
    return tuple(chosen)


@cache
def telling() -> tuple[str, ...]:
    """The ids of the telling forms, one of a layout; with `make forms` one form of each layout."""
    every = layouts()
    return every if EVERY else cover({form: traits(load_form(form)) for form in every})


def of_telling(forms: Iterable[str]) -> list[str]:
    """Those of some forms whose layouts are the telling ones."""
    wanted = {load_form(form).layout for form in telling()}
    return [form for form in forms if load_form(form).layout in wanted]
