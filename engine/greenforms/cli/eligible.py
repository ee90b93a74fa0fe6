"""`greenforms eligible`: whether somebody may apply, requirement by requirement."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from greenforms.cli.answers import answer_options, answers_of
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.lists import lists_option
from greenforms.cli.options import as_of_option
from greenforms.cli.progress import Files
from greenforms.cli.screen import say
from greenforms.errors import ExitCode, UsageError
from greenforms.form.library import Library

if TYPE_CHECKING:
    from greenforms.check.eligibility import Line, Sheet


@click.command("eligible", cls=Command)
@click.argument("sources", metavar="[FILE|DIR]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--procedure", default="", help="程序的编号，如 nm-2024/application；不写就列出有哪些。")
@click.option("--type", "type_", default="", help="申报的类型，如 绿色工厂、绿色园区、第三方机构。")
@as_of_option
@answer_options
@lists_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@pass_library
def command(
    library: Library,
    sources: tuple[Path, ...],
    procedure: str,
    type_: str,
    as_of: datetime,
    answer: tuple[str, ...],
    answers: str | None,
    lists: tuple[str, ...],
    as_json: bool,
) -> int:
    """能不能报：按程序逐条列出要求、依据和结论。材料上看不出的要由人答复，答复人和日期一并留下。

    例：greenforms eligible --procedure nm-2024/application --type 绿色工厂 --answers 答复.yaml

    例：greenforms eligible 申报材料/ --procedure he-2024/application --type 绿色工厂
    """
    from greenforms.check.eligibility import procedures, sheet
    from greenforms.pack.given_lists import given_lists
    from greenforms.report import json_text

    if not procedure:
        for id_, types in procedures(library).items():
            say(f"{id_}  {'、'.join(types)}")
        return ExitCode.OK
    if not type_:
        raise UsageError("请用 --type 写明申报的类型。不写 --procedure 可以列出各程序有哪些类型。")
    said = answers_of(library, answer, answers, as_of.date())
    papers: Any = ()
    if sources:
        from greenforms.pack.folder import read_papers

        batch = read_papers(library, sources, Files(silent=as_json))
        papers = tuple(paper.said for paper in batch.papers)
    found = sheet(library, procedure, type_, papers, said, as_of.date(), given_lists(library, lists))
    if as_json:
        click.echo(json_text(_json(found)))
    else:
        _tell(found)
    return ExitCode.FINDINGS if found.verdict == "不能报" else ExitCode.OK


def _tell(found: Sheet) -> None:
    for number, line in enumerate(found.lines, 1):
        rule = line.result.rule
        article = rule.citation.article if rule.citation else ""
        say(f"{number}. 【{line.verdict}】{rule.title}（《{line.document}》{article}）")
        if line.answer is not None:
            given = line.answer
            say(f"    {given.question}：{given.answer}（{given.who}，{given.when}）")
        say(*(f"    {finding.message}" for finding in line.result.findings))
        if not line.result.findings:
            how = f"。请用 --answer {rule.id}=… 答复" if "question" in rule.parameters else ""
            say(*(f"    {reason}{how}" for reason in line.result.reasons))
    say(f"结论：{found.verdict}。")


def _json(found: Sheet) -> dict[str, Any]:
    return {
        "procedure": found.procedure,
        "type": found.type,
        "verdict": found.verdict,
        "lines": [_line_json(line) for line in found.lines],
    }


def _line_json(line: Line) -> dict[str, Any]:
    rule, given = line.result.rule, line.answer
    return {
        "rule": rule.id,
        "title": rule.title,
        "verdict": line.verdict,
        "outcome": line.result.outcome.value,
        "document": line.document,
        "article": rule.citation.article if rule.citation else "",
        "question": rule.parameters.get("question"),
        "answer": {"answer": given.answer, "who": given.who, "when": given.when.isoformat()} if given else None,
        "messages": [finding.message for finding in line.result.findings],
        "reasons": list(line.result.reasons),
    }
