"""`greenforms schema`: a form's JSON Schema."""

from __future__ import annotations

import json

import click

from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.form.library import Library


@click.command("schema", cls=Command)
@click.argument("form")
@pass_library
def command(library: Library, form: str) -> None:
    """输出一种表单的数据结构（JSON Schema 2020-12）。

    例：greenforms schema cultivation-plan
    """
    click.echo(json.dumps(library.form(form).schema, ensure_ascii=False, indent=2))
