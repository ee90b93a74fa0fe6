"""Applies JSON Patch (RFC 6902) with the operations add, replace and remove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def changed(data: Any, patch: Iterable[Mapping[str, Any]]) -> Any:
    """The data with every operation made on them; they are changed in place.

    Raises KeyError or IndexError for a place that is not there.
    """
    for operation in patch:
        *way, last = operation["path"].split("/")[1:]
        place = data
        for step in way:
            place = place[_key(place, step)]
        _apply(place, _key(place, last), operation)
    return data


def _key(place: Any, step: str) -> Any:
    return step if isinstance(place, dict) else len(place) if step == "-" else int(step)


def _apply(place: Any, key: Any, operation: Mapping[str, Any]) -> None:
    if operation["op"] == "remove":
        del place[key]
    elif operation["op"] == "add" and isinstance(place, list):
        place.insert(key, operation["value"])
    elif operation["op"] == "replace" and isinstance(place, dict) and key not in place:
        raise KeyError(key)
    else:
        place[key] = operation["value"]
