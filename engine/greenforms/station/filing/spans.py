"""Rows of a drawn table as they stand below each other, and how many of them a cell covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from greenforms.form.template.program import RowNode


@dataclass(frozen=True, slots=True)
class Placed:
    """A row at one turn of the loops around it. `number` is that of the template's row, `item` the item it begins.

    Without a node it is the row that adds an item to the list at `item`: `title` is the list's, `columns` its breadth.
    """

    number: int
    loops: tuple[int, ...]
    node: RowNode | None
    item: str = ""
    title: str = ""
    columns: int = 1


def rows_under(rows: Sequence[Placed], index: int, span: int) -> int:
    """How many rows a cell covers that begins in one and spans so many rows of the template.

    One inside a repeat ends with its own item; one beside a repeat goes on along all items.
    """
    first = rows[index]
    count = 0
    for row in rows[index:]:
        if row.number >= first.number + span or row.loops[: len(first.loops)] != first.loops:
            break
        count += 1
    return count
