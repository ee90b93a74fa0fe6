"""How the value of a slot is laid out."""

from __future__ import annotations

from enum import Enum


class Flow(Enum):
    """How a slot's value is laid out."""

    TEXT = "text"  # on the label's line or in one cell
    PARAGRAPHS = "paragraphs"  # every paragraph up to the next anchor
    PICTURES = "pictures"  # pictures with their captions up to the next anchor
