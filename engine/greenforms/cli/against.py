"""`--against`: what became of each earlier finding, and what else was changed, on the screen."""

from __future__ import annotations

from collections import Counter
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
    from greenforms.pack.resubmission import Resent, Resubmission

against_option = click.option(
    "--against",
    multiple=True,
    metavar="FILE|DIR|ZIP",
    type=click.Path(path_type=Path),
    help="原来报送的材料（可写多次）：逐项看上次必须改、应改的改了没有，列出没有要求而改了的。",
)


def show(found: Resubmission) -> None:
    """Each item and its state, each paper that came again with the changes nobody asked for, then the counts."""
    say("与原来的材料比较：")
    for number, item in enumerate(found.items, 1):
        finding = item.now or item.then
        if finding is not None:
            say(f"{number}.【{item.state}】{finding.message}（{finding.rule}）")
    for paper in found.papers:
        _show_paper(paper)
    for old in found.missed:
        say(f"没有再交：《{old.form.title}》，原来的“{old.file}”。没有再交的，看不出改没改。")
    for new in found.come:
        say(f"原来没有：《{new.form.title}》，这次的“{new.file}”。")
    say(_counted(found))


def _show_paper(paper: Resent) -> None:
    from greenforms.diff.lines import line_text, lines_of

    say(paper.found.counted)
    if paper.unasked:
        say(f"    其中没有要求改的 {len(paper.unasked)} 处：")
    for line in lines_of(paper.only_unasked):
        say(f"    {line.number}.{line_text(paper.only_unasked, line)}")


def _counted(found: Resubmission) -> str:
    from greenforms.pack.resubmission import STATES

    often = Counter(item.state for item in found.items)
    states = "，".join(f"{state} {often[state]} 项" for state in STATES if often[state]) or "原来没有必须改、应改的"
    unasked = sum(len(paper.unasked) for paper in found.papers)
    return f"{states}；没有要求而改了的 {unasked} 处。"


def failed(earlier: Examined) -> Iterator[ExitCode]:
    """What kept earlier files from being read, so that they are not compared; the exit codes of it."""
    report = earlier.report
    for each in report.unread:
        if each.kind == "unreadable" and each.fault is None:
            say(f"原来的材料里有读不出来的，没有比较：{each.message}", err=True)
    yield from told_faults(report.faults)
    if has_failed(report.unread, len(report.papers)):
        yield ExitCode.UNREADABLE
