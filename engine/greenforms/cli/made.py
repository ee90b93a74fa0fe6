"""Says which paper a command has made, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

import click

from greenforms import datafile
from greenforms.cli.output import print_findings
from greenforms.cli.screen import say
from greenforms.errors import UsageError
from greenforms.finding import Finding
from greenforms.pack.printing import Made
from greenforms.report import json_text


def report_made(made: Made, after: str, findings: Sequence[Finding] = (), *, as_json: bool) -> None:
    """Tell the findings, the file made and what comes next: for programs on standard output, else beside it."""
    if as_json:
        click.echo(json_text(made.to_json(findings)))
        return
    print_findings(findings, err=True)
    if made.file == datafile.STANDARD_STREAM:
        return
    counted = f"，{made.pages} 页" if made.pages is not None else ""
    said = "没有生成文件" if made.file is None else f"已生成“{made.file}”{counted}"
    say(f"{said}。下一步：{after}。", err=True)


def refuse_two_on_one(output: str, *, as_json: bool) -> None:
    """Raise UsageError when a paper and its JSON would both go to standard output."""
    if as_json and output == datafile.STANDARD_STREAM:
        raise UsageError("-o - 和 --json 都要写到标准输出，会混在一起。请把文件写到一个文件名，或去掉 --json。")
