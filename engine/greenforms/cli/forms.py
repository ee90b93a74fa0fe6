"""`greenforms forms`: the catalogue, and the check of the form packages themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from greenforms.cli.command import Command, Group
from greenforms.cli.library import library_of, pass_library
from greenforms.cli.screen import say
from greenforms.errors import FormPackageError

if TYPE_CHECKING:
    from greenforms.draft.package import Drafted
    from greenforms.form.edition import Edition, FormEntry
    from greenforms.form.library import Library


@click.group("forms", cls=Group, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """列出现有的表单；`forms check` 检查表单包。

    例：greenforms forms
    """
    if ctx.invoked_subcommand is not None:
        return
    library = library_of(ctx)
    editions = [library.edition(edition_id) for edition_id in library.edition_ids]
    if as_json:
        from greenforms.report import catalogue_json, json_text

        click.echo(json_text([catalogue_json(edition, entry) for edition in editions for entry in edition.forms]))
        return
    for edition in editions:
        if not edition.forms:
            click.echo(f"{edition.id}  {edition.title}\n    {edition.authority}；没有表单\n    说明：{edition.note}")
        for entry in edition.forms:
            _tell(edition, entry)


def _tell(edition: Edition, entry: FormEntry) -> None:
    annex = f"，{entry.annex}" if entry.annex else ""
    click.echo(f"{edition.id}/{entry.name}  《{entry.title}》")
    click.echo(f"    {edition.authority}{annex}；输出 {'、'.join(entry.outputs)}；可信等级 {entry.grade}")
    if entry.grade_note:
        click.echo(f"    说明：{entry.grade_note}")


@command.command("check", cls=Command)
@pass_library
def check(library: Library) -> None:
    """检查全部表单包：字段、标签、模板、事实、规则和版面，一次列出所有错误。

    例：greenforms forms check
    """
    from greenforms.check.packages import lint_packages
    from greenforms.render.obstacle import not_compiled
    from greenforms.render.sheet import sheet_not_compiled

    errors = lint_packages(library)
    if errors:
        raise FormPackageError(tuple(errors))
    click.echo(f"{len(library.form_ids)} 种表单检查通过。")
    for form in library.forms:
        if "docx" in form.templates and (reason := not_compiled(form)):
            click.echo(f"{form.id} 的 Word 模板能用，但每打印一份都要重新套版，比别的表单慢：{reason}。")
        if "xlsx" in form.templates and (reason := sheet_not_compiled(form)):
            click.echo(f"{form.id} 的 Excel 模板能用，但每打印一份都要重新套版，比别的表单慢：{reason}。")


@command.command("new", cls=Command)
@click.argument("blank")
@click.option("-o", "--output", required=True, help="放草稿的文件夹，要新的或空的。")
@click.option("--name", default="drafted-form", show_default=True, help="表单和版式的名字，小写英文。")
@click.option("--edition", default="xx-2000", show_default=True, help="版本编号：两个字母和年份，如 xx-2026。")
@click.option("--title", default="", help="表单的标题；不写就取空表上的第一行。")
@pass_library
def new(library: Library, blank: str, output: str, name: str, edition: str, title: str) -> None:
    """按印发单位的空表（.docx .doc .wps .xlsx .pdf）起草一种表单：版式、模板、版本和草稿说明。

    例：greenforms forms new 附件2.docx -o 新表单
    """
    from pathlib import Path

    from greenforms.draft.package import REPORT, draft_package

    drafted = draft_package(library, Path(blank), Path(output), edition=edition, name=name, title=title)
    say(f"已按“{blank}”起草《{drafted.title}》：{_counted(drafted)}，都是猜的。")
    if drafted.errors:
        say(f"forms check 还报出 {len(drafted.errors)} 处问题。")
    say(f"下一步：看“{output}”里的“{REPORT}”，逐项核对改正，再用 greenforms forms check 检查。")


def _counted(drafted: Drafted) -> str:
    lists = f"、{drafted.lists} 张清单" if drafted.lists else ""
    unread = f"，{drafted.unread} 处没有看懂" if drafted.unread else ""
    return f"{drafted.fields} 个字段{lists}，{drafted.facts} 个对上了词汇表{unread}"
