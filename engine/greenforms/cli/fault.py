"""Where the traceback of a bug goes: beside `-o`, or with `--debug` onto the error stream; nowhere else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenforms.errors import Fault, UsageError

if TYPE_CHECKING:
    from greenforms.scheduling.task import Refusal

#: Where a command keeps that `--debug` was given.
_DEBUG = "greenforms.debug"


def debug_option() -> click.Option:
    """The option that every command has."""

    def keep(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            ctx.meta[_DEBUG] = True

    words = "程序自身出错时，把出错的位置写到屏幕，供维护者查找原因。"
    return click.Option(["--debug"], is_flag=True, expose_value=False, callback=keep, help=words)


def told_apart(error: Refusal) -> Refusal:
    """What one file of several failed with; a bug's traceback is put in its place."""
    if isinstance(error, Fault):
        error.whereabouts = put_away(error)
    return error


def put_away(found: Fault) -> tuple[str, ...]:
    """Put the traceback in its place, by the options of the running command; a sentence that says where, and it."""
    ctx = click.get_current_context(silent=True)
    if ctx.meta.get(_DEBUG) if ctx else "--debug" in sys.argv:
        return ("出错的位置已写到屏幕，请把它交给程序的维护者。", *found.trace.splitlines())
    output = ctx.params.get("output") if ctx else None
    written = _written(found, output) if output not in (None, "-") else None
    if written is None:
        return ("加上 --debug 再运行一次，会写出出错的位置，请把它交给程序的维护者。",)
    return (f"出错的位置已写入“{written}”，请把这个文件交给程序的维护者。",)


def _written(found: Fault, output: str) -> Path | None:
    """The file with the traceback beside the output; None where nothing can be written."""
    from greenforms import datafile

    place = Path(output)
    target = (place if place.is_dir() else place.parent) / f"出错-{found.number}.txt"
    try:
        datafile.write(str(target), found.trace.encode(errors="backslashreplace"), force=True)
    except UsageError:
        return None
    return target
