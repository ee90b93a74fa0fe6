"""Where the forms are: beside the package in an installed wheel, in the repository root of a checkout.

The environment variable GREENFORMS_PACKAGES names another folder with `schemas/` and `templates/`, which is laid over
the shipped one: its forms may use the shipped facts and layouts. GREENFORMS_SHIPPED names a folder to take in place of
the shipped one, for work on a copy of it. The examples are always the shipped ones.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from greenforms.errors import UsageError

#: The environment variable that points at more form packages.
PACKAGES = "GREENFORMS_PACKAGES"
#: The environment variable that points at a copy of the shipped ones.
SHIPPED = "GREENFORMS_SHIPPED"


@cache
def resource_root() -> Path:
    """The folder that holds the shipped `schemas/`, `templates/` and `examples/`."""
    package = Path(__file__).resolve().parent
    installed = package / "bundled"
    return installed if installed.is_dir() else package.parents[1]


def form_folders() -> tuple[Path, ...]:
    """The shipped form folder and the one laid over it, if any. Raises UsageError when that holds no forms."""
    shipped = Path(os.environ.get(SHIPPED) or resource_root())
    named = os.environ.get(PACKAGES)
    if not named:
        return (shipped,)
    over = Path(named)
    if not (over / "schemas").is_dir():
        raise UsageError(
            f"环境变量 {PACKAGES} 指定的目录“{named}”里没有 schemas 文件夹。请改为表单包所在的目录，或取消这个变量。"
        )
    return shipped, over


def examples_dir() -> Path:
    """Data sets and packs a newcomer can run."""
    return resource_root() / "examples"
