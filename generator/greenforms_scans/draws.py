"""Drawings by name: every place of a paper has its own randomness, so that one is drawn again without the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random


class Draws:
    """The drawings of one paper. `again` has the next drawing of some names give something else."""

    def __init__(self, form_id: str, seed: int) -> None:
        self._paper = f"{form_id}/{seed}"
        self._tries: Counter[str] = Counter()

    def random(self, name: str) -> Random:
        """The randomness of one place or fact."""
        return Random(f"{self._paper}/{name}/{self._tries[name]}")  # noqa: S311 - test data

    def tries(self, name: str) -> int:
        """How often a name was drawn in vain."""
        return self._tries[name]

    def again(self, names: Iterable[str]) -> None:
        """Let these be drawn anew."""
        self._tries.update(set(names))
