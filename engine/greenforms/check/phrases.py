"""The words that checks use whatever the rule; the data stand in phrases.yaml."""

from __future__ import annotations

from pathlib import Path

from greenforms.tables import table

_PHRASES = Path(__file__).with_name("phrases.yaml")


def phrase_of(name: str, /, **said: object) -> str:
    """A phrase with what it quotes."""
    text: str = table(_PHRASES)[name]
    return text.format(**said)
