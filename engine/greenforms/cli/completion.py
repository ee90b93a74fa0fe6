"""`greenforms completion`: the shell's completion script."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from greenforms.cli.command import Command
from greenforms.errors import UsageError


@click.command("completion", cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """输出命令补全脚本。

    例：greenforms completion bash >> ~/.bashrc
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"不支持 {shell} 的命令补全。请改用 bash、zsh 或 fish。")
    click.echo(kind(ctx.find_root().command, {}, "greenforms", "_GREENFORMS_COMPLETE").source())
