"""`greenforms summary`: a summary form filled from the papers of many units."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.lists import lists_option
from greenforms.cli.options import as_of_option, edition_option, of_option
from greenforms.cli.output import tell_unread
from greenforms.cli.progress import Files
from greenforms.cli.summary_files import Target, judged, open_lines, tell, tell_others
from greenforms.cli.unpacked import unpacked
from greenforms.errors import ExitCode, InputError, UsageError
from greenforms.form.library import Library


@click.command("summary", cls=Command)
@click.argument("form")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, help="写到哪里：.docx、.xlsx 或 .pdf；同名的 .json（出处）写在旁边。")
@click.option(
    "--last", metavar="FILE", help="上次的同一种表：行的次序照上次，新增、没有了、改动的逐项列出，标在另一份上。"
)
@click.option("--keep", is_flag=True, help="上次有、这次没有材料的行也留在表里（和 --last 一起写）。")
@click.option(
    "--letter",
    "letters",
    nargs=2,
    multiple=True,
    metavar="FORM FILE",
    help="同时生成公文（征求意见函、审核意见、推荐报告），所列单位和家数就是表里的；可写多次。",
)
@lists_option
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
    last: str | None,
    keep: bool,
    letters: tuple[tuple[str, str], ...],
    lists: tuple[str, ...],
    of_form: str | None,
    edition: str | None,
    as_of: datetime,
    force: bool,
) -> ExitCode:
    """由各单位的材料填汇总表、名单。SOURCE 是材料、成套材料（目录、压缩包）、读取结果（含更正），可写多个。

    每个单位一行，按材料写明的类型列入各张名单；每格的出处在旁边的 .json 里。没有写明、说法不一的格子空着，逐项说明。
    填好的表按规则核对（名额、同一机构的项数、重复、名单），问题逐条列出。

    例：greenforms summary he-2024/recommendation-summary 各单位材料/ -o 推荐汇总表.docx

    例：greenforms summary nm-2024/cultivation-roster 今年的方案/ -o 名单库.xlsx --last 去年的名单库.xlsx --keep
    """
    from greenforms.carry.letters import letter_of
    from greenforms.carry.material import material_of
    from greenforms.carry.merged import merged, names_in
    from greenforms.carry.summary import summarised
    from greenforms.diff.side import one_side
    from greenforms.pack.given_lists import given_lists

    if keep and last is None:
        raise UsageError("--keep 要和 --last 一起写：留下的是上次的表里的行。")
    definition = library.form(form)
    day, known = as_of.date(), library.edition(edition).id if edition else None
    files = [Target.of(definition, output, force=force)]
    files += [Target.of(library.form(letter), file, force=force) for letter, file in letters]
    published = given_lists(library, lists)
    earlier = one_side(library, last, definition) if last is not None else None
    first = names_in(earlier, day) if earlier is not None else ()
    with unpacked(sources) as (places, refused):
        material = material_of(library, places, Files(), library.form(of_form).id if of_form else None, known, "--of")
        result = summarised(definition, material, day, first)
    if not result.carried:
        raise InputError(f"没有一个单位可以列入《{definition.title}》，没有生成文件。", tuple(open_lines(result)))
    found = merged(result, earlier, day, keep=keep) if earlier is not None else None
    around = [letter_of(each.form, result, material, day, first) for each in files[1:]]
    files[0].write(result, found)
    tell(result, material, found)
    codes = [judged(result, files[0].paper, day, published)]
    for target, letter in zip(files[1:], around, strict=True):
        target.write(letter, None)
        tell_others(letter, result, target.paper, day)
        codes.append(judged(letter, target.paper, day, published))
    return ExitCode.gravest([*codes, tell_unread((*material.unread, *refused), len(material.papers))])
