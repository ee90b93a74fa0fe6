"""`greenforms facts`: what papers and data sets state, for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenforms import datafile
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.options import edition_option
from greenforms.cli.output import tell_unread
from greenforms.cli.progress import Files
from greenforms.cli.screen import say
from greenforms.cli.unpacked import unpacked
from greenforms.errors import UsageError
from greenforms.form.library import Library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenforms.dossier.dossier import Unread
    from greenforms.pack.paper import Paper


@click.command("facts", cls=Command)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, help="输出文件：.jsonl（每行一条）、.csv、.xbrl.json 或 .parquet。")
@click.option("--form", help="SOURCE 是数据（JSON、YAML）时，写明它是哪一种表的。")
@edition_option
@click.option("--force", is_flag=True, help="覆盖已有的输出文件。")
@pass_library
def command(
    library: Library, sources: tuple[Path, ...], output: str, form: str | None, edition: str | None, force: bool
) -> int:
    """把材料和数据里陈述的事实导出给别的程序：单位、事实、年度、数值、单位、位数、出处、可信度。

    SOURCE 是材料、目录、压缩包，或 pack build 生成的成套材料（目录或压缩包），可写多个。

    例：greenforms facts 申报材料/ -o 事实.jsonl

    例：greenforms facts 申报包.zip -o 事实.csv

    例：greenforms facts 数据.json --form cultivation-plan -o 事实.xbrl.json
    """
    from greenforms.export.statements import KINDS, statements_of, written

    kind = next((each for each in KINDS if output.lower().endswith(f".{each}")), None)
    if kind is None:
        raise UsageError(f"“{output}”不是能写的格式。-o 请写成 .jsonl、.csv、.xbrl.json 或 .parquet。")
    datafile.refuse_unfit(output)
    datafile.refuse_taken(output, force=force)
    if kind == "parquet":
        from greenforms.export.parquet import refuse_parquet

        refuse_parquet()
    with unpacked(sources) as (places, refused):
        papers, unread = _read(library, places, form, edition)
    unread = (*unread, *refused)
    statements = statements_of(library, papers)
    datafile.write(output, written(library, statements, kind), force=force)
    say(f"{len(papers)} 份材料的 {len(statements)} 条事实已写入“{output}”。", err=True)
    return tell_unread(unread, len(papers))


def _read(
    library: Library, sources: Sequence[Path], form: str | None, edition: str | None
) -> tuple[list[Paper], tuple[Unread, ...]]:
    """The papers; with a form every source is a data set of it."""
    from greenforms.pack.built import papers_below
    from greenforms.pack.folder import read_papers
    from greenforms.pack.paper import paper_of

    if form is None:
        batch = read_papers(library, papers_below(sources), Files(), library.edition(edition).id if edition else None)
        return list(batch.papers), batch.unread
    from greenforms.read.extraction import Extraction
    from greenforms.readings.inputs import load_data

    definition = library.form(form)
    given = [load_data(str(source), definition) for source in sources]
    papers = [paper_of(definition, Extraction(each.name, definition.id, 1.0, each.data, (), (), ())) for each in given]
    return papers, ()
