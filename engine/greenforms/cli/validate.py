"""`greenforms validate`: the findings on one data set."""

from __future__ import annotations

from datetime import datetime

import rich_click as click

from greenforms.cli.command import Command
from greenforms.cli.inputs import load_data, paper_option
from greenforms.cli.options import as_of_option
from greenforms.cli.output import report_findings
from greenforms.form.package import load_form


@click.command("validate", cls=Command)
@click.argument("form")
@click.argument("data")
@paper_option
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def command(form: str, data: str, paper: str | None, as_of: datetime, as_json: bool) -> int:
    """校验一份数据，一次列出全部问题。DATA 是 JSON、YAML、填报表或 extract 的读取结果，- 表示标准输入。

    例：greenforms validate cultivation-plan 数据.json
    """
    from greenforms.check.validation import validate

    definition = load_form(form)
    dataset = load_data(data, definition, paper)
    found = validate(definition, dataset.data, dataset.name, as_of.date())
    return report_findings((*dataset.findings, *found), as_json=as_json)
