"""The data files of the codecs, shipped in the wheel and read once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from greenforms.tables import table

_FOLDER = Path(__file__).parent


def read_text(name: str) -> str:
    """The text of a data file."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def read_yaml(name: str) -> Any:
    """The content of a YAML data file. It is shared: do not change it."""
    return table(_FOLDER / name)
