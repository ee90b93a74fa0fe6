"""The pools that made-up data are drawn from, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

_FOLDER = Path(__file__).parent


@cache
def _pools() -> dict[str, Any]:
    pools: dict[str, Any] = {}
    for name in ("words.yaml", "sentences.yaml", "figures.yaml", "topics.yaml"):
        pools |= yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))
    return pools


def pool(name: str) -> Any:
    """Every entry of a pool. It is shared: do not change it."""
    return _pools()[name]


def drawn(rng: Random, name: str) -> Any:
    """One entry of a pool."""
    return rng.choice(pool(name))
