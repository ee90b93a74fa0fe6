"""`greenforms render`: data onto the official form."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from greenforms import datafile
from greenforms.cli.command import Command
from greenforms.cli.inputs import load_data
from greenforms.cli.output import print_findings
from greenforms.errors import ExitCode
from greenforms.finding import Severity
from greenforms.form.package import load_form


@click.command("render", cls=Command)
@click.argument("form")
@click.argument("data")
@click.option("-o", "--output", required=True, help="输出文件，扩展名决定格式（.docx .xlsx .pdf）；- 为标准输出。")
@click.option("--format", "kind", type=click.Choice(["docx", "xlsx", "pdf"]), help="输出到标准输出时的格式。")
@click.option("--force", is_flag=True, help="覆盖已有文件。")
def command(form: str, data: str, output: str, kind: str | None, force: bool) -> int:
    """把一份数据填进官方表格。数据有问题也照样生成，问题写在标准错误里。

    例：greenforms render cultivation-plan 数据.json -o 工作方案.docx
    """
    from greenforms.check.validation import validate
    from greenforms.render.paper import render

    definition = load_form(form)
    dataset = load_data(data, definition)
    content = render(definition, dataset.data, kind or Path(output).suffix.removeprefix(".") or "docx", dataset.base)
    datafile.write(output, content, force=force)
    findings = (*dataset.findings, *validate(definition, dataset.data, dataset.name))
    print_findings(findings, err=True)
    serious = any(finding.severity in (Severity.BLOCK, Severity.FIX) for finding in findings)
    return ExitCode.FINDINGS if serious else ExitCode.OK
