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

    What is asked elsewhere for it goes there: an answer that was shown and is gone is gone there as well.
    """
    shown = paper_data(asking, given, key)
    result = copy.deepcopy({name: value for name, value in given.items() if name != key})
    own = copy.deepcopy(data)
    for twin in twins_of(asking, key):
        inside = twin.pointer.removeprefix(f"/{key}")
        answer = at(data, inside)
        if answer is not ABSENT:
            put(result, twin.source, copy.deepcopy(answer))
        elif at(shown, inside) is not ABSENT:
            take_out(result, twin.source)
        take_out(own, inside)
    if own:
        result[key] = own
    return {name: result[name] for name in asking.papers if name in result}


def twins_of(asking: Asking, key: str) -> Iterator[Twin]:
    """The places of a paper that are asked in another one."""
    return (twin for twin in asking.twins if twin.pointer.startswith(f"/{key}/"))


def also_in(asking: Asking, key: str) -> dict[str, str]:
    """The titles of the other papers that print what a paper asks, by its patterns: one answer for all of them."""
    found: dict[str, list[str]] = {}
    for twin in asking.twins:
        papers = [each for each in asking.twins if each.source == twin.source]
        places = {twin.source, *(each.pointer for each in papers)}
        mine = [place for place in places if place.startswith(f"/{key}/")]
        others = [place.split("/")[1] for place in sorted(places) if not place.startswith(f"/{key}/")]
        for place in mine:
            found.setdefault(place.removeprefix(f"/{key}"), []).extend(others)
    titles = {name: f"《{form.title}》" for name, (_, form) in asking.papers.items()}
    return {pattern: "、".join(titles[name] for name in dict.fromkeys(names)) for pattern, names in found.items()}
