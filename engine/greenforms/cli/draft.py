"""`greenforms draft`: a report drafted from the applicant's papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenforms import datafile
from greenforms.check.pointers import label
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.options import as_of_option, edition_option, of_option
from greenforms.cli.output import tell_unread
from greenforms.cli.outputs import output_kind
from greenforms.cli.progress import Files
from greenforms.cli.screen import say
from greenforms.errors import ExitCode, UsageError
from greenforms.form.library import Library
from greenforms.report import json_text

if TYPE_CHECKING:
    from datetime import date

    from greenforms.carry.material import Material
    from greenforms.compose.draft import Draft
    from greenforms.compose.earlier import Earlier
    from greenforms.compose.review import Review
    from greenforms.form.form import Form


@click.command("draft", cls=Command)
@click.argument("form")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, help="写到哪里：.docx；同名的 .json（数据和每个值的出处）写在旁边。")
@click.option(
    "--from",
    "earlier",
    metavar="EARLIER",
    type=click.Path(path_type=Path),
    help="上一稿：沿用人写的文字，列出没有解决的审阅意见，旁边另写审阅单（意见、两稿的不同、签名）。",
)
@click.option("--unit", help="材料是几个单位的时，指明起草哪一个单位的（写它的名称）。")
@of_option
@edition_option
@as_of_option
@click.option(
    "--final", is_flag=True, help="定稿，不带批注：还有待填、没有解决的审阅意见、没有第二个人审核，就不生成。"
)
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(
    library: Library,
    form: str,
    sources: tuple[Path, ...],
    output: str,
    earlier: Path | None,
    unit: str | None,
    of_form: str | None,
    edition: str | None,
    as_of: datetime,
    final: bool,
    force: bool,
) -> int:
    """从申报单位的材料起草报告。SOURCE 是收回的表、扫描件、填报表、数据、读取结果，或存放它们的目录。

    同一件事照材料填，能算的算出来，每个值都注明出处；说法不一的不替您选。要人写的地方标成【待填：…】，旁边列出可用的数据。
    材料更新了、换了年度，用 --from 写明改过的上一稿，人写的文字沿用；不写 SOURCE 时只用上一稿。

    例：greenforms draft nm-2024/factory-evaluation-report 自评价报告.docx 工作方案.docx 动态管理表.pdf -o 评价报告.docx
    """
    definition = library.form(form)
    files = _outputs(definition.title, output, with_sheet=earlier is not None, force=force)
    known = library.edition(edition).id if edition else None
    before = _earlier(library, earlier, definition, known) if earlier is not None else None
    if not sources and before is None:
        raise UsageError("没有写从哪些材料起草。请写 SOURCE（文件或目录），或用 --from 写明上一稿。")
    material = _material(library, sources, library.form(of_form).id if of_form else None, known)
    draft = _drafted(definition, material, before, unit, as_of.date())
    _say(draft, material)
    code = tell_unread(material.unread, len(material.papers)) if sources else ExitCode.OK
    review = _review(earlier, before, draft, Path(output).name)
    if final and (obstacles := list(_obstacles(draft, review))):
        say(*obstacles, "没有生成定稿。请先不加 --final 起草，处理好后再定稿。", err=True)
        return ExitCode.gravest([ExitCode.FINDINGS, code])
    _write(draft, files, review, final=final, force=force)
    return code


def _outputs(title: str, output: str, *, with_sheet: bool, force: bool) -> tuple[str, str, str]:
    """The files for the report, its data and the sheet of its review, when all can be written."""
    if output == datafile.STANDARD_STREAM:
        raise UsageError("起草的报告要写成文件：旁边还要写它的数据。请把 -o 后面写成一个 .docx 文件名。")
    output_kind(output, ("docx",), f"起草的《{title}》", force=force)
    data_file, sheet = (str(Path(output).with_name(Path(output).stem + ending)) for ending in (".json", "-审阅单.docx"))
    datafile.refuse_taken(data_file, force=force)
    if with_sheet:
        datafile.refuse_taken(sheet, force=force)
    return output, data_file, sheet


def _earlier(library: Library, path: Path, form: Form, edition: str | None) -> Earlier:
    from greenforms.compose.earlier import earlier_of
    from greenforms.diff.side import one_side

    return earlier_of(one_side(library, str(path), form, edition))


def _material(library: Library, sources: tuple[Path, ...], of_form: str | None, edition: str | None) -> Material:
    from greenforms.carry.material import Material, material_of

    return material_of(library, sources, Files(), of_form, edition, "--of") if sources else Material((), (), ())


def _drafted(form: Form, material: Material, earlier: Earlier | None, unit: str | None, day: date) -> Draft:
    """The draft; where there is no material, facts of the earlier draft are carried, of its year as of any other."""
    from greenforms.carry.material import Material, Statement
    from greenforms.carry.unit import statements_of_unit
    from greenforms.compose.drafting import drafted

    asked = material
    if not material.papers and earlier is not None:
        paper = earlier.paper
        asked = Material((paper,), tuple(Statement(fact, paper) for fact in paper.facts), ())
    name, statements = statements_of_unit(asked, form.library.vocabulary, unit)
    return drafted(form, name, material, statements, day, earlier)


def _review(path: Path | None, earlier: Earlier | None, draft: Draft, name: str) -> Review | None:
    """What became of the earlier draft, told."""
    from greenforms.compose.review import comment_lines, reviewed

    if path is None or earlier is None:
        return None
    review = reviewed(path, earlier.side, draft, name)
    if review.comments:
        counted = f"审阅意见 {len(review.comments)} 条，其中没有解决的 {len(review.unsettled)} 条："
        say(counted, *(f"  {line}" for line in comment_lines(review.comments)), err=True)
    say(review.changes.counted, err=True)
    return review


def _obstacles(draft: Draft, review: Review | None) -> Iterator[str]:
    """Why a report cannot be final."""
    from greenforms.compose.review import unsigned

    if draft.prompts:
        yield f"还有 {len(draft.prompts)} 处待填。"
    if review is not None and review.unsettled:
        yield f"还有 {len(review.unsettled)} 条审阅意见没有解决。请在 Word 里逐条处理，标为“已解决”或删去。"
    if reason := unsigned(draft):
        yield f"{reason}。"


def _write(draft: Draft, files: tuple[str, str, str], review: Review | None, *, final: bool, force: bool) -> None:
    from greenforms.compose.paper import draft_paper
    from greenforms.compose.result import result_json
    from greenforms.compose.review import review_sheet
    from greenforms.render.paper import render

    output, data_file, sheet = files
    paper = render(draft.form, draft.data, "docx", None) if final else draft_paper(draft)
    datafile.write(data_file, f"{json_text(result_json(draft, Path(output).name))}\n".encode(), force=force)
    datafile.write(output, paper, force=force)
    beside = f"，审阅单在“{sheet}”" if review is not None else ""
    if review is not None:
        datafile.write(sheet, review_sheet(review), force=force)
    following = "再用 greenforms validate 校验；也可改数据后用 greenforms render 生成没有批注的报告。"
    next_step = "打开核对，无误后打印盖章。" if final else f"在 Word 里核对批注、填写待填处，{following}"
    say(f"已写入“{output}”，数据在“{data_file}”{beside}。下一步：{next_step}", err=True)


def _say(draft: Draft, material: Material) -> None:
    """Tell what was filled in, what is lacking and why."""
    kept = f"，其中沿用上一稿 {len(draft.kept)} 处" if draft.kept else ""
    papers = f"从 {len(material.papers)} 份材料" if material.papers else ""
    say(f"“{draft.unit}”：{papers}填了 {len(draft.filled)} 处{kept}。", err=True)
    if draft.prompts:
        lines = (f"  {label(draft.form, each.pointer)}：{each.reason}。" for each in draft.prompts)
        say(f"待填的 {len(draft.prompts)} 处：", *lines, err=True)
