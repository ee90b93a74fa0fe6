"""Help in Chinese: click's own formatter breaks lines at spaces alone and takes every character for one column.

A 汉字 takes two columns, and a line may end after any, but no line begins with a closing sign.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import click

#: Help in fewer columns has no room for its tables; a terminal that tells none or nonsense counts as 80.
_NARROWEST = 60
#: Longer names have their text on the next line.
_WIDEST_NAME = 24
_HEADINGS = {"Options": "选项", "Commands": "命令"}
#: What stays on one line: a word of Latin letters, or one other sign with what opens before and closes after it.
_UNIT = re.compile(r"\s+|[“（《〔【]*(?:[!-~]+|[^\s])[，。：；、）”》〕】？！…]*")


class HelpFormatter(click.HelpFormatter):
    """Usage, texts and tables of the help, as wide as the terminal."""

    def __init__(self) -> None:
        super().__init__(width=max(_NARROWEST, shutil.get_terminal_size().columns))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how a command is called."""
        self._write("用法：", re.findall(r"\S+ ?", f"{prog} {args}"), click.style("用法：", bold=True))

    def write_heading(self, heading: str) -> None:
        """The heading of a table."""
        self.write(f"{' ' * self.current_indent}{click.style(_HEADINGS.get(heading, heading), bold=True)}\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, which blank lines part in the source; a sentence's end ends a line as well."""
        for number, paragraph in enumerate(text.split("\n\n")):
            if number:
                self.write_paragraph()
            for line in re.split(r"(?<=。)\n", paragraph):
                self._write("", _units(line))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 0, col_spacing: int = 2) -> None:
        """Names with what is said of each."""
        rows = list(rows)
        column = min(_WIDEST_NAME, max(_width(name) for name, _ in rows)) + col_spacing
        for name, text in rows:
            margin = " " * self.current_indent
            shown = click.style(name, fg="cyan")
            if _width(name) + col_spacing > column:
                self.write(f"{margin}{shown}\n")
                name = shown = ""
            self._write(name + " " * (column - _width(name)), _units(text), shown + " " * (column - _width(name)))

    def _write(self, head: str, units: Sequence[str], shown: str | None = None) -> None:
        """One paragraph behind its head, which further lines are indented by; `shown` is the head with its colours."""
        indent = self.current_indent + _width(head)
        first, *others = _lines(units, self.width - indent)
        self.write(f"{' ' * self.current_indent}{head if shown is None else shown}{first}".rstrip() + "\n")
        for line in others:
            self.write(f"{' ' * indent}{line}\n")


def _units(text: str) -> list[str]:
    """The pieces of a text that lines are made of. A line end of the source between 汉字 is nothing."""
    return _UNIT.findall(re.sub(r"(?<=[^\x00-\xff])\n\s*|\n\s*(?=[^\x00-\xff])", "", text.strip()).replace("\n", " "))


def _lines(units: Sequence[str], width: int) -> Iterator[str]:
    line = ""
    for unit in units:
        if line and _width(line) + _width(unit.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += unit if line else unit.lstrip()
    yield line.rstrip()


def _width(text: str) -> int:
    """The columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
