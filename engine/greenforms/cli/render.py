"""`greenforms render`: data onto the official form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import rich_click as click

from greenforms import datafile
from greenforms.cli.command import Command
from greenforms.cli.inputs import load_data
from greenforms.cli.library import pass_library
from greenforms.cli.output import print_findings, worst_exit
from greenforms.errors import ExitCode
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.tree import values

#: What is wrong with a value that has not the shape its field prints.
_SHAPELESS = frozenset({"schema/type", "schema/structure"})
#: What is wrong with a value of several members, one of which is missing or strange.
_INSIDE = frozenset({*_SHAPELESS, "schema/required", "schema/unknown-key"})


@click.command("render", cls=Command)
@click.argument("form")
@click.argument("data")
@click.option("-o", "--output", required=True, help="输出文件，扩展名决定格式（.docx .xlsx .pdf）；- 为标准输出。")
@click.option("--format", "kind", type=click.Choice(["docx", "xlsx", "pdf"]), help="输出到标准输出时的格式。")
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(library: Library, form: str, data: str, output: str, kind: str | None, force: bool) -> int:
    """把一份数据填进官方表格。数据有问题也照样生成，问题写在标准错误里；类型不对、印不出来的除外。

    例：greenforms render cultivation-plan 数据.json -o 工作方案.docx
    """
    from greenforms.check.validation import validate
    from greenforms.render.paper import render

    definition = library.form(form)
    dataset = load_data(data, definition)
    findings = (*dataset.findings, *validate(definition, dataset.data, dataset.name))
    if any(_unprintable(definition, dataset.data, findings)):
        print_findings(findings, err=True)
        click.echo("没有生成文件：以上有内容类型不对，印不到表上。请改正后再试。", err=True)
        return ExitCode.FINDINGS
    kind = kind or Path(output).suffix.removeprefix(".").lower() or "docx"
    datafile.write(output, render(definition, dataset.data, kind, dataset.base), force=force)
    if kind == "pdf" and output != datafile.STANDARD_STREAM:
        findings = (*findings, *_lost_in_print(library, Path(output)))
    print_findings(findings, err=True)
    return worst_exit(findings)


def _lost_in_print(library: Library, path: Path) -> tuple[Finding, ...]:
    """Where the PDF does not say what was filled in: LibreOffice can lose a letter beside a character no font has."""
    from greenforms.recognise.extract import extract

    return extract(library, path).findings


def _unprintable(form: Form, data: Any, findings: Sequence[Finding]) -> Iterator[str]:
    """Pointers of values that have no printed form; an explicit null always has one."""
    leaves = [f"{value.pointer}/" for value in values(form.root, data)]
    for finding in findings:
        place = finding.places[0]
        if (finding.rule in _SHAPELESS and place.value is not None) or (
            finding.rule in _INSIDE and place.path.startswith(tuple(leaves))
        ):
            yield place.path
