"""Turns what goes wrong into one message and one exit code."""

from __future__ import annotations

import click

from greenforms.cli.fault import put_away
from greenforms.console import INTERRUPTED
from greenforms.errors import ExitCode, Fault, GreenformsError
from greenforms_extractors.errors import UnreadableFile


def explain(error: BaseException) -> tuple[str, ...] | None:
    """The lines to say of a failure that is the user's or a package's to mend; None for a bug of ours."""
    if isinstance(error, GreenformsError):
        return error.lines
    message = _message(error)
    return None if message is None else (message,)


def _message(error: BaseException) -> str | None:
    match error:
        case UnreadableFile():
            return str(error)
        case OSError() if error.errno is not None:
            from greenforms.datafile import reason_of

            return f"“{error.filename or '文件'}”打不开或写不进去：{reason_of(error)}。请检查路径、目录权限和磁盘空间。"
        case click.exceptions.Abort() | KeyboardInterrupt():
            return INTERRUPTED
        case click.UsageError():
            return f"{_usage(error)}运行 {_command(error)} --help 查看用法和例子。"
        case click.ClickException():
            return f"{error.format_message()}"
    return None


def as_told(error: Exception) -> Exception:
    """The error itself where it can be explained; else the fault it is, its traceback put in its place."""
    if explain(error) is not None and not isinstance(error, Fault):
        return error
    from greenforms.fault import fault

    found = error if isinstance(error, Fault) else fault("命令没有完成", error)
    found.whereabouts = found.whereabouts or put_away(found)
    return found


def _usage(error: click.UsageError) -> str:
    """What is wrong with the words of a call; click's own English is not shown."""
    match error:
        case click.NoSuchOption():
            return f"没有选项“{error.option_name}”。"
        case click.MissingParameter():
            return f"缺少参数“{_name(error)}”。"
        case click.BadParameter():
            return f"参数“{_name(error)}”的值不能用{_choices(error)}。"
        case click.BadOptionUsage():
            return f"选项“{error.option_name}”后面缺少它的值，或不需要值。"
    return "没有这个命令，或参数多了。"


def _name(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.human_readable_name if error.param else "？"


def _choices(error: click.BadParameter) -> str:
    match error.param.type if error.param else None:
        case click.Choice(choices=choices):
            return f"，可选：{'、'.join(map(str, choices))}"
        case click.DateTime():
            return "，日期写成 2025-06-30 的样子"
    return ""


def exit_code_of(error: BaseException) -> int:
    """The exit code a failure carries."""
    match error:
        case GreenformsError():
            return error.exit_code
        case UnreadableFile():
            return ExitCode.UNREADABLE
        case click.exceptions.Abort() | KeyboardInterrupt():
            return ExitCode.INTERRUPTED
    return ExitCode.USAGE


def _command(error: click.UsageError) -> str:
    return error.ctx.command_path if error.ctx else "greenforms"
