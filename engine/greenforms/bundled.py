"""Where the forms are: beside the package in an installed wheel, in the repository root of a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resource_root() -> Path:
    """The folder that holds `schemas/`, `templates/` and `examples/`."""
    package = Path(__file__).resolve().parent
    installed = package / "bundled"
    return installed if installed.is_dir() else package.parents[1]


def schemas_dir() -> Path:
    """The editions and form schemas."""
    return resource_root() / "schemas"


def templates_dir() -> Path:
    """The official layouts."""
    return resource_root() / "templates"


def examples_dir() -> Path:
    """Data sets and packs a newcomer can run."""
    return resource_root() / "examples"
