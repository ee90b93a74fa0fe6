"""`greenforms blank`: the empty official form, or a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from greenforms import datafile
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.errors import UsageError
from greenforms.form.form import Form
from greenforms.form.library import Library


@click.command("blank", cls=Command)
@click.argument("form")
@click.option("-o", "--output", required=True, help="输出文件，扩展名决定格式（.docx .xlsx .pdf）。")
@click.option("--workbook", is_flag=True, help="改为输出便于填写的 Excel 填报表（带下拉选项、单位和说明）。")
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(library: Library, form: str, output: str, workbook: bool, force: bool) -> None:
    """输出一种表单的官方空表。

    例：greenforms blank cultivation-plan -o 工作方案空表.docx
    """
    datafile.write(output, _content(library.form(form), Path(output).suffix, workbook=workbook), force=force)


def _content(form: Form, suffix: str, *, workbook: bool) -> bytes:
    if workbook:
        from greenforms.workbook.writing import make_workbook

        if suffix not in ("", ".xlsx"):
            raise UsageError(f"填报表是 Excel 文件，不能存为 {suffix}。请把输出文件的扩展名改为 .xlsx。")
        return make_workbook(form)
    from greenforms.render.paper import render_blank

    return render_blank(form, suffix.removeprefix(".") or form.entry.outputs[0])
