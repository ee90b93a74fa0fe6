"""The data files of the codecs, shipped in the wheel and read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any


def read_text(name: str) -> str:
    """The text of a data file."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def read_yaml(name: str) -> Any:
    """The content of a YAML data file. It is shared: do not change it."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(read_text(name), Loader=loader)  # noqa: S506 - a safe loader
