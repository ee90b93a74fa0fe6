"""What stands over the columns of an array's sheet: headings that no two columns of a sheet share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from greenforms.workbook.parts import Column, Field, Sublist
from greenforms.workbook.signature import REQUIRED
from greenforms_extractors.folding import fold_label


def heading_of(entry: Field) -> str:
    """The heading of a column: label, unit and whether it must be filled in."""
    unit = entry.leaf.unit
    shown = unit is None or unit in entry.label
    return f"{entry.label}{'' if shown else f'（{unit}）'}{REQUIRED if entry.leaf.required else ''}"


def told_apart(
    columns: tuple[Column, ...], sublists: tuple[Sublist, ...]
) -> tuple[tuple[Column, ...], tuple[Sublist, ...]]:
    """The columns of a sheet, those of one label with the titles of as many groups before it as tell them apart."""
    found = [*_with_around(columns, sublists, ())]
    often = Counter(fold_label(column.field.label) for column, _ in found)
    labels = {column: column.field.label if often[fold_label(column.field.label)] == 1 else "" for column, _ in found}
    for label in dict.fromkeys(column.field.label for column, _ in found if not labels[column]):
        alike = [(column, around) for column, around in found if fold_label(column.field.label) == fold_label(label)]
        labels |= _qualified(label, alike)
    return _labelled(columns, sublists, labels)


def _with_around(
    columns: Sequence[Column], sublists: Sequence[Sublist], outer: tuple[str, ...]
) -> Iterator[tuple[Column, tuple[str, ...]]]:
    for column in columns:
        yield column, (*outer, *column.around)
    for each in sublists:
        yield from _with_around(each.columns, each.sublists, (*outer, each.title))


def _qualified(label: str, alike: Sequence[tuple[Column, tuple[str, ...]]]) -> Mapping[Column, str]:
    """Labels that differ, with as few groups as do it; with a number where no group does."""
    for depth in range(1, max(len(around) for _, around in alike) + 1):
        names = ["·".join((*around[-depth:], label)) for _, around in alike]
        if len({*map(fold_label, names)}) == len(names):
            return {column: name for (column, _), name in zip(alike, names, strict=True)}
    return {column: f"{label}（第{number}处）" for number, (column, _) in enumerate(alike, 1)}


def _labelled(
    columns: tuple[Column, ...], sublists: tuple[Sublist, ...], labels: Mapping[Column, str]
) -> tuple[tuple[Column, ...], tuple[Sublist, ...]]:
    named = tuple(replace(each, field=replace(each.field, label=labels[each])) for each in columns)
    inner = []
    for each in sublists:
        own, below = _labelled(each.columns, each.sublists, labels)
        inner.append(replace(each, columns=own, sublists=below))
    return named, tuple(inner)
