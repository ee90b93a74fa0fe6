"""Where the forms are: beside the package in an installed wheel, in the repository root of a checkout.

The environment variable GREENFORMS_PACKAGES names another folder with `schemas/` and `templates/`, for forms under
construction or kept apart from the program. The examples are always the shipped ones.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from greenforms.errors import UsageError

#: The environment variable that points at other form packages.
PACKAGES = "GREENFORMS_PACKAGES"


@cache
def resource_root() -> Path:
    """The folder that holds the shipped `schemas/`, `templates/` and `examples/`."""
    package = Path(__file__).resolve().parent
    installed = package / "bundled"
    return installed if installed.is_dir() else package.parents[1]


@cache
def packages_root() -> Path:
    """The folder of the form packages in use. Raises UsageError when the one asked for holds none."""
    named = os.environ.get(PACKAGES)
    if not named:
        return resource_root()
    root = Path(named)
    if not (root / "schemas" / "facts.yaml").is_file():
        raise UsageError(
            f"环境变量 {PACKAGES} 指定的目录“{named}”里没有 schemas/facts.yaml。"
            "请改为表单包所在的目录，或取消这个变量。"
        )
    return root


def schemas_dir() -> Path:
    """The editions and form schemas."""
    return packages_root() / "schemas"


def templates_dir() -> Path:
    """The official layouts."""
    return packages_root() / "templates"


def examples_dir() -> Path:
    """Data sets and packs a newcomer can run."""
    return resource_root() / "examples"
