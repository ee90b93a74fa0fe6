"""Where each field of a form stands in a workbook that came back: labels are believed, names beside them confirm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from greenforms.workbook.entry_blocks import entry_blocks
from greenforms.workbook.entry_rows import EntryRows
from greenforms.workbook.grid import Grid, Spot
from greenforms.workbook.list_blocks import ListBlock, ListBlocks
from greenforms.workbook.parts import Field, Plan, Sheet


@dataclass(frozen=True, slots=True)
class Located:
    """The places of a plan's fields and lists."""

    #: The cells of each single field by the name of the field; several where it was copied.
    fields: Mapping[str, Sequence[Spot]]
    #: The cells of their labels, however they are worded.
    labels: frozenset[Spot]
    #: The blocks of each list by its pattern: those on one worksheet go on from each other.
    lists: Mapping[str, Sequence[Sequence[ListBlock]]]

    @classmethod
    def of(cls, grid: Grid, plan: Plan) -> Located:
        """Find all that is there."""
        blocks = ListBlocks(grid, plan).blocks()
        rows = EntryRows(grid, plan)
        fields: dict[str, list[Spot]] = defaultdict(list)
        labels: set[Spot] = set()
        for block in entry_blocks(grid, plan, {(each.sheet, each.top) for each in blocks}):
            for anchor, spots in rows.spots(block).items():
                fields[anchor] += spots
                labels |= {(block.sheet, row, block.label) for _, row, _ in spots}
        lists: dict[str, list[list[ListBlock]]] = defaultdict(list)
        for sheet in plan.sheets:
            own = [block for block in blocks if block.plan is sheet]
            lists[sheet.pattern] = [list(each) for _, each in groupby(own, lambda block: block.sheet)]
        return cls(fields, frozenset(labels), lists)


def is_named_field(grid: Grid, field: Field, spot: Spot) -> bool:
    """Whether the name of a field stands where its label says."""
    return spot in grid.anchors.get(field.anchor, ())


def is_named_list(grid: Grid, sheet: Sheet, block: ListBlock) -> bool:
    """Whether the names of a list's columns stand under their headings."""
    return all(
        any(
            (spot[0], spot[2]) == (block.sheet, number) and block.top < spot[1] < block.end
            for spot in grid.anchors.get(column.field.anchor, ())
        )
        for column, number in block.columns.items()
    )
