"""`greenforms carry`: what earlier papers of a unit say, into a new form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenforms import datafile
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.options import as_of_option, edition_option
from greenforms.cli.output import tell_unread
from greenforms.cli.outputs import output_kind
from greenforms.cli.progress import Files
from greenforms.cli.screen import say
from greenforms.errors import InputError
from greenforms.form.library import Library

if TYPE_CHECKING:
    from greenforms.carry.filling import Prefilled
    from greenforms.carry.material import Material


@click.command("carry", cls=Command)
@click.argument("sources", metavar="OLD...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", "target", metavar="FORM", required=True, help="要填的新表。")
@click.option(
    "-o",
    "--output",
    required=True,
    help="写到哪里：.xlsx（填报表，批注里有出处，另有“来源”表）或 .json（数据和每个值的出处）；- 为标准输出（JSON）。",
)
@click.option("--unit", help="旧材料是几个单位的时，指明带入哪一个单位的（写它的名称）。")
@click.option("--form", help="OLD 里有数据（JSON、YAML）时，指明是哪一种表的数据。")
@edition_option
@as_of_option
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(
    library: Library,
    sources: tuple[Path, ...],
    target: str,
    output: str,
    unit: str | None,
    form: str | None,
    edition: str | None,
    as_of: datetime,
    force: bool,
) -> int:
    """把同一单位旧材料里的内容带入新表。OLD 是收回的表、扫描件、填报表、数据、读取结果，或存放它们的目录。

    只带入新表问的同一件事：同一年的数、同样的范围、选项里有的。年度不同、说法不一、扫描件读得不确定的都不带入，逐条列出原因。

    例：greenforms carry 2024年工作方案.docx --to cn-2024/annual-update-factory -o 填报表.xlsx

    例：greenforms carry 单位材料 --to review-report -o 数据.json --unit 内蒙古晴川新材料有限公司
    """
    from greenforms.carry.book import carried_workbook
    from greenforms.carry.filling import prefilled
    from greenforms.carry.material import material_of
    from greenforms.carry.result import label_of, result_json
    from greenforms.carry.unit import statements_of_unit
    from greenforms.report import json_text

    definition = library.form(target)
    kind = output_kind(output, ("json", "xlsx"), "带入的结果", force=force)
    known = library.edition(edition).id if edition else None
    material = material_of(library, sources, Files(), library.form(form).id if form else None, known)
    name, statements = statements_of_unit(material, library.vocabulary, unit)
    result = prefilled(definition, name, statements, as_of.date())
    lines = [f"  {label_of(result, each.pointer) or '其他'}：{each.reason}。" for each in result.left]
    if not result.carried:
        raise InputError(
            f"旧材料里没有一处可以带入《{definition.title}》，没有生成文件。", tuple(map(str.strip, lines))
        )
    content = carried_workbook(result) if kind == "xlsx" else (json_text(result_json(result, output)) + "\n").encode()
    datafile.write(output, content, force=force)
    _say(name, result, material, lines)
    code = tell_unread(material.unread, len(material.papers))
    if output != datafile.STANDARD_STREAM:
        say(f"已写入“{output}”。下一步：核对带入的内容，补填其余栏目，再用 greenforms validate 校验。", err=True)
    return code


def _say(name: str, result: Prefilled, material: Material, lines: Sequence[str]) -> None:
    """Tell what was carried and what was not."""
    say(f"“{name}”：从 {len(material.papers)} 份材料带入 {len(result.carried)} 处。", err=True)
    if lines:
        say(f"没有带入的 {len(lines)} 项：", *lines, err=True)
