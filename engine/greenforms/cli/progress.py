"""How far a long file has got, told on the error stream."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic

import click

#: Where the stream is no screen, a line for every so many pages.
_STEP = 10


#: Less than this, in seconds, is not worth an estimate.
_SHORT = 30


class Files:
    """Tells which of several files is being read, and about how long the rest will take."""

    def __init__(self, total: int, clock: Callable[[], float] = monotonic) -> None:
        self._total = total
        self._clock = clock
        self._begun = clock()

    def __call__(self, number: int, name: str) -> None:
        """File `number`, from 1, is begun. One file alone is not worth a word."""
        if self._total > 1:
            click.echo(f"[{number}/{self._total}] {name}{self._remaining(number - 1)}", err=True)

    def _remaining(self, done: int) -> str:
        """By the mean of the files done."""
        left = (self._clock() - self._begun) / done * (self._total - done) if done else 0
        if left < _SHORT:
            return ""
        hours, minutes = divmod(max(1, round(left / 60)), 60)
        words = (f"{hours} 小时" if hours else "", f"{minutes} 分钟" if minutes else "")
        return f"，约剩 {' '.join(filter(None, words))}"


class Pages:
    """Tells the page that is being worked on: on a screen in one line that changes, else now and then a line."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._is_screen = sys.stderr.isatty()
        self._shown = ""

    def __call__(self, page: int, pages: int) -> None:
        """Page `page` of `pages`, from 1, is begun. One page alone is not worth a word."""
        if pages == 1:
            return
        text = f"[{page}/{pages} 页] {self._doing}"
        if self._is_screen:
            self._shown = text
            click.echo(f"\r{text}", nl=False, err=True)
        elif page % _STEP == 0:
            click.echo(text, err=True)

    def done(self) -> None:
        """Wipe the line, so that what follows begins on an empty one."""
        if self._shown:
            wide = sum(1 if char.isascii() else 2 for char in self._shown)
            click.echo(f"\r{' ' * wide}\r", nl=False, err=True)
            self._shown = ""

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *_: object) -> None:
        self.done()
