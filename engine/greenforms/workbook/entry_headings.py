"""Where the headings over single fields stand; 填写内容 alone may be what was filled in, beside the label 单位."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from greenforms.workbook.grid import Grid
from greenforms.workbook.signature import ENTRY_COLUMNS
from greenforms.workbook.wording import key_of

#: The headings of the columns of labels and of values.
LABEL, VALUE = map(key_of, ENTRY_COLUMNS[:2])
_KEYS = frozenset(map(key_of, ENTRY_COLUMNS))


def entry_headings(grid: Grid) -> Mapping[tuple[str, int], Mapping[str, int]]:
    """The rows, by sheet, where 填写内容 stands with 栏目 or two other headings: the first column of each heading."""
    rows: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for (sheet, row, column), text in grid.cells.items():
        if (key := key_of(text)) in _KEYS:
            rows[sheet, row].setdefault(key, column)
    return {
        place: found for place, found in sorted(rows.items()) if VALUE in found and (LABEL in found or len(found) > 2)
    }
