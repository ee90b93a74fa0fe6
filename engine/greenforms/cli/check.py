"""`greenforms check`: papers, each by itself and every one against every other, and against a procedure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from greenforms import datafile
from greenforms.cli.against import against_option, failed, show
from greenforms.cli.answers import answer_options, answers_of
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.lists import lists_option
from greenforms.cli.options import as_of_option, edition_option
from greenforms.cli.output import report_pack
from greenforms.cli.outputs import output_kind
from greenforms.cli.progress import Files
from greenforms.cli.report_file import write_report
from greenforms.cli.screen import say
from greenforms.cli.unpacked import unpacked
from greenforms.errors import ExitCode, UsageError
from greenforms.form.library import Library

if TYPE_CHECKING:
    from greenforms.pack.due import Ruling
    from greenforms.pack.examined import Examined
    from greenforms.pack.register import Unit
    from greenforms.pack.resubmission import Resubmission


@click.command("check", cls=Command)
@click.argument("sources", metavar="FILE|DIR|ZIP...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--procedure", help="按哪一项程序核对份数、文件和要求，如 he-2024/application。")
@click.option("--type", "type_", help="申报的类型，如 绿色工厂；不写就按交来的材料看。")
@click.option("--notice", help="有必须改、应改的，写成补正通知（.docx，或 .json 数据）；要和 --procedure 一起写。")
@click.option("--report", help="核对报告写成文件：.html（一个网页，不用联网，有页面图像）或 .xlsx。")
@against_option
@edition_option
@as_of_option
@answer_options
@lists_option
@click.option("--force", is_flag=True, help="覆盖已有的补正通知、核对报告。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（含读到的数据和事实）。")
@pass_library
def command(
    library: Library,
    sources: tuple[Path, ...],
    procedure: str | None,
    type_: str | None,
    notice: str | None,
    report: str | None,
    against: tuple[Path, ...],
    edition: str | None,
    as_of: datetime,
    answer: tuple[str, ...],
    answers: str | None,
    lists: tuple[str, ...],
    force: bool,
    as_json: bool,
) -> int:
    """核对收来的全部材料：逐份校验，再互相核对；写明程序的，再看缺哪些、重了哪些、文件对不对。读取结果（含更正）也可以。

    例：greenforms check 申报材料/

    例：greenforms check 申报材料/ --list 自治区级名单.xlsx

    例：greenforms check 申报材料.zip --procedure he-2024/application --as-of 2024-07-10

    例：greenforms check 申报材料/ --report 核对报告.html

    例：greenforms check 重新报送的材料/ --against 原来的材料/
    """
    from greenforms.pack.examined import Terms, examined, handed_in
    from greenforms.pack.given_lists import given_lists

    if notice is not None:
        output_kind(notice, ("docx", "json"), "补正通知", force=force)
    if report is not None:
        output_kind(report, ("html", "xlsx"), "核对报告", force=force)
    known = library.edition(edition).id if edition else None
    terms = Terms(as_of.date(), known, answers_of(library, answer, answers, as_of.date()), given_lists(library, lists))
    with unpacked(sources) as there, unpacked(against) as before:
        now = handed_in(*there)
        if now.built is not None and procedure is None:
            procedure, type_ = now.built.procedure, type_ or now.built.type
        ruling = _ruling(library, procedure, type_, as_of)
        if ruling is None and notice is not None:
            raise UsageError("补正通知要写明是哪一项程序的，请加 --procedure，如 --procedure nm-2024/application。")
        terms = replace(terms, ruling=ruling)
        earlier = examined(library, handed_in(*before), terms, Files(silent=as_json)) if against else None
        found = examined(library, now, terms, Files(silent=as_json))
        compared = _compared(library, earlier, found)
        if report is not None:
            write_report(found, compared, now, terms, report, force=force)
    code = _report(found, compared, as_json=as_json)
    code = ExitCode.gravest([code, *(failed(earlier) if earlier is not None else ())])
    if ruling is not None and notice is not None:
        _write_notice(library, ruling, found, notice, force=force)
    return code


def _compared(library: Library, earlier: Examined | None, found: Examined) -> Resubmission | None:
    """The submission against an earlier one, where there is one."""
    from greenforms.pack.resubmission import resubmitted

    return resubmitted(library, earlier, found) if earlier is not None else None


def _report(found: Examined, compared: Resubmission | None, *, as_json: bool) -> ExitCode:
    """The register, the findings, and what became of those of an earlier submission."""
    beside: dict[str, Any] = {}
    if found.units is not None:
        beside["register"] = [unit.to_json() for unit in found.units]
    if found.units is not None and not as_json:
        _tell(found.units)
    if compared is not None:
        beside["against"] = compared.to_json()
    code = report_pack(found.report, as_json=as_json, beside=beside)
    if compared is not None and not as_json:
        show(compared)
    return code


def _write_notice(library: Library, ruling: Ruling, found: Examined, target: str, *, force: bool) -> None:
    from greenforms.pack.notice import is_due, notice_data, print_notice
    from greenforms.report import json_text

    if not is_due(found.report.findings):
        say("没有必须改、应改的，没有写补正通知。", err=True)
        return
    data = notice_data(library, ruling.procedure, found.units or (), found.report.findings, ruling.day)
    as_data = target.lower().endswith(".json")
    content = f"{json_text(data)}\n".encode() if as_data else print_notice(library, ruling.procedure, data)
    datafile.write(target, content, force=force)
    say(f"已写补正通知“{target}”，列了 {len(data['rows'])} 项。请核对，填上发文字号、期限、落款后印发。", err=True)


def _ruling(library: Library, procedure: str | None, type_: str | None, as_of: datetime) -> Ruling | None:
    from greenforms.check.procedures import procedure_of, type_in
    from greenforms.pack.due import Ruling

    if procedure is None:
        if type_ is not None:
            raise UsageError("--type 要和 --procedure 一起写。")
        return None
    found = procedure_of(library, procedure)
    return Ruling(found, type_in(found, type_) if type_ else "", as_of.date())


def _tell(units: tuple[Unit, ...]) -> None:
    """The register: what each unit owes, and what is there."""
    for unit in units:
        say(f"{unit.name}（{unit.type or '类型不明'}）")
        for entry in unit.entries:
            files = "、".join(f"“{file.file}”" for file in entry.files)
            say(f"    {entry.state}  《{entry.form.title}》{f'：{files}' if files else ''}")
