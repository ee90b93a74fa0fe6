"""`greenforms blank`: the empty official form, or a workbook to fill in."""

from __future__ import annotations

import click

from greenforms import datafile
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.made import refuse_two_on_one, report_made
from greenforms.cli.output import worst_exit
from greenforms.cli.outputs import output_kind
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.pack.printing import Made


@click.command("blank", cls=Command)
@click.argument("form")
@click.option("-o", "--output", required=True, help="输出文件，扩展名决定格式（.docx .xlsx .pdf）。")
@click.option("--workbook", is_flag=True, help="改为输出便于填写的 Excel 填报表（带下拉选项、单位和说明）。")
@click.option("--json", "as_json", is_flag=True, help="把做了什么写成 JSON。")
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(library: Library, form: str, output: str, workbook: bool, as_json: bool, force: bool) -> int:
    """输出一种表单的官方空表。FORM 是编号、简名或标题中的几个字。

    例：greenforms blank cultivation-plan -o 工作方案空表.docx
    """
    refuse_two_on_one(output, as_json=as_json)
    definition = library.form(form)
    kinds = ("xlsx",) if workbook else definition.entry.outputs
    kind = output_kind(output, kinds, "填报表" if workbook else f"《{definition.title}》", force=force)
    content = _content(definition, kind, workbook=workbook)
    datafile.write(output, content, force=force)
    after = "填写后用 greenforms validate 校验" if workbook else "填写后用 greenforms extract 读取"
    findings: tuple[Finding, ...] = ()
    if kind == "pdf":
        from greenforms.render.legible import print_findings

        findings = print_findings(definition, None, output)
    report_made(Made.of(definition, output, kind, content), after, findings, as_json=as_json)
    return worst_exit(findings)


def _content(form: Form, kind: str, *, workbook: bool) -> bytes:
    if workbook:
        from greenforms.workbook.writing import make_workbook

        return make_workbook(form)
    from greenforms.render.paper import render_blank

    return render_blank(form, kind)
