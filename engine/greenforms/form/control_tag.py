"""What a content control of a Word paper is tagged with: the pointer of its field, in short where it is long.

Word keeps no more than 64 characters of a tag (ISO/IEC 29500-1, 17.5.2.42, as Word limits it). A longer pointer is
told by a digest of its pattern and the numbers of its items, which whoever knows the form's fields can look up.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from greenforms.form.tree import pattern_of
from greenforms_extractors.match.layout import depth, placed

#: So long a pointer is a tag by itself.
LONGEST = 64
#: A digest has 48 bits; a form has some hundreds of fields.
_DIGITS = 12


def control_tag(pointer: str) -> str:
    """The tag of the control around a field: `/rows/3/name`, or `#5f0c…/3` where that would be too long."""
    if len(pointer) <= LONGEST:
        return pointer
    return "/".join((_digest(pattern_of(pointer)), *filter(str.isdecimal, pointer.split("/"))))


class ControlTags:
    """The way back from the tags of one form's papers, given the patterns of its fields."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = frozenset(patterns)
        self._by_digest = {_digest(pattern): pattern for pattern in self._patterns}

    def pointer(self, tag: str) -> str | None:
        """The pointer a tag stands for; None for one of somebody else's."""
        if tag.startswith("/"):
            return tag if pattern_of(tag) in self._patterns else None
        digest, *numbers = tag.split("/")
        pattern = self._by_digest.get(digest)
        if pattern is None or len(numbers) != depth(pattern) or not all(map(_is_number, numbers)):
            return None
        return placed(pattern, tuple(map(int, numbers)))


def _digest(pattern: str) -> str:
    return f"#{sha256(pattern.encode()).hexdigest()[:_DIGITS]}"


def _is_number(step: str) -> bool:
    return step.isdecimal() and len(step) < _DIGITS
