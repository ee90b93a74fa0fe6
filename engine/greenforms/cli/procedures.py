"""`greenforms procedures`: what each procedure wants handed in, by whom, to whom, and how many days are left."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.options import as_of_option
from greenforms.cli.screen import say
from greenforms.finding import Citation
from greenforms.form.library import Library
from greenforms.form.procedure import Procedure

if TYPE_CHECKING:
    from greenforms.check.deadlines import Due

since_option = click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="办理相关手续的那一天；按“若干个工作日内”计的期限从它起算。",
)


@click.command("procedures", cls=Command)
@click.argument("procedure", required=False)
@click.option("--edition", help="只列这个版本的程序（如 nm-2024）。")
@as_of_option
@since_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@pass_library
def command(
    library: Library, procedure: str | None, edition: str | None, as_of: datetime, since: datetime | None, as_json: bool
) -> None:
    """列出各项程序：交哪些材料、几份、什么文件、交给谁、哪天到期，还有几天，依据哪一条。

    例：greenforms procedures --edition nm-2024 --as-of 2026-05-20

    例：greenforms procedures nm-2024/renaming --since 2026-03-02
    """
    from greenforms.check.deadlines import due_of
    from greenforms.check.procedure_report import procedure_json
    from greenforms.check.procedures import procedure_of
    from greenforms.report import json_text

    only = library.edition(edition).id if edition else None
    every = [procedure_of(library, procedure)] if procedure else list(library.procedures.values())
    chosen = [each for each in every if only in (None, each.edition)]
    event = since.date() if since else None
    listed = [(each, due_of(library, each, as_of.date(), event)) for each in chosen]
    if as_json:
        click.echo(json_text([procedure_json(library, each, due, as_of.date()) for each, due in listed]))
        return
    for each, due in listed:
        _tell(library, each, due)


def _tell(library: Library, procedure: Procedure, due: tuple[Due, ...]) -> None:
    say(f"{procedure.id}  {procedure.title}（{_basis(library, procedure, procedure.citation)}）")
    say(f"    由谁报：{procedure.submits}；报给：{procedure.receives}")
    say(*(f"    途径：{procedure.through}" for _ in [0] if procedure.through))
    for each in due:
        basis = f"（《{each.citation.document}》{each.citation.article}）" if each.citation else ""
        say(f"    期限：{each.deadline.what}——{each.words}{basis}")
    if not due:
        say("    期限：所见文件没有规定")
    say(*(f"    {line}" for line in _lines(library, procedure)))
    say(*(f"    说明：{procedure.note}" for _ in [0] if procedure.note))


def _lines(library: Library, procedure: Procedure) -> list[str]:
    lines = [
        f"材料：{_for(paper.types)}《{library.form(paper.form).title}》（{paper.form}）{paper.words}"
        f"（{paper.citation.article}）"
        for paper in procedure.papers
    ]
    lines += [f"证明：{_for(each.types)}{each.title}（{each.citation.article}）" for each in procedure.attachments]
    lines += [
        f"不用交：{_for(each.types)}{each.what}——{each.why}（{each.citation.article}）" for each in procedure.not_needed
    ]
    return lines


def _for(types: tuple[str, ...]) -> str:
    return f"{'、'.join(types)}：" if types else ""


def _basis(library: Library, procedure: Procedure, citation: Citation) -> str:
    return f"《{library.edition(procedure.edition).document_title(citation.document)}》{citation.article}"
