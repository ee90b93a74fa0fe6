"""Words of a call that the shell may have put there: `*` names every file, and some files are called like options."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import takewhile

from greenforms.errors import UsageError


def refuse_files_called_like_options(words: Iterable[str]) -> None:
    """Raise UsageError when a word is both an option and a file that is there; after `--` every word is a file."""
    for word in takewhile(lambda word: word != "--", words):
        if len(word) > 1 and word.startswith("-") and os.path.lexists(word):
            raise UsageError(
                f"“{word}”看上去是选项，但当前目录里有一个文件正叫这个名字（命令里写 * 时常会这样），"
                f"无法确定是哪一个，什么也没有读写。要读这个文件，请写成 ./{word}（用 * 时写 ./*）；"
                "要用这个选项，请先给那个文件改名。"
            )
