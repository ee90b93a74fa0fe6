"""`greenforms explain`: how a figure or a score follows from the others."""

from __future__ import annotations

import click

from greenforms.cli.command import Command
from greenforms.cli.inputs import paper_option
from greenforms.cli.library import pass_library
from greenforms.cli.screen import say
from greenforms.form.library import Library
from greenforms.readings.inputs import load_data


@click.command("explain", cls=Command)
@click.argument("form")
@click.argument("data")
@click.argument("path")
@paper_option
@click.option(
    "--what-if", "suppose", multiple=True, metavar="PATH=VALUE", help="假设某一栏填的是另一个值（可写多次），前后对照。"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@pass_library
def command(
    library: Library, form: str, data: str, path: str, paper: str | None, suppose: tuple[str, ...], as_json: bool
) -> None:
    """说明一个数或一个得分是怎样算出来的：算式、代入的数和位置、系数及其依据、修约前后。

    PATH 是数据里的位置，如 /indicators/renewable_share；写指标表的位置（如 /indicators）说明总分和失分最多的项目。
    公开文本里没有的分值、系数不代填，写明“无法计算”和原因。

    例：greenforms explain annual-update-factory 数据.json /indicators/renewable_share
    """
    from greenforms.check.working.explaining import explain, supposed, supposing
    from greenforms.check.working.telling import explanation_json, lines_of
    from greenforms.report import json_text

    definition = library.form(form)
    given = load_data(data, definition, paper)
    found = explain(definition, given.data, path, given.name)
    other = None
    if suppose:
        changed = supposing(definition, given.data, tuple(map(supposed, suppose)))
        other = explain(definition, changed, path, given.name)
    if as_json:
        shape = explanation_json(found)
        click.echo(json_text({**shape, "what_if": explanation_json(other)} if other else shape))
        return
    say(*lines_of(found))
    if other is not None:
        say(f"假设{'，'.join(suppose)}：", *lines_of(other))
