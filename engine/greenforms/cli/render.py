"""`greenforms render`: data onto the official form."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from greenforms import datafile
from greenforms.cli.command import Command
from greenforms.cli.inputs import load_data, paper_option
from greenforms.cli.library import pass_library
from greenforms.cli.made import Made, refuse_two_on_one, report_made
from greenforms.cli.options import today
from greenforms.cli.output import worst_exit
from greenforms.cli.outputs import output_kind
from greenforms.errors import ExitCode
from greenforms.finding import Finding
from greenforms.form.library import Library
from greenforms.form.tree import misfits


@click.command("render", cls=Command)
@click.argument("form")
@click.argument("data")
@paper_option
@click.option("-o", "--output", required=True, help="输出文件，扩展名决定格式（.docx .xlsx .pdf）；- 为标准输出。")
@click.option("--format", "kind", type=click.Choice(["docx", "xlsx", "pdf"]), help="输出到标准输出时的格式。")
@click.option("--json", "as_json", is_flag=True, help="把做了什么和发现的问题写成 JSON。")
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(
    library: Library, form: str, data: str, paper: str | None, output: str, kind: str | None, as_json: bool, force: bool
) -> int:
    """把一份数据填进官方表格。FORM 是编号、简名或标题中的几个字。

    缺项和存疑的内容照样生成，问题写在标准错误里；有表上没有的项或类型不对的内容时，印不出来，不生成。

    例：greenforms render cultivation-plan 数据.json -o 工作方案.docx
    """
    from greenforms.pack.crosscheck import check_data
    from greenforms.render.legible import print_findings
    from greenforms.render.paper import render

    refuse_two_on_one(output, as_json=as_json)
    definition = library.form(form)
    kind = output_kind(output, definition.entry.outputs, f"《{definition.title}》", force=force, kind=kind)
    dataset = load_data(data, definition, paper)
    findings = check_data(definition, dataset.data, dataset.name, today(), dataset.findings)
    if next(misfits(definition.root, dataset.data), None) is not None:
        stopped = "以上有表上没有的项或类型不对的内容，印不到表上，请改正后再试"
        report_made(Made(definition, None), stopped, findings, as_json=as_json)
        return ExitCode.FINDINGS
    content = render(definition, dataset.data, kind, dataset.base)
    datafile.write(output, content, force=force)
    if kind == "pdf":
        findings = (*findings, *print_findings(definition, dataset.data, output))
    if kind == "pdf" and output != datafile.STANDARD_STREAM:
        findings = (*findings, *_lost_in_print(library, Path(output)))
    code = worst_exit(findings)
    after = "打开核对，无误后打印盖章" if code == ExitCode.OK else "按以上提示改好数据，加 --force 重新生成"
    report_made(Made.of(definition, output, kind, content), after, findings, as_json=as_json)
    return code


def _lost_in_print(library: Library, path: Path) -> tuple[Finding, ...]:
    """Where the PDF does not say what was filled in: LibreOffice can lose a letter beside a character no font has."""
    from greenforms.read.paper import read_paper

    return read_paper(library, path).findings
