"""`greenforms summary`: a summary form filled from the papers of many units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenforms import datafile
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.options import as_of_option, edition_option, of_option
from greenforms.cli.output import tell_unread
from greenforms.cli.outputs import output_kind
from greenforms.cli.progress import Files
from greenforms.cli.screen import say
from greenforms.cli.unpacked import unpacked
from greenforms.errors import ExitCode, InputError, UsageError
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.report import json_text

if TYPE_CHECKING:
    from greenforms.carry.filling import Prefilled
    from greenforms.carry.material import Material


@click.command("summary", cls=Command)
@click.argument("form")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, help="写到哪里：.docx、.xlsx 或 .pdf；同名的 .json（出处）写在旁边。")
@of_option
@edition_option
@as_of_option
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(
    library: Library,
    form: str,
    sources: tuple[Path, ...],
    output: str,
    of_form: str | None,
    edition: str | None,
    as_of: datetime,
    force: bool,
) -> ExitCode:
    """由各单位的材料填汇总表、名单。SOURCE 是材料、成套材料（目录、压缩包）、读取结果（含更正），可写多个。

    每个单位一行，按材料写明的类型列入各张名单；每格的出处在旁边的 .json 里。没有写明、说法不一的格子空着，逐项说明。

    例：greenforms summary he-2024/recommendation-summary 各单位材料/ -o 推荐汇总表.docx
    """
    from greenforms.carry.material import material_of
    from greenforms.carry.summary import summarised
    from greenforms.pack.built import papers_below

    definition = library.form(form)
    kind, data_file = _outputs(definition, output, force=force)
    known = library.edition(edition).id if edition else None
    with unpacked(sources) as (places, refused):
        files = papers_below(places)
        material = material_of(library, files, Files(), library.form(of_form).id if of_form else None, known, "--of")
        result = summarised(definition, material, as_of.date())
    if not result.carried:
        raise InputError(f"没有一个单位可以列入《{definition.title}》，没有生成文件。", tuple(_open(result)))
    _write(result, output, kind, data_file, force=force)
    _say(result, material)
    return tell_unread((*material.unread, *refused), len(material.papers))


def _outputs(form: Form, output: str, *, force: bool) -> tuple[str, str]:
    """The kind of the paper and the file for its data, when both can be written."""
    if output == datafile.STANDARD_STREAM:
        raise UsageError("汇总表要写成文件：旁边还要写各格的出处。请在 -o 后面写文件名。")
    kind = output_kind(output, form.entry.outputs, f"《{form.title}》", force=force)
    data_file = str(Path(output).with_suffix(".json"))
    datafile.refuse_taken(data_file, force=force)
    return kind, data_file


def _write(result: Prefilled, output: str, kind: str, data_file: str, *, force: bool) -> None:
    from greenforms.carry.result import result_json
    from greenforms.render.paper import render

    paper = render(result.form, result.data, kind)
    datafile.write(data_file, f"{json_text(result_json(result, Path(output).name))}\n".encode(), force=force)
    datafile.write(output, paper, force=force)
    say(f"已写入“{output}”，各格的出处在“{data_file}”。下一步：核对，补填空着的格子。", err=True)


def _say(result: Prefilled, material: Material) -> None:
    rows = {each.pointer.rpartition("/")[0] for each in result.carried}
    say(f"从 {len(material.papers)} 份材料列入 {len(rows)} 行，填了 {len(result.carried)} 格。", err=True)
    lines = list(_open(result))
    if lines:
        say("空着的、没有列入的：", *(f"  {line}" for line in lines), err=True)


def _open(result: Prefilled) -> Iterator[str]:
    """Each cell that is open for a reason of its own; those that no paper speaks of, by column."""
    from greenforms.carry.summary import UNSTATED
    from greenforms.check.pointers import phrase
    from greenforms.form.tree import pattern_of

    unstated = Counter(pattern_of(each.pointer) for each in result.left if each.reason == UNSTATED)
    shown: set[str] = set()
    for each in result.left:
        pattern = pattern_of(each.pointer)
        if each.reason != UNSTATED:
            yield f"{phrase(result.form.root, each.pointer)}：{each.reason}。" if each.pointer else f"{each.reason}。"
        elif pattern not in shown:
            shown.add(pattern)
            more = f"等 {unstated[pattern]} 行" if unstated[pattern] > 1 else ""
            yield f"{phrase(result.form.root, each.pointer)}{more}：{UNSTATED}。"
