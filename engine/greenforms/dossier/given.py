"""Lists that somebody handed in beside the papers: published units, key sectors, third parties that are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GivenList:
    """A list of a kind of `schemas/lists.yaml`: its rows as texts by column, those that are blank left out."""

    kind: str
    title: str
    file: str
    rows: tuple[Mapping[str, str], ...]
