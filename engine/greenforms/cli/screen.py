"""The one place where text reaches the screen: a name or value of the user's never passes for a message of ours.

What a terminal would obey instead of showing it (line ends, control and escape sequences, marks that turn the reading
direction) is drawn. JSON and files do not go through here; they stay exact.
"""

from __future__ import annotations

import re

import click

#: Marks of the Unicode bidirectional algorithm (UAX #9), and the byte-order mark.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
#: Bytes of a file name that are no text, as Python carries them (PEP 383).
_BYTE = re.compile("[\udc80-\udcff]")


def say(*lines: str, err: bool = False) -> None:
    """Print lines for people, each on a line of its own whatever it holds."""
    for line in lines:
        click.echo(visible(line), err=err)


def visible(text: str) -> str:
    """A text as one line that does nothing to a terminal."""
    from greenforms.codec.printable import show_controls

    text = _BYTE.sub(lambda byte: f"\\x{ord(byte[0]) - 0xDC00:02x}", text)
    return show_controls(_TURNING.sub(lambda mark: f"〔U+{ord(mark[0]):04X}〕", text))
