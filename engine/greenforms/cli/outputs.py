"""Whether an output can be written, and in which format; asked before anything is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from greenforms import datafile
from greenforms.errors import UsageError


def output_kind(output: str, kinds: Sequence[str], what: str, *, force: bool, kind: str | None = None) -> str:
    """The format of an output: its extension, or `kind` where it goes to standard output.

    Raises UsageError for a format that is not among `kinds`, and for a file that cannot be written.
    """
    datafile.refuse_unfit(output)
    chosen = _chosen(output, kinds, kind)
    if chosen not in kinds:
        raise UsageError(f"{what}不输出 {chosen} 格式，可选：{'、'.join(kinds)}。请更换输出文件的扩展名。")
    if output != datafile.STANDARD_STREAM:
        datafile.refuse_taken(output, force=force)
    return chosen


def _chosen(output: str, kinds: Sequence[str], kind: str | None) -> str:
    if output == datafile.STANDARD_STREAM:
        return kind or kinds[0]
    suffix = Path(output).suffix.removeprefix(".").lower()
    if not suffix:
        choices = "、".join(f"“{output}.{each}”" for each in kinds)
        raise UsageError(f"“{output}”没有扩展名，看不出要哪种格式。请写成{choices}。")
    if kind is not None and kind != suffix:
        raise UsageError(f"“{output}”的扩展名与 --format {kind} 不一致。请只用扩展名，或把两者改成一样。")
    return suffix
