"""The 字 count that forms limit texts by (SF-59: 示范启示50字, 简介200字, 主要亮点100字 …)."""

from __future__ import annotations

from greenforms_extractors.folding import without_space


def count_words(text: str) -> int:
    """Count the 字 of a text: every character except white space and what prints nothing.

    No form says how it counts. Reviewers read the number off their word processor, where the count that gives most
    is 字符数（不计空格）: each Chinese character, digit, punctuation mark and Latin letter is one. A text within a
    limit by that count is within it by any other, so this is the one to hold a maximum against.
    """
    return len(without_space(text))
