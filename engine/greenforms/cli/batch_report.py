"""Says what became of a batch: how many files, which of them a person must look at, and where the results are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from greenforms.cli.screen import say
from greenforms.errors import ExitCode
from greenforms.report import json_text

if TYPE_CHECKING:
    from greenforms.batch.ledger import Outcome
    from greenforms.batch.running import Summary

#: Files that failed are named up to so many; all stand in the tables.
_LISTED = 20


def report_batch(summary: Summary, output: Path, *, as_json: bool) -> ExitCode:
    """Tell it and answer the gravest exit code: a bug of ours, failed files, findings."""
    told = [(each, json.loads(each.note or "{}")) for each in summary.outcomes]
    aside = sum(_is_aside(each, note) for each, note in told)
    counts = {
        "files": len(summary.outcomes),
        "done": len(summary.outcomes) - aside - len(summary.failed),
        "unrecognised": aside,
        "failed": len(summary.failed),
    }
    if as_json:
        files = [{"file": each.name, "state": each.state, **note} for each, note in told]
        click.echo(json_text({"summary": counts, "files": files}))
    else:
        say(*_lines(summary, counts, output), err=True)
    serious = any(note.get("block") or note.get("fix") for _, note in told)
    codes = [ExitCode.OUR_FAULT] * bool(summary.faults) + [ExitCode.FAILED_ITEMS] * bool(summary.failed)
    return ExitCode.gravest([*codes, ExitCode.FINDINGS if serious else ExitCode.OK])


def _is_aside(outcome: Outcome, note: dict[str, Any]) -> bool:
    """Whether a file was read and is none of the forms."""
    return outcome.state == "done" and "act" in note


def _lines(summary: Summary, counts: dict[str, int], output: Path) -> Iterator[str]:
    aside = f"，暂不能识别 {counts['unrecognised']} 个" if counts["unrecognised"] else ""
    yield f"共 {counts['files']} 个，做成 {counts['done']} 个{aside}，没有做成 {counts['failed']} 个。"
    for each in summary.failed[:_LISTED]:
        note = json.loads(each.note)
        yield f"  {each.name}：{note['message']}"
        yield from (f"    {line.strip()}" for line in note["more"])
    if len(summary.failed) > _LISTED:
        yield f"  还有 {len(summary.failed) - _LISTED} 个，见“{output}”里的“没有做成.csv”。"
    yield f"结果在“{output}”：逐份的在“逐份”，汇总在“汇总.xlsx”（另有 .csv）。"
