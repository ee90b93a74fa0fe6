"""What the charts of a layout name that is not on the form."""

from __future__ import annotations

from collections.abc import Iterator

from greenforms.form.chart import Between, Chart, Groups, Listed, Matrix, node_of
from greenforms.form.tree import Group, Leaf, Rows


def chart_errors(chart: Chart, root: Group) -> Iterator[str]:
    """A Chinese clause for each place that does not exist, or has not the columns it should."""
    if node_of(root, chart.after) is None:
        yield f"after 指的“{chart.after}”不在表上"
    match chart.figures:
        case Groups() as groups:
            yield from _group_errors(groups, root)
        case Matrix() as matrix:
            yield from (error for pointer in matrix.rows for error in _matrix_errors(matrix, pointer, root))
        case Listed() as listed:
            yield from _list_errors(listed, root)
        case Between() as between:
            yield from _between_errors(between, root)


def _group_errors(groups: Groups, root: Group) -> Iterator[str]:
    catalogue = node_of(root, groups.of)
    if not isinstance(catalogue, Group) or not catalogue.catalogue:
        yield f"groups 指的“{groups.of}”不是一张目录表"
        return
    rows = (row for row in catalogue.children.values() if isinstance(row, Group))
    if any(groups.by not in row.attributes or not {*groups.share} <= {*row.children} for row in rows):
        yield f"“{groups.of}”的各行没有“{groups.by}”，或没有 {'、'.join(groups.share)} 列"


def _matrix_errors(matrix: Matrix, pointer: str, root: Group) -> Iterator[str]:
    part = node_of(root, pointer)
    if not isinstance(part, Group) or not {*matrix.columns} <= {*part.children}:
        yield f"matrix 指的“{pointer}”没有 {'、'.join(matrix.columns)} 各列"


def _list_errors(listed: Listed, root: Group) -> Iterator[str]:
    rows = node_of(root, listed.of)
    if not isinstance(rows, Rows) or not {listed.name, *listed.columns} <= {*rows.item.children}:
        yield f"rows 指的“{listed.of}”不是明细，或没有 {'、'.join((listed.name, *listed.columns))} 各列"


def _between_errors(between: Between, root: Group) -> Iterator[str]:
    catalogue = node_of(root, between.of)
    columns = (between.value, between.low, between.high)
    rows = catalogue.children.values() if isinstance(catalogue, Group) and catalogue.catalogue else ()
    found = [row.children.get(column) for row in rows if isinstance(row, Group) for column in columns]
    if not found or not all(isinstance(each, Leaf) and {"value", "unit"} <= {*each.codec.members} for each in found):
        yield f"between 指的“{between.of}”不是一张目录表，或没有 {'、'.join(columns)} 各列数量"
