"""Commands whose help speaks Chinese throughout."""

from __future__ import annotations

import shutil
import sys
from typing import Any

import rich_click as click
from click.exceptions import Exit

from greenforms.cli.failure import as_told
from greenforms.cli.fault import debug_option
from greenforms.cli.wildcards import expanded

#: Help in fewer columns has no room for its tables; a terminal that tells none or nonsense counts as 80.
_NARROWEST = 60

click.rich_click.WIDTH = max(_NARROWEST, shutil.get_terminal_size().columns)
click.rich_click.OPTIONS_PANEL_TITLE = "选项"
click.rich_click.COMMANDS_PANEL_TITLE = "命令"
click.rich_click.ARGUMENTS_PANEL_TITLE = "参数"
click.rich_click.ERRORS_PANEL_TITLE = "错误"
click.rich_click.REQUIRED_LONG_STRING = "[必填]"
click.rich_click.DEFAULT_STRING = "[默认：{}]"


class _Guarded(click.RichCommand):
    """What all commands have in common: help in Chinese, and that a bug in them ends as a Fault."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(debug_option())

    def get_help_option(self, ctx: click.RichContext) -> click.Option | None:  # type: ignore[override]
        """The help option, described in Chinese."""
        return in_chinese(super().get_help_option(ctx))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Exit:
            raise
        except Exception as error:
            raise as_told(error) from error.__cause__


class Command(_Guarded):
    """One command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The words of a call, on Windows with the files that a pattern stands for."""
        if sys.platform == "win32":
            options = [each for each in self.params if isinstance(each, click.Option) and not each.is_flag]
            args = list(expanded(args, {name for option in options for name in option.opts}))
        return super().parse_args(ctx, args)


class Group(_Guarded, click.RichGroup):  # type: ignore[misc]
    """A command with commands of its own."""


def in_chinese(option: click.Option | None) -> click.Option | None:
    """Describe click's own help option in Chinese."""
    if option is not None:
        option.help = "显示这份说明。"
    return option
