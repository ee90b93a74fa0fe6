"""`greenforms validate`: the findings on one data set."""

from __future__ import annotations

from datetime import datetime

import rich_click as click

from greenforms.cli.command import Command
from greenforms.cli.inputs import load_data
from greenforms.cli.options import as_of_option
from greenforms.cli.output import report_findings
from greenforms.form.package import load_form


@click.command("validate", cls=Command)
@click.argument("form")
@click.argument("data")
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def command(form: str, data: str, as_of: datetime, as_json: bool) -> int:
    """校验一份数据，一次列出全部问题。DATA 是 JSON、YAML 或填报表，- 表示标准输入。

    例：greenforms validate cultivation-plan 数据.json
    """
    from greenforms.check.edition import out_of_force
    from greenforms.check.validation import validate

    definition = load_form(form)
    dataset = load_data(data, definition)
    expired = out_of_force(definition, as_of.date(), dataset.name)
    found = validate(definition, dataset.data, dataset.name, as_of.date())
    return report_findings((*expired, *dataset.findings, *found), as_json=as_json)
