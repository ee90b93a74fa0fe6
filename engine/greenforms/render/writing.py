"""A paper being written: ready-made XML with what the data say between it, in the order of the document.

A step is XML that stands as it is, or a function that writes what follows from the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from greenforms.form.tree import Group
from greenforms.render.reach import Item, Paper, Reach

#: So many pieces of XML are gathered before they are deflated.
_GATHERED = 512


@dataclass(slots=True, init=False)
class Writing(Paper):
    """A paper being written: its XML so far, as pieces that `sink` takes from time to time."""

    xml: list[str]
    sink: Callable[[str], None]

    def __init__(self, data: Any, blank: bool, sink: Callable[[str], None]) -> None:
        self.items = [Item(data, "")]
        self.blank = blank
        self.xml = []
        self.sink = sink

    def flush(self) -> None:
        """Hand over what is written so far."""
        self.sink("".join(self.xml))
        self.xml.clear()

    def flush_much(self) -> None:
        """Hand over what is written so far, if it is worth it."""
        if len(self.xml) > _GATHERED:
            self.flush()


#: What is written by functions of one kind of paper, which its compiler alone puts together.
Step = str | Callable[[Any], None]
Body = Sequence[Step]
Condition = Callable[[Any], bool]


def write(body: Body, writing: Any) -> None:
    """Write a body."""
    xml = writing.xml
    for step in body:
        if isinstance(step, str):
            xml.append(step)
        else:
            step(writing)


def loop(place: Reach, body: Body) -> Step:
    """A body for each item of a list."""
    entries, pointer = place.entries, place.pointer
    [first, *more] = body or ("",)
    once = first if not (more or isinstance(first, str)) else partial(write, body)

    def step(writing: Writing) -> None:
        above = pointer(writing)
        item = Item(None, "", above=above)
        writing.items.append(item)
        for index, entry in enumerate(entries(writing)):
            item.data, item.pointer, item.number = entry, f"{above}/{index}", index + 1
            once(writing)
            if len(writing.xml) > _GATHERED:
                writing.flush()
        writing.items.pop()

    return step


def choice(condition: Condition, given: Body, otherwise: Body) -> Step:
    """One of two bodies."""
    return lambda writing: write(given if condition(writing) else otherwise, writing)


def is_given(place: Reach) -> Condition:
    """Whether the data have a part of the form; all others are always printed."""
    if not isinstance(place.node, Group):
        return lambda writing: True
    value = place.value
    return lambda writing: writing.blank or isinstance(value(writing), Mapping)


def is_blank(writing: Writing) -> bool:
    """Whether the empty form is printed."""
    return writing.blank
