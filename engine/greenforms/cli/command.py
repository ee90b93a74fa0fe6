"""Commands whose help speaks Chinese throughout."""

from __future__ import annotations

import sys
from typing import Any

import click
from click.exceptions import Exit

from greenforms.cli.failure import as_told
from greenforms.cli.fault import debug_option
from greenforms.cli.wildcards import expanded


class _Context(click.Context):
    """A call whose help is laid out for Chinese."""

    def make_formatter(self) -> click.HelpFormatter:
        from greenforms.cli.help import HelpFormatter

        return HelpFormatter()


class _Guarded(click.Command):
    """What all commands have in common: help in Chinese, and that a bug in them ends as a Fault."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(debug_option())

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option, described in Chinese."""
        return in_chinese(super().get_help_option(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of options."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option) and not each.hidden]
        with formatter.section("Options"):
            formatter.write_dl([(option.get_help_spec(ctx), _told(option, ctx)) for option in options])

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


class Group(_Guarded, click.Group):
    """A command with commands of its own."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The tables of options and of commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def _told(option: click.Option, ctx: click.Context) -> str:
    """What an option is for, whether it is needed, and what it is when nobody says."""
    extra = option.get_help_extra(ctx)
    needed = "[必填]" if extra.get("required") else ""
    default = f"[默认：{extra['default']}]" if "default" in extra else ""
    return f"{option.help or ''}{needed}{default}"


def in_chinese(option: click.Option | None) -> click.Option | None:
    """Describe click's own help option in Chinese."""
    if option is not None:
        option.help = "显示这份说明。"
    return option
