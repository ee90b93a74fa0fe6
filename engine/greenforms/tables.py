"""Tables that are data and no code: YAML files beside the modules that use them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from greenforms.artefacts import kept, reader_of


@cache
def table(path: Path) -> Any:
    """What the YAML file of a table says; it is not to be changed, for all ask for the same."""
    raw = path.read_bytes()
    content = kept(raw, table_reader())
    return parsed_table(raw) if content is None else content


def parsed_table(raw: bytes) -> Any:
    """What the bytes of a table say."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(raw.decode("utf-8"), Loader=loader)  # noqa: S506 - a safe loader


@cache
def table_reader() -> bytes:
    """What decides what a table says."""
    return reader_of(Path(__file__).read_bytes())
