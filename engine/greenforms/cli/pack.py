"""`greenforms pack`: a whole submission: begun with one workbook, and built of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenforms import datafile
from greenforms.cli.command import Command, Group
from greenforms.cli.library import pass_library
from greenforms.cli.options import as_of_option
from greenforms.cli.output import print_findings, tell_unread, worst_exit
from greenforms.cli.procedures import since_option
from greenforms.cli.progress import Files
from greenforms.cli.screen import say
from greenforms.errors import ExitCode, UsageError
from greenforms.form.library import Library
from greenforms.form.procedure import Procedure

if TYPE_CHECKING:
    from greenforms.submission.asking import Asking
    from greenforms.submission.new import Filled


_AFTER_DRAFT = "补齐填报表，不加 --draft 再生成一次"


@click.group("pack", cls=Group)
def command() -> None:
    """整套申报材料：`pack new` 建一本填报表，`pack build` 由它生成全部材料。

    例：greenforms pack new nm-2024/renaming --type 绿色工厂 -o 申报包
    """


@command.command("new", cls=Command)
@click.argument("procedure")
@click.option("--edition", help="哪个版本的程序（如 nm-2024）；PROCEDURE 写全了（nm-2024/application）就不用。")
@click.option("--type", "type_", help="申报的类型，如 绿色工厂。")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="放申报包的文件夹，要新的或空的。")
@click.option(
    "--from",
    "sources",
    multiple=True,
    type=click.Path(path_type=Path),
    help="同一单位的旧材料（收回的表、填报表、数据、目录），把能用的内容先填上；可以写几次。",
)
@click.option("--unit", help="旧材料是几个单位的时，指明带入哪一个单位的（写它的名称）。")
@click.option("--form", help="旧材料里有数据（JSON、YAML）时，指明是哪一种表的数据。")
@as_of_option
@since_option
@pass_library
def new(
    library: Library,
    procedure: str,
    edition: str | None,
    type_: str | None,
    output: Path,
    sources: tuple[Path, ...],
    unit: str | None,
    form: str | None,
    as_of: datetime,
    since: datetime | None,
) -> int:
    """建一个申报包：一本填报表（几份材料要印的同一件事只填一处）、放证明材料的文件夹和一张说明。

    例：greenforms pack new application --edition he-2024 --type 绿色工厂 -o 申报包

    例：greenforms pack new nm-2024/reassessment --type 绿色工厂 -o 申报包 --from 去年的材料
    """
    from greenforms.carry.material import material_of
    from greenforms.carry.unit import statements_of_unit
    from greenforms.check.deadlines import due_of
    from greenforms.check.procedures import type_in
    from greenforms.submission.asking import asking_of
    from greenforms.submission.folder import About, begin
    from greenforms.submission.new import empty_workbook, filled_workbook, needless, notes_of

    chosen = _procedure(library, procedure, edition)
    asking = asking_of(library, chosen, type_in(chosen, type_))
    about = About(chosen, asking.type, as_of.date())
    about.refuse_taken(output)
    material, made = None, None
    if sources:
        material = material_of(library, sources, Files(), library.form(form).id if form else None, None)
        name, statements = statements_of_unit(material, library.vocabulary, unit)
        made = filled_workbook(asking, name, statements, as_of.date())
    due = due_of(library, chosen, as_of.date(), since.date() if since else None)
    filled = made or empty_workbook(asking)
    begin(output, about, filled.workbook, filled.narrative, notes_of(library, asking, due))
    _told(output, asking, made, needless(asking, material) if material else ())
    return tell_unread(material.unread, len(material.papers)) if material else ExitCode.OK


def _procedure(library: Library, said: str, edition: str | None) -> Procedure:
    from greenforms.check.procedures import procedure_of

    if "/" not in said and edition is None:
        every = [each for each in library.procedures if each.partition("/")[2] == said]
        raise UsageError(f"请用 --edition 写明是哪个版本的“{said}”：{'、'.join(every or library.procedures)}。")
    full = said if "/" in said else f"{library.edition(edition or '').id}/{said}"
    if edition is not None and not full.startswith(f"{edition}/"):
        raise UsageError(f"“{said}”不是版本“{edition}”的程序。请只写一个，或改成一致。")
    return procedure_of(library, full)


def _told(output: Path, asking: Asking, made: Filled | None, spare: Sequence[str]) -> None:
    say(f"{asking.form.title}：{len(asking.papers)} 份材料，有 {len(asking.twins)} 处同别处一样，不用再填。")
    if made is not None and made.result is not None:
        result = made.result
        say(f"“{result.unit}”：从旧材料带入 {len(result.carried)} 处，没有带入的 {len(result.left)} 项列在“来源”表里。")
    say(*spare)
    say(f"已建“{output}”。下一步：看说明.txt，填“填报表.xlsx”，放好证明材料，再用 greenforms pack build 生成。")


@command.command("build", cls=Command)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到哪里：文件夹或 .zip；不写就是 DIR/成品。")
@click.option("--merge", is_flag=True, help="另外合成一个带书签和页码的 PDF，平台只收一个文件时用；要有 LibreOffice。")
@click.option("--draft", is_flag=True, help="还没填完、有必须改的问题也生成，每页印“草稿，不得报送”。")
@as_of_option
@click.option("--force", is_flag=True, help="重新生成，代替上一次的成品。")
@pass_library
def build(
    library: Library, folder: Path, output: Path | None, merge: bool, draft: bool, as_of: datetime, force: bool
) -> int:
    """由填好的填报表生成全部材料、编了号的附件、附件目录、打印清单和清单；有必须改的问题就不生成。

    例：greenforms pack build 申报包

    例：greenforms pack build 申报包 --merge

    例：greenforms pack build 申报包 --draft -o 草稿.zip
    """
    from greenforms.submission.asking import asking_of
    from greenforms.submission.build import build as built
    from greenforms.submission.build import put_into, zipped
    from greenforms.submission.folder import BUILT, about_of
    from greenforms.submission.papers import plan_of

    about = about_of(library, folder)
    asking = asking_of(library, about.procedure, about.type)
    target = output or folder / BUILT
    plan = plan_of(library, folder, asking, as_of.date())
    print_findings(plan.findings, err=True)
    if plan.stopped and not draft:
        say("有必须改的问题，没有生成。请改好填报表再试；先看样子，加 --draft。", err=True)
        return ExitCode.FINDINGS
    files = built(asking, plan, folder, draft=draft, merge=merge)
    if target.suffix.lower() == ".zip":
        datafile.write(str(target), zipped(files), force=force)
    else:
        put_into(files, target, force=force)
    say(*files)
    what = "草稿" if draft else "成品"
    counts = f"{len(plan.papers)} 份材料，{len(plan.evidence)} 个附件"
    say(f"已生成{what}“{target}”：{counts}。下一步：{_AFTER_DRAFT if draft else '照打印清单打印、盖章'}。")
    return worst_exit(plan.findings)
