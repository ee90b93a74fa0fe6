"""One paper of a pack as it is filled in by itself: what it shows, and what is asked once for several papers."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from greenforms.form.edit import put, take_out
from greenforms.form.tree import ABSENT, at
from greenforms.submission.asking import Asking, Twin


def paper_data(asking: Asking, given: Mapping[str, Any], key: str) -> Any:
    """The data of a paper, with the answers that others give for it; of an empty one these alone."""
    return asking.data_of({**given, key: given.get(key, {})})[key]


def with_paper(asking: Asking, given: Mapping[str, Any], key: str, data: Any) -> dict[str, Any]:
    """What a pack holds when a paper has become `data`.

    What is asked elsewhere for it goes there, where it was changed here: an answer that was shown and is gone is gone
    there as well.
    """
    shown = paper_data(asking, given, key)
    result = copy.deepcopy({name: value for name, value in given.items() if name != key})
    own = copy.deepcopy(data)
    repeats = repeats_in(asking, key)
    for twin in twins_of(asking, key):
        inside = twin.pointer.removeprefix(f"/{key}")
        answer, before = at(data, inside), at(shown, inside)
        take_out(own, inside)
        if answer == before or inside in repeats:
            continue
        if answer is ABSENT:
            take_out(result, twin.source)
        else:
            put(result, twin.source, copy.deepcopy(answer))
    if own:
        result[key] = own
    return {name: result[name] for name in asking.papers if name in result}


def twins_of(asking: Asking, key: str) -> Iterator[Twin]:
    """The places of a paper that are asked in another one."""
    return (twin for twin in asking.twins if twin.pointer.startswith(f"/{key}/"))


def repeats_in(asking: Asking, key: str) -> dict[str, str]:
    """The places of a paper that take their answer from another place of it, by pointers inside the paper.

    Of several places that one other paper answers the first speaks for all, if it is filled in whatever is chosen.
    """
    found: dict[str, str] = {}
    speaks: dict[str, str] = {}
    for twin in twins_of(asking, key):
        inside = twin.pointer.removeprefix(f"/{key}")
        if twin.source.startswith(f"/{key}/"):
            found[inside] = twin.source.removeprefix(f"/{key}")
        elif twin.source in speaks:
            found[inside] = speaks[twin.source]
        elif asking.ways.is_certain(twin.pointer):
            speaks[twin.source] = inside
    return found


def place_of(asking: Asking, key: str, pointer: str) -> str:
    """Where the answer for a place of a paper is kept in what the pack holds."""
    full = f"/{key}{pointer}"
    found = next((twin for twin in twins_of(asking, key) if _within(full, twin.pointer)), None)
    return full if found is None else found.source + full.removeprefix(found.pointer)


def places_in(asking: Asking, key: str, place: str) -> Iterator[str]:
    """The places of a paper, inside it, that show what is kept at a place of the pack."""
    if place.startswith(f"/{key}/"):
        yield place.removeprefix(f"/{key}")
    for twin in twins_of(asking, key):
        if _within(place, twin.source):
            yield twin.pointer.removeprefix(f"/{key}") + place.removeprefix(twin.source)


def _within(place: str, part: str) -> bool:
    return place == part or place.startswith(f"{part}/")


def also_in(asking: Asking, key: str) -> dict[str, str]:
    """The titles of the other papers that print what a paper asks, by its patterns: one answer for all of them."""
    found: dict[str, dict[str, None]] = {}
    for twin in asking.twins:
        places = (twin.source, *(each.pointer for each in asking.twins if each.source == twin.source))
        others = [place.split("/")[1] for place in places if not place.startswith(f"/{key}/")]
        for place in places:
            if place.startswith(f"/{key}/"):
                found.setdefault(place.removeprefix(f"/{key}"), {}).update(dict.fromkeys(others))
    titles = {name: f"《{form.title}》" for name, (_, form) in asking.papers.items()}
    return {pattern: "、".join(titles[name] for name in names) for pattern, names in found.items() if names}
