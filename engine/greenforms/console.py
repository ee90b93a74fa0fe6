"""What the program and its console agree on before anything is loaded."""

from __future__ import annotations

import io
import sys

#: Said when Ctrl-C ends the program.
INTERRUPTED = "已中断，没有写入未完成的文件。"


def speak_chinese() -> None:
    """Data in a pipe or file are UTF-8 whatever the console speaks; a sign the console lacks does not stop us."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
