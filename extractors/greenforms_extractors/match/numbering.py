"""Looks whether the numbers before the rows of a list count on from one: where they do not, rows may be lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from greenforms_extractors.folding import fold_code
from greenforms_extractors.match.result import Doubt, Remark
from greenforms_extractors.match.units import Unit


def numbering_remarks(path: str, numbers: Iterable[Unit]) -> Iterator[Remark]:
    """At most one remark of each kind on a list, with all the places that say so; each part may begin anew."""
    told: dict[Doubt, list[tuple[str, Unit]]] = {}
    last, block = 0, None
    for unit in numbers:
        number = int(fold_code(unit.text).strip().rstrip(".、．"))
        anew = number == 1 and unit.block != block
        if number != last + 1 and not anew:
            told.setdefault(_doubt(last, number), []).append((f"{last}、{number}" if last else f"{number}", unit))
        last, block = number, unit.block
    for doubt, places in told.items():
        texts = tuple(text for text, _ in places)
        yield Remark(doubt, path, texts, places[0][1].origin)


def _doubt(last: int, number: int) -> Doubt:
    if number <= last:
        return Doubt.NUMBERS_REPEAT
    return Doubt.NUMBERS_JUMP if last else Doubt.BEGINS_LATE
