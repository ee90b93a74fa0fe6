"""`--against`: what became of each earlier finding, and what else was changed, on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenforms.cli.output import told_faults
from greenforms.cli.screen import say
from greenforms.errors import ExitCode
from greenforms.pack.unread import has_failed

if TYPE_CHECKING:
    from greenforms.pack.examined import Examined
    from greenforms.pack.resubmission import Resubmission

against_option = click.option(
    "--against",
    multiple=True,
    metavar="FILE|DIR|ZIP",
    type=click.Path(path_type=Path),
    help="原来报送的材料（可写多次）：逐项看上次必须改、应改的改了没有，列出没有要求而改了的。",
)


def show(found: Resubmission) -> None:
    """What became of an earlier submission, line by line."""
    from greenforms.reporting.resent import resent_lines

    say("与原来的材料比较：", *resent_lines(found))


def failed(earlier: Examined) -> Iterator[ExitCode]:
    """What kept earlier files from being read, so that they are not compared; the exit codes of it."""
    report = earlier.report
    for each in report.unread:
        if each.kind == "unreadable" and each.fault is None:
            say(f"原来的材料里有读不出来的，没有比较：{each.message}", err=True)
    yield from told_faults(report.faults)
    if has_failed(report.unread, len(report.papers)):
        yield ExitCode.UNREADABLE
