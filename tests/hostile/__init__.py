"""Files that must cost one message at most: small ones kept in `files/`, and what the modules beside it make.

A module that makes some has a function `files() -> Iterator[tuple[str, bytes]]` of file names and contents.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules


def files() -> Iterator[tuple[str, bytes]]:
    """Every hostile file, its name below a folder of its kind."""
    for path in sorted(Path(__file__).with_name("files").iterdir()):
        yield f"files/{path.name}", path.read_bytes()
    for module in iter_modules(__path__):
        made = getattr(import_module(f"{__name__}.{module.name}"), "files", None)
        if made is not None:
            yield from ((f"{module.name}/{name}", content) for name, content in made())
