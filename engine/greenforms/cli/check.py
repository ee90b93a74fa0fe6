"""`greenforms check`: papers, each by itself and every one against every other."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from greenforms.cli.answers import answer_options, answers_of
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.lists import lists_option
from greenforms.cli.options import as_of_option, edition_option
from greenforms.cli.output import report_pack
from greenforms.cli.progress import Files
from greenforms.form.library import Library


@click.command("check", cls=Command)
@click.argument("sources", metavar="FILE|DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
@edition_option
@as_of_option
@answer_options
@lists_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（含读到的数据和事实）。")
@pass_library
def command(
    library: Library,
    sources: tuple[Path, ...],
    edition: str | None,
    as_of: datetime,
    answer: tuple[str, ...],
    answers: str | None,
    lists: tuple[str, ...],
    as_json: bool,
) -> int:
    """核对同一单位的全部材料：逐份校验，再互相核对。可以给目录，也可以给一个或几个文件。

    例：greenforms check 申报材料/

    例：greenforms check 工作方案.docx 名单.xlsx

    例：greenforms check 申报材料/ --list 自治区级名单.xlsx
    """
    from greenforms.pack.crosscheck import check_files
    from greenforms.pack.given_lists import given_lists

    known = library.edition(edition).id if edition else None
    said = answers_of(library, answer, answers, as_of.date())
    given = given_lists(library, lists)
    report = check_files(library, sources, as_of.date(), Files(silent=as_json), known, said, lists=given)
    return report_pack(report, as_json=as_json)
