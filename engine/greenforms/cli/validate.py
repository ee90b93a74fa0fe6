"""`greenforms validate`: the findings on one data set or one paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import rich_click as click

from greenforms.cli.answers import answer_options, answers_of
from greenforms.cli.command import Command
from greenforms.cli.inputs import load_data, paper_option, refuse_paper_option
from greenforms.cli.library import pass_library
from greenforms.cli.options import as_of_option
from greenforms.cli.output import report_findings
from greenforms.cli.progress import Pages
from greenforms.form.library import Library


@click.command("validate", cls=Command)
@click.argument("form")
@click.argument("data")
@paper_option
@as_of_option
@answer_options
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@pass_library
def command(
    library: Library,
    form: str,
    data: str,
    paper: str | None,
    as_of: datetime,
    answer: tuple[str, ...],
    answers: str | None,
    as_json: bool,
) -> int:
    """校验一份数据或一份材料，一次列出全部问题。

    DATA 是 JSON、YAML、填报表或 extract 的读取结果，- 表示标准输入；也可以是填好的表本身：
    Word、Excel、PDF、扫描件或照片。

    例：greenforms validate cultivation-plan 数据.json

    例：greenforms validate cultivation-plan 工作方案.docx
    """
    from greenforms.pack.crosscheck import check_data, check_paper
    from greenforms.read.paper import is_paper, read_paper

    definition = library.form(form)
    said = answers_of(library, answer, answers, as_of.date())
    if is_paper(data):
        refuse_paper_option(paper, Path(data).name)
        with Pages("读取") as progress:
            read = read_paper(library, Path(data), definition.id, progress)
        found = check_paper(definition, read, as_of.date(), said)
    else:
        given = load_data(data, definition, paper)
        found = check_data(definition, given.data, given.name, as_of.date(), given.findings, said)
    return report_findings(found, as_json=as_json)
