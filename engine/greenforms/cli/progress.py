"""How far a long file has got, told on the error stream."""

from __future__ import annotations

import sys
import time

import click

from greenforms.cli.screen import say

#: No estimate is made of work that has hardly begun or is nearly done (seconds).
_SOON = 5
_MINUTE = 60
#: Where the stream is no screen, a line for every so many pages.
_STEP = 10


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


class Files:
    """Tells which of several files is being read, and how long the rest may take."""

    def __init__(self, *, silent: bool = False) -> None:
        self._silent = silent
        self._begun = time.monotonic()

    def __call__(self, number: int, total: int, name: str) -> None:
        """File `number` of `total`, from 1, is begun."""
        if not self._silent:
            say(f"[{number}/{total}] {name}{self._left(number - 1, total)}", err=True)

    def _left(self, done: int, total: int) -> str:
        """The time left, judged by the files that are done; nothing while it is too early to say, or too short."""
        spent = time.monotonic() - self._begun
        left = spent / done * (total - done) if done else 0
        return f"（约还需{duration(left)}）" if spent >= _SOON and left >= _SOON else ""


def duration(seconds: float) -> str:
    """A time span in words, as exact as an estimate is."""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds / 5) * 5)}秒"
    minutes = round(seconds / _MINUTE)
    return f"{minutes}分钟" if minutes < _MINUTE else f"{minutes // _MINUTE}小时{minutes % _MINUTE}分钟"
