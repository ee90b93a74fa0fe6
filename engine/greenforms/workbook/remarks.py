"""What is said of the way a workbook was read: what was found by its label, what has no cell, what was left unread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from greenforms.finding import Finding, Place, Severity
from greenforms.workbook.grid import Grid, Spot, origin_of
from greenforms.workbook.wording import is_count, key_of
from greenforms_extractors.sheet.cells import reference

_QUOTED = 40
_LISTED = 5
#: More places than these are counted, not given one by one.
_MOST_PLACES = 1000


def by_label(file: str, labels: Sequence[str]) -> Iterator[Finding]:
    """One finding on all that was read by labels because names are gone or do not stand beside them any more."""
    if labels:
        listed = "、".join(f"“{label}”" for label in labels)
        message = (
            f"{file}：以下栏目的定位名称已丢失，或不再对着自己的栏目，已改按栏目名称读取，请核对读到的内容：{listed}。"
        )
        places = tuple(Place(file, "", label) for label in labels)
        yield Finding("workbook/by-label", Severity.WARN, message, places)


def lost(file: str, labels: Sequence[str]) -> Iterator[Finding]:
    """One finding on the fields that have no cell any more; somebody may have deleted a part that is not theirs."""
    if labels:
        listed = "、".join(f"“{label}”" for label in labels)
        message = (
            f"{file}：工作簿中已找不到这些栏目的格子，按未填处理：{listed}。"
            "需要填写的，请补上栏目名称和格子，或重新生成工作簿。"
        )
        yield Finding("workbook/lost-cells", Severity.WARN, message, (Place(file, "", ""),))


def unread(file: str, grid: Grid, used: set[Spot], printed: frozenset[str]) -> Iterator[Finding]:
    """A finding for each sheet on what stands in it that is no field and no text of the workbook itself."""
    left: dict[str, list[Spot]] = defaultdict(list)
    for spot, text in grid.cells.items():
        if spot not in used and key_of(text) not in printed and not is_count(text):
            left[spot[0]].append(spot)
    for sheet, spots in left.items():
        first = sorted(spots)[:_LISTED]
        listed = "、".join(f"{reference(s[1], s[2])}“{_short(grid.text(s))}”" for s in first)
        more = f"等 {len(spots)} 处" if len(spots) > _LISTED else ""
        where = f"{file} 工作表“{sheet}”"
        message = f"{where}在栏目以外写有内容，未读取：{listed}{more}。请核对是否填错位置。"
        places = tuple(Place(file, "", "", grid.text(s), origin_of(s)) for s in sorted(spots)[:_MOST_PLACES])
        yield Finding("read/unread", Severity.ASK, message, places)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"
