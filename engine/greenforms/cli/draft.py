"""`greenforms draft`: a report drafted from the applicant's papers."""

from __future__ import annotations

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
    from greenforms.carry.material import Material
    from greenforms.compose.draft import Draft


@click.command("draft", cls=Command)
@click.argument("form")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, help="写到哪里：.docx；同名的 .json（数据和每个值的出处）写在旁边。")
@click.option("--unit", help="材料是几个单位的时，指明起草哪一个单位的（写它的名称）。")
@of_option
@edition_option
@as_of_option
@click.option("--final", is_flag=True, help="定稿：还有一处待填就不生成。")
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(
    library: Library,
    form: str,
    sources: tuple[Path, ...],
    output: str,
    unit: str | None,
    of_form: str | None,
    edition: str | None,
    as_of: datetime,
    final: bool,
    force: bool,
) -> int:
    """从申报单位的材料起草报告。SOURCE 是收回的表、扫描件、填报表、数据、读取结果，或存放它们的目录。

    同一件事照材料填，能算的算出来，每个值都注明出处；说法不一的不替您选。要人写的地方标成【待填：…】，旁边列出可用的数据。

    例：greenforms draft nm-2024/factory-evaluation-report 自评价报告.docx 工作方案.docx 动态管理表.pdf -o 评价报告.docx
    """
    from greenforms.carry.material import material_of
    from greenforms.carry.unit import statements_of_unit
    from greenforms.compose.drafting import drafted

    definition = library.form(form)
    data_file = _outputs(definition.title, output, force=force)
    known = library.edition(edition).id if edition else None
    material = material_of(library, sources, Files(), library.form(of_form).id if of_form else None, known, "--of")
    name, statements = statements_of_unit(material, library.vocabulary, unit)
    draft = drafted(definition, name, material, statements, as_of.date())
    _say(draft, material)
    code = tell_unread(material.unread, len(material.papers))
    if final and draft.prompts:
        say(f"还有 {len(draft.prompts)} 处待填，没有生成定稿。请先不加 --final 起草，填好后再定稿。", err=True)
        return ExitCode.gravest([ExitCode.FINDINGS, code])
    _write(draft, output, data_file, force=force)
    return code


def _outputs(title: str, output: str, *, force: bool) -> str:
    """The file for the data, when both can be written."""
    if output == datafile.STANDARD_STREAM:
        raise UsageError("起草的报告要写成文件：旁边还要写它的数据。请把 -o 后面写成一个 .docx 文件名。")
    output_kind(output, ("docx",), f"起草的《{title}》", force=force)
    data_file = str(Path(output).with_suffix(".json"))
    datafile.refuse_taken(data_file, force=force)
    return data_file


def _write(draft: Draft, output: str, data_file: str, *, force: bool) -> None:
    from greenforms.compose.paper import draft_paper
    from greenforms.compose.result import result_json

    paper = draft_paper(draft)
    datafile.write(data_file, f"{json_text(result_json(draft, Path(output).name))}\n".encode(), force=force)
    datafile.write(output, paper, force=force)
    say(
        f"已写入“{output}”，数据在“{data_file}”。下一步：在 Word 里核对批注、填写待填处，"
        "再用 greenforms validate 校验；也可改数据后用 greenforms render 生成没有批注的报告。",
        err=True,
    )


def _say(draft: Draft, material: Material) -> None:
    """Tell what was filled in, what is lacking and why."""
    say(f"“{draft.unit}”：从 {len(material.papers)} 份材料填了 {len(draft.filled)} 处。", err=True)
    if draft.prompts:
        lines = (f"  {label(draft.form, each.pointer)}：{each.reason}。" for each in draft.prompts)
        say(f"待填的 {len(draft.prompts)} 处：", *lines, err=True)
