"""The words that checks use whatever the rule; the data stand in phrases.yaml."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any


def phrase_of(name: str, /, **said: object) -> str:
    """A phrase with what it quotes."""
    text: str = _table()[name]
    return text.format(**said)


@cache
def _table() -> Any:
    import yaml

    return yaml.safe_load(resources.files(__package__).joinpath("phrases.yaml").read_text("utf-8"))
