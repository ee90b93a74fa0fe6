"""Changes nested data by JSON Pointer."""

from __future__ import annotations

from typing import Any

from greenforms.form.tree import at


def put(data: dict[str, Any], pointer: str, value: Any) -> None:
    """Set a value in nested data, making the objects and rows on its way."""
    steps = pointer.split("/")[1:]
    place: Any = data
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        fresh: Any = [] if following is not None and following.isdecimal() else {}
        here: Any = step
        if isinstance(place, list):
            here = int(step)
            while len(place) <= here:
                place.append({})
        if following is None:
            place[here] = value
        elif (place[here] if isinstance(place, list) else place.get(here)) is None:
            place[here] = fresh
        place = place[here]


def take_out(data: Any, pointer: str) -> None:
    """Take a value out of nested data, and the objects and last rows around it that are empty then."""
    around, _, step = pointer.rpartition("/")
    place = at(data, around)
    if isinstance(place, dict):
        place.pop(step, None)
    elif isinstance(place, list):
        while place and place[-1] == {}:
            place.pop()
    if around and place == {}:
        take_out(data, around)
