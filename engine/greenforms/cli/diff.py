"""`greenforms diff`: what differs between two papers or data sets of one form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from greenforms import datafile
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.options import edition_option
from greenforms.cli.outputs import output_kind
from greenforms.cli.progress import Files
from greenforms.cli.screen import say
from greenforms.errors import ExitCode
from greenforms.form.library import Library
from greenforms.report import json_text

if TYPE_CHECKING:
    from greenforms.diff.result import Difference

_KINDS = ("docx", "xlsx", "json")


@click.command("diff", cls=Command)
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option("-o", "--output", help="变更清单写到哪里：.docx、.xlsx 或 .json；不写时列在屏幕上。")
@click.option("--form", help="两份都是数据（JSON、YAML）时，写明是哪一种表的；也可指定按哪一种表读。")
@edition_option
@click.option("--paper", multiple=True, help="A 或 B 是多份材料的读取结果时，指明用哪一份；两份各写一次。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(
    library: Library,
    old: str,
    new: str,
    output: str | None,
    form: str | None,
    edition: str | None,
    paper: tuple[str, ...],
    as_json: bool,
    force: bool,
) -> int:
    """比较同一种表的两份材料或数据：哪一栏改了、增了、删了，原来是什么，现在是什么。

    A 是原来的，B 是现在的，格式可以不同：Word、Excel、PDF、扫描件、填报表、JSON、YAML、extract 的读取结果。
    明细按各行的名称或内容对应，中间加一行不会使后面各行都算改动；成段的文字逐句比较。

    例：greenforms diff 初稿.docx 修改稿.docx

    例：greenforms diff 数据.json 盖章扫描件.pdf -o 变更清单.docx
    """
    from greenforms.diff.result import difference, difference_json
    from greenforms.diff.side import Request, sides_of, told_apart

    kind = output_kind(output, _KINDS, "变更清单", force=force) if output not in (None, "-") else "json"
    known = library.edition(edition).id if edition else None
    request = Request(library.form(form) if form else None, known, paper)
    found = difference(*told_apart(sides_of(library, (old, new), request, Files(silent=as_json or output == "-"))))
    if output is not None:
        datafile.write(output, _written(found, kind), force=force)
        say(found.counted, err=True)
        say(*([f"变更清单已写入“{output}”。"] if output != datafile.STANDARD_STREAM else []), err=True)
    elif as_json:
        click.echo(json_text(difference_json(found)))
    else:
        _show(found)
    return ExitCode.OK


def _written(found: Difference, kind: str) -> bytes:
    from greenforms.diff.book import book_of
    from greenforms.diff.document import document_of
    from greenforms.diff.result import difference_json

    if kind == "docx":
        return document_of(found)
    return book_of(found) if kind == "xlsx" else f"{json_text(difference_json(found))}\n".encode()


def _show(found: Difference) -> None:
    """A line for each field or sentence, with its places; the count at the end."""
    from greenforms.diff.lines import line_text, lines_of

    for line in lines_of(found):
        say(f"{line.number}.{line_text(found, line)}")
    say(found.counted)
