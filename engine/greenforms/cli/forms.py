"""`greenforms forms`: the catalogue, and the check of the form packages themselves."""

from __future__ import annotations

import rich_click as click

from greenforms.cli.command import Command, Group
from greenforms.cli.library import library_of, pass_library
from greenforms.errors import FormPackageError
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
    from greenforms.report import catalogue_json, json_text

    forms = list(library_of(ctx).forms)
    if as_json:
        click.echo(json_text([catalogue_json(form) for form in forms]))
        return
    for form in forms:
        click.echo(f"{form.id}  《{form.title}》")
        entry = form.entry
        click.echo(
            f"    {form.edition.authority}，{entry.annex}；输出 {'、'.join(entry.outputs)}；可信等级 {entry.grade}"
        )
        if entry.grade_note:
            click.echo(f"    说明：{entry.grade_note}")


@command.command("check", cls=Command)
@pass_library
def check(library: Library) -> None:
    """检查全部表单包：字段、标签、模板、事实、规则和版面，一次列出所有错误。

    例：greenforms forms check
    """
    from greenforms.check.packages import lint_packages

    errors = lint_packages(library)
    if errors:
        raise FormPackageError(tuple(errors))
    click.echo(f"{len(library.form_ids)} 种表单检查通过。")
