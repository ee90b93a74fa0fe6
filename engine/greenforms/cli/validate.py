"""`greenforms validate`: the findings on one data set or one paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenforms.cli.answers import answer_options, answers_of
from greenforms.cli.command import Command
from greenforms.cli.inputs import paper_option
from greenforms.cli.library import pass_library
from greenforms.cli.options import as_of_option
from greenforms.cli.output import report_findings
from greenforms.cli.progress import Pages
from greenforms.cli.screen import say
from greenforms.errors import UsageError
from greenforms.finding import Finding
from greenforms.form.library import Library
from greenforms.readings.inputs import load_data, refuse_paper_option

if TYPE_CHECKING:
    from greenforms.mark.marking import Marking


@click.command("validate", cls=Command)
@click.argument("form")
@click.argument("data")
@paper_option
@as_of_option
@answer_options
@click.option(
    "--mark",
    help="另写一份标注好的原件（Word、Excel 还是原格式，PDF、图片写成 .pdf）："
    "有问题的格子涂色并加批注，另有一页列出全部问题。",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--force", is_flag=True, help="覆盖已有的标注文件。")
@pass_library
def command(
    library: Library,
    form: str,
    data: str,
    paper: str | None,
    as_of: datetime,
    answer: tuple[str, ...],
    answers: str | None,
    mark: str | None,
    as_json: bool,
    force: bool,
) -> int:
    """校验一份数据或一份材料，一次列出全部问题。

    DATA 是 JSON、YAML、填报表或 extract 的读取结果，- 表示标准输入；也可以是填好的表本身：
    Word、Excel、PDF、扫描件或照片。

    例：greenforms validate cultivation-plan 数据.json

    例：greenforms validate cultivation-plan 工作方案.docx --mark 退回/工作方案.docx
    """
    from greenforms.pack.crosscheck import check_data, check_paper
    from greenforms.read.kind import is_paper

    definition = library.form(form)
    to_mark: Marking | None = None
    said = answers_of(library, answer, answers, as_of.date())
    if is_paper(data):
        from greenforms.read.paper import read_paper

        refuse_paper_option(paper, Path(data).name)
        to_mark = _to_mark(Path(data), mark, force=force)
        with Pages("读取") as progress:
            read = read_paper(library, Path(data), definition.id, progress)
        found = check_paper(definition, read, as_of.date(), said)
    else:
        if mark is not None:
            raise UsageError(f"“{data}”是数据，没有纸面可以标注。--mark 用于收回的表和填报表；请去掉 --mark。")
        given = load_data(data, definition, paper)
        found = check_data(definition, given.data, given.name, as_of.date(), given.findings, said)
    code = report_findings(found, as_json=as_json)
    if to_mark is not None:
        _mark(to_mark, found)
    return code


def _to_mark(paper: Path, target: str | None, *, force: bool) -> Marking | None:
    """Everything that can be refused about the marked file is refused before the long reading."""
    if target is None:
        return None
    from greenforms.mark.marking import marking

    return marking(paper, target, force=force)


def _mark(to_mark: Marking, found: Sequence[Finding]) -> None:
    with Pages("绘制标注图") as progress:
        to_mark.write(found, progress)
    say(f"标注后的文件已写入“{to_mark.target}”，可以交回填报人照着改。", err=True)
