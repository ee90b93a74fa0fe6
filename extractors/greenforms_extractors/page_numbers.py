"""Numbers of pages, which stand on a page and are no part of its text."""

from __future__ import annotations

import re

_RIM = r"[-—–－_·一ー~.，,、\s]*"
_NUMBER_ONLY = re.compile(rf"{_RIM}\d{{1,4}}\s*(/\s*\d{{1,4}})?{_RIM}|第\s*\d+\s*页([\s，,/]*共\s*\d+\s*页)?")


def is_page_number(text: str) -> bool:
    """Whether a text is no more than a page number: — 3 —, 第 3 页 共 9 页."""
    return _NUMBER_ONLY.fullmatch(text.strip()) is not None
