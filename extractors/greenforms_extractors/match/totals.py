"""Holds rows of totals against the columns above them, where both are plain numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from greenforms_extractors.folding import fold_code, without_space
from greenforms_extractors.match.layout import Row
from greenforms_extractors.match.result import Doubt, Remark
from greenforms_extractors.match.tables import TableRow

#: A total of these sums up what stands since the one before it; the others sum up all rows above.
_PARTIAL = "小计"


def total_remarks(path: str, pattern: Row, rows: Sequence[tuple[TableRow, bool]]) -> Iterator[Remark]:
    """A remark on each total that is not the sum of its column; `rows` are the list's, each with whether it is one."""
    for cell in pattern.cells:
        all_: list[Decimal | None] = []
        since = 0
        for row, is_total in rows:
            holder = row.covering(cell.first, cell.last)
            number = _number(holder.text) if holder else None
            if not is_total:
                all_.append(number)
                continue
            partial = any(_PARTIAL in unit.key for unit in row.own)
            above = all_[since:] if partial else all_
            since = len(all_)
            summed = _sum(above)
            # A total may also count the rows.
            if holder and number is not None and summed is not None and number not in (summed, len(above)):
                heading = " ".join(row.heading(cell.first).split())
                yield Remark(Doubt.TOTAL_DIFFERS, path, (heading, holder.text.strip(), f"{summed:f}"), holder.origin)


def _sum(numbers: Sequence[Decimal | None]) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(numbers) else None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(without_space(fold_code(text)).replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
