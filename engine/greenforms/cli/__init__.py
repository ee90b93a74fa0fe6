"""The command line. Each command is a thin module of its own, loaded when it is called."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import Any

import rich_click as click

from greenforms import __version__
from greenforms.cli.command import Group
from greenforms.cli.failure import as_told, exit_code_of, explain

#: Command → module; the order is the order of the help.
COMMANDS = {
    "demo": "demo",
    "forms": "forms",
    "schema": "schema",
    "blank": "blank",
    "validate": "validate",
    "render": "render",
    "extract": "extract",
    "check": "check",
    "completion": "completion",
}


class LazyGroup(Group):
    """A group whose commands are imported only when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the contract."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"greenforms.cli.{COMMANDS[cmd_name]}").command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="greenforms", message="%(prog)s %(version)s", help="显示版本号。")
def group() -> None:
    """绿表：填写、校验、读取、核对绿色制造体系的官方表单。

    一份数据生成全部表格；收回的 Word、Excel、PDF 再读成同一份数据，每个数都说得出在哪一格。
    """


def _speak_utf8() -> None:
    """Data in a pipe or file are UTF-8 whatever the console speaks; a sign the console lacks does not stop us."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def main() -> Any:
    """Run the command line; every failure ends as one Chinese message and the exit code of the contract."""
    _speak_utf8()
    try:
        sys.exit(group.main(prog_name="greenforms", standalone_mode=False) or 0)
    except (Exception, KeyboardInterrupt) as error:
        told = as_told(error) if isinstance(error, Exception) else error
        click.echo(explain(told), err=True)
        sys.exit(exit_code_of(told))
