"""Numbers the items of lists: those that hold nothing go, the others close up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.layout import EACH
from greenforms_extractors.match.result import Found, List

#: An item: the pattern of its list, and its number after those of the items around it.
_Item = tuple[str, tuple[int, ...]]


def numbered(found: Sequence[Found], lists: Iterable[List]) -> tuple[tuple[Found, ...], tuple[List, ...]]:
    """What was found, with the items of each list numbered from 0 and without items in which no slot holds a text.

    Lists are told once each; one that lies in an item that holds nothing goes with it.
    """
    alive = {item for each in found if _says_something(each) for item in _items(each)}
    numbers: dict[tuple[str, tuple[int, ...]], list[int]] = defaultdict(list)
    for path, indices in sorted(alive):
        numbers[path, indices[:-1]].append(indices[-1])
    ranks = {
        (path, (*around, index)): rank for (path, around), all_ in numbers.items() for rank, index in enumerate(all_)
    }
    kept = tuple(
        _ranked(each, tuple([ranks[item] for item in items]))
        for each in found
        for items in (list(_items(each)),)
        if alive.issuperset(items)
    )
    told: dict[List, None] = {}
    for each in lists:
        around = list(_steps(each.path, each.indices))
        if all(item in alive for item in around):
            told[replace(each, indices=tuple(ranks[item] for item in around))] = None
    return kept, tuple(told)


def _ranked(found: Found, indices: tuple[int, ...]) -> Found:
    return found if found.indices == indices else replace(found, indices=indices)


def _items(found: Found) -> Iterator[_Item]:
    return _steps(found.slot.path, found.indices)


def _steps(pattern: str, indices: tuple[int, ...]) -> Iterator[_Item]:
    """The items a place lies in, from the outermost inwards."""
    for level, path in enumerate(_lists(pattern)[: len(indices)], 1):
        yield path, indices[:level]


@lru_cache(maxsize=4096)
def _lists(pattern: str) -> tuple[str, ...]:
    """The patterns of the lists that a place lies in, from the outermost inwards."""
    steps = pattern.split("/")
    return tuple("/".join(steps[:number]) for number, step in enumerate(steps) if step == EACH)


def _says_something(found: Found) -> bool:
    if found.pictures:
        return True
    return bool(found.raw.strip()) and fold_label(found.raw) != fold_label(found.slot.blank)
