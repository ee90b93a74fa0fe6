"""How far a batch has got, how fast it goes and how long the rest may take, told on the error stream."""

from __future__ import annotations

import sys
import time

import click

from greenforms.cli.progress import duration
from greenforms.scheduling.task import Tally

#: Seconds between two lines where the stream is no screen.
_PAUSE = 10.0


class Rate:
    """Tells how a batch stands: on a screen in one line that changes, else now and then a line."""

    def __init__(self, *, silent: bool = False) -> None:
        self._silent = silent
        self._is_screen = sys.stderr.isatty()
        self._begun = self._told = time.monotonic()
        self._first: Tally | None = None
        self._wide = 0

    def __call__(self, tally: Tally) -> None:
        """So it stands now; the first time it is what earlier runs have done."""
        now = time.monotonic()
        if self._first is None:
            self._first, self._begun = tally, now
            if tally.settled and not self._silent:
                click.echo(f"以前做过的 {tally.settled} 个不再做，还有 {tally.total - tally.settled} 个。", err=True)
            return
        if self._silent or not (self._is_screen or now - self._told >= _PAUSE):
            return
        self._told = now
        self._show(_said(tally, tally.settled - self._first.settled, now - self._begun))

    def done(self) -> None:
        """Wipe the line, so that what follows begins on an empty one."""
        if self._wide:
            click.echo(f"\r{' ' * self._wide}\r", nl=False, err=True)
            self._wide = 0

    def _show(self, text: str) -> None:
        if not self._is_screen:
            click.echo(text, err=True)
            return
        self.done()
        self._wide = sum(1 if char.isascii() else 2 for char in text)
        click.echo(f"\r{text}", nl=False, err=True)


def _said(tally: Tally, done: int, seconds: float) -> str:
    """Counts, files a second (a minute, where there are few), and the time left."""
    text = f"[{tally.settled}/{tally.total}]"
    if done and seconds > 0:
        rate = done / seconds
        text += f" 每秒 {rate:.1f} 个" if rate >= 1 else f" 每分钟 {rate * 60:.1f} 个"
        text += f"，约还需{duration((tally.total - tally.settled) / rate)}" if tally.settled < tally.total else ""
    return text + (f"，没有做成 {tally.failed} 个" if tally.failed else "")
