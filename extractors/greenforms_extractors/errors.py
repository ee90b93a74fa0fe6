"""The one failure of a reader: a file that cannot be read, and why.

UnreadableFile
    raised for anything wrong with the file itself (damaged, encrypted, a bomb, a macro carrier, an unknown type).
    Foreign exceptions are converted once, where the foreign library is called, with ``from``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any


class UnreadableFile(Exception):
    """A file that is refused. `code` is stable; the Chinese message says where, what, why and what to do."""

    def __init__(self, code: str, path: Path, *, what: str, why: str, remedy: str) -> None:
        self.code = code
        self.path = path
        self.what = what
        self.why = why
        self.remedy = remedy
        super().__init__(f"文件“{path.name}”{what}。{why}。{remedy}。")

    def __reduce__(self) -> tuple[Any, ...]:
        told = {"what": self.what, "why": self.why, "remedy": self.remedy}
        return partial(type(self), self.code, self.path, **told), ()

    def about(self, path: Path) -> UnreadableFile:
        """The same refusal of another file, of which this one was made."""
        return type(self)(self.code, path, what=self.what, why=self.why, remedy=self.remedy)
