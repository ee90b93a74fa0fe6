"""The form library a command works on: opened once for each call, kept as the object of click's context."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from greenforms.form.library import Library, open_library


def library_of(context: click.Context) -> Library:
    """The library of a call. Raises UsageError when the folder that is to be laid over the shipped one holds none."""
    root = context.find_root()
    if root.obj is None:
        root.obj = open_library()
    opened: Library = root.obj
    return opened


def pass_library(act: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the library as its first argument."""

    @wraps(act)
    @click.pass_context
    def with_library(context: click.Context, /, *arguments: Any, **options: Any) -> Any:
        return act(library_of(context), *arguments, **options)

    return with_library
