"""The command line. Each command is a thin module of its own, loaded when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import rich_click as click

from greenforms import __version__
from greenforms.cli.arguments import refuse_files_called_like_options
from greenforms.cli.command import Group
from greenforms.cli.failure import as_told, exit_code_of, explain
from greenforms.cli.screen import say
from greenforms.console import speak_chinese

#: Command → module; the order is the order of the help.
COMMANDS = {
    "demo": "demo",
    "forms": "forms",
    "schema": "schema",
    "blank": "blank",
    "validate": "validate",
    "explain": "explanation",
    "render": "render",
    "extract": "extract",
    "check": "check",
    "eligible": "eligible",
    "procedures": "procedures",
    "pack": "pack",
    "rules": "rules",
    "carry": "carry",
    "batch": "batch",
    "facts": "facts",
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


def main() -> Any:
    """Run the command line; every failure ends as one Chinese message and the exit code of the contract."""
    speak_chinese()
    try:
        refuse_files_called_like_options(sys.argv[1:])
        sys.exit(group.main(prog_name="greenforms", standalone_mode=False, windows_expand_args=False) or 0)
    except (Exception, KeyboardInterrupt) as error:
        told = as_told(error) if isinstance(error, Exception) else error
        say(*(explain(told) or ()), err=True)
        sys.exit(exit_code_of(told))
