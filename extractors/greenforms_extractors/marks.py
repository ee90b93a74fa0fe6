"""What a checked file is handed back with beside its own content, so that readers pass over it.

A page of ours is known by what stands on it, for that survives every program: its headline ends with `PASSED_OVER`,
and in a Word document, where it stands in front, the paragraph `END` closes it. Comments and shading are never read.
"""

from __future__ import annotations

#: Who writes the comments, and how those begin that say what is wrong, and where a value was carried from.
AUTHOR = "绿表"
NOTE, SOURCE = "【绿表标注】", "【绿表来源】"
PASSED_OVER = "（绿表附页，读取时不计）"
END = "（绿表附页到此为止，以下为原件）"
#: What a marked picture of a paper says of itself in the properties of its PDF.
MARKED_PAGES = "greenforms: marked pages"


def begins_aside(text: str) -> bool:
    """Whether a text is the headline of a page of ours."""
    return text.strip().endswith(PASSED_OVER)


def ends_aside(text: str) -> bool:
    """Whether a paragraph closes a page of ours that stands in front of a document."""
    return text.strip() == END
