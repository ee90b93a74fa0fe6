"""`greenforms render`: data onto the official form."""

from __future__ import annotations

from pathlib import Path

import click

from greenforms.cli.command import Command
from greenforms.cli.inputs import paper_option
from greenforms.cli.library import pass_library
from greenforms.cli.made import refuse_two_on_one, report_made
from greenforms.cli.options import today
from greenforms.cli.output import worst_exit
from greenforms.cli.outputs import output_kind
from greenforms.errors import ExitCode
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.pack.printing import STOPPED, print_form
from greenforms.readings.inputs import load_data, refuse_paper_option


@click.command("render", cls=Command)
@click.argument("form")
@click.argument("data")
@paper_option
@click.option(
    "-o",
    "--output",
    required=True,
    help="输出文件，扩展名决定格式（.docx .xlsx .pdf）；- 为标准输出；DATA 是目录时写目录。",
)
@click.option("--format", "kind", type=click.Choice(["docx", "xlsx", "pdf"]), help="输出到标准输出或目录时的格式。")
@click.option("--json", "as_json", is_flag=True, help="把做了什么和发现的问题写成 JSON。")
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(
    library: Library, form: str, data: str, paper: str | None, output: str, kind: str | None, as_json: bool, force: bool
) -> int:
    """把一份数据填进官方表格。FORM 是编号、简名或标题中的几个字。

    缺项和存疑的内容照样生成，问题写在标准错误里；有表上没有的项或类型不对的内容时，印不出来，不生成。

    DATA 是目录时，其中每个单位的填报表或数据各生成一份，写进 -o 的目录；有一份不成，不影响其他各份。

    例：greenforms render cultivation-plan 数据.json -o 工作方案.docx

    例：greenforms render cultivation-plan 收到的填报表 -o 各单位的工作方案
    """
    definition = library.form(form)
    if Path(data).is_dir():
        return _folder(definition, Path(data), paper, output, kind, as_json=as_json, force=force)
    refuse_two_on_one(output, as_json=as_json)
    kind = output_kind(output, definition.entry.outputs, f"《{definition.title}》", force=force, kind=kind)
    made, findings = print_form(definition, load_data(data, definition, paper), output, kind, today(), force=force)
    if made.file is None:
        report_made(made, STOPPED, findings, as_json=as_json)
        return ExitCode.FINDINGS
    code = worst_exit(findings)
    after = "打开核对，无误后打印盖章" if code == ExitCode.OK else "按以上提示改好数据，加 --force 重新生成"
    report_made(made, after, findings, as_json=as_json)
    return code


def _folder(
    form: Form, source: Path, paper: str | None, output: str, kind: str | None, *, as_json: bool, force: bool
) -> int:
    from greenforms.cli.render_folder import render_folder

    refuse_paper_option(paper, source.name)
    return render_folder(form, source, output, kind, as_json=as_json, force=force)
