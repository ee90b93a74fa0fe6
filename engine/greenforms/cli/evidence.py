"""`greenforms evidence`: the papers of an evidence folder, listed with their pages and held against the report."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenforms import datafile
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.options import as_of_option, edition_option
from greenforms.cli.output import print_findings, summary_line, told_faults, unread_text, worst_exit
from greenforms.cli.outputs import output_kind
from greenforms.cli.progress import Files
from greenforms.cli.screen import say
from greenforms.errors import ExitCode, UsageError
from greenforms.form.library import Library
from greenforms.report import json_text

if TYPE_CHECKING:
    from greenforms.evidence.folder import EvidenceFile
    from greenforms.evidence.index import Index


@click.command("evidence", cls=Command)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--of", "report", metavar="REPORT", type=click.Path(path_type=Path), help="同它核对的报告：文件、数据或读取结果。"
)
@click.option("--form", help="REPORT 是数据（JSON、YAML）时，写明是哪一种表的。")
@click.option("-o", "--output", help="索引写到哪里：.xlsx 或 .json；不写时列在屏幕上。")
@edition_option
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(
    library: Library,
    folder: Path,
    report: Path | None,
    form: str | None,
    output: str | None,
    edition: str | None,
    as_of: datetime,
    as_json: bool,
    force: bool,
) -> int:
    """给证明材料编索引：逐份编号，按文字认出种类，找出单位、编号、有效期，数出页数和起始页。

    写明是哪份报告的，按它的清单排，再核对：清单列了而目录里没有的、目录里有而清单没列的、写符合而没有证明材料的、单位不是本单位的。
    过期的、清单的页码不对的、报告里改过的图同表不符的都会指出来。

    例：greenforms evidence 证明材料 --of 评价报告.docx -o 索引.xlsx
    """
    from greenforms.evidence.index import index_json
    from greenforms.evidence.indexing import indexed, report_of

    kind = output_kind(output, ("xlsx", "json"), "索引", force=force) if output is not None else ""
    if not folder.is_dir():
        raise UsageError(f"“{folder}”不是目录。请写存放证明材料的目录。")
    talk = Files(silent=as_json or output == datafile.STANDARD_STREAM)
    form_id = library.form(form).id if form else None
    known = library.edition(edition).id if edition else None
    of = report_of(library, report, talk, form_id, known) if report is not None else None
    index = indexed(library, folder, of, as_of.date(), talk, [Path(output)] if output else [])
    if output is not None:
        _write(index, output, kind, force=force)
    if as_json:
        click.echo(json_text(index_json(index)))
    elif output != datafile.STANDARD_STREAM:
        _say(index, listed=output is None)
    return _code(index)


def _write(index: Index, output: str, kind: str, *, force: bool) -> None:
    from greenforms.evidence.index import index_book, index_json

    as_json = f"{json_text(index_json(index))}\n".encode()
    datafile.write(output, index_book(index) if kind == "xlsx" else as_json, force=force)
    if output != datafile.STANDARD_STREAM:
        say(f"索引已写入“{output}”。", err=True)


def _say(index: Index, *, listed: bool) -> None:
    """A line for each file unless the index was written, and what was found."""
    for each in index.files if listed else ():
        say(f"{each.number}. {_line(each)}")
    say(index.counted)
    unread = [each.unread for each in index.files if each.unread is not None]
    if unread and not listed:
        click.echo(unread_text(unread, {}), err=True)
    print_findings(index.findings)
    click.echo(summary_line(index.findings))


def _line(file: EvidenceFile) -> str:
    """A file of the index in one line."""
    from greenforms.evidence.index import remark_of

    told = (file.title, file.holder, file.id_number, f"有效期：{file.until}" if file.until else "", remark_of(file))
    first = f"第{file.first}页起" if file.exact else f"约第{file.first}页起"
    pages = "" if file.pages is None else f"，{file.pages}页"
    return f"{file.name}（{first}{pages}）：{'；'.join(filter(None, told))}"


def _code(index: Index) -> ExitCode:
    """The gravest: a bug of ours, a file that could not be read, findings."""
    unread = [each.unread for each in index.files if each.unread is not None]
    faults = told_faults(each.fault for each in unread if each.fault is not None)
    failed = [ExitCode.UNREADABLE for each in unread if each.fault is None]
    return ExitCode.gravest([*faults, *failed, worst_exit(index.findings)])
