"""Where single fields stand: a column of labels with a column of values beside it, on whatever sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from greenforms.workbook.entry_headings import LABEL, VALUE, entry_headings
from greenforms.workbook.grid import Grid, Spot
from greenforms.workbook.parts import Plan
from greenforms.workbook.wording import key_of, keys_of_entry

#: So many labels, or half of all where a form has few, make a column one of labels.
_FEWEST = 2
_LAST = 1 << 30


@dataclass(frozen=True, slots=True)
class EntryBlock:
    """Labels in the rows behind `top` and before `end`, in the column `label`, their values in the column `value`."""

    sheet: str
    top: int
    end: int
    label: int
    value: int


def entry_blocks(grid: Grid, plan: Plan, list_headings: Collection[tuple[str, int]]) -> tuple[EntryBlock, ...]:
    """The blocks of a workbook: under the headings 栏目 and 填写内容; without them, wherever labels stand in a column.

    `list_headings` are the rows, by sheet, that are headings of lists.
    """
    if not plan.fields:
        return ()
    headed = tuple(_headed(grid, list_headings))
    known = {block.sheet for block in headed}
    return (*headed, *_unheaded(grid, plan, list_headings, known))


def _headed(grid: Grid, list_headings: Collection[tuple[str, int]]) -> Iterator[EntryBlock]:
    tops = entry_headings(grid)
    ends = sorted({*list_headings, *tops})
    for (sheet, row), found in tops.items():
        end = next((top for name, top in ends if name == sheet and top > row), _LAST)
        yield EntryBlock(sheet, row, end, found.get(LABEL, found[VALUE] - 1), found[VALUE])


def _unheaded(
    grid: Grid, plan: Plan, list_headings: Collection[tuple[str, int]], known: Collection[str]
) -> Iterator[EntryBlock]:
    wanted = {key for entry in plan.fields for key in keys_of_entry(entry)}
    columns: dict[tuple[str, int], dict[str, Spot]] = defaultdict(dict)
    for spot, text in grid.cells.items():
        if spot[0] not in known and (spot[0], spot[1]) not in list_headings and (key := key_of(text)) in wanted:
            columns[spot[0], spot[2]].setdefault(key, spot)
    guides = {spot[0] for spot, text in grid.cells.items() if key_of(text) == _GUIDE}
    for (sheet, column), found in sorted(columns.items()):
        if sheet not in guides and len(found) >= min(_FEWEST, -(-len(wanted) // 2)):
            width = max(grid.merged.get(spot, (1, 1))[1] for spot in found.values())
            yield EntryBlock(sheet, -1, _LAST, column, column + width)


#: What the first sheet says and no other.
_GUIDE = key_of("怎样填")
