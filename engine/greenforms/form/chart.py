"""Charts that a layout prints: which figures of a paper, in which kind of chart, behind which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from greenforms.codec.number import round_half_even
from greenforms.codec.printable import show_controls
from greenforms.form.tree import Group, Leaf, Node, Rows, at

Kind = Literal["radar", "lines", "bars", "shares"]
#: How the drawing of a chart of ours is called, by which readers know it again; its id follows.
CHART_NAME = "greenforms-chart-"


@dataclass(frozen=True, slots=True)
class Groups:
    """The rows of a catalogue by one attribute: of each group the share of one column's sum in another's, in %."""

    of: str
    by: str
    title: str
    share: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Parts of a form that have the same columns: a series for each part, a category for each column."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a list: a category for each row, called by `name`, a series for each column."""

    of: str
    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The rows of a catalogue that state a figure and two to hold it against, in one unit.

    Each is drawn where it lies between them, `low` being 0 and `high` 100, which of them may be the greater.
    """

    of: str
    title: str
    value: str
    low: str
    high: str


Figures = Groups | Matrix | Listed | Between


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart; it stands behind what is printed of the field or part `after`."""

    id: str
    kind: Kind
    title: str
    after: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The figures of a chart: a value of each series for each category."""

    categories: tuple[str, ...]
    series: Mapping[str, tuple[Decimal, ...]]

    def said(self, title: str) -> str:
        """The chart in words, for who cannot see it."""
        lines = (
            f"{name}：{'，'.join(f'{where} {value:f}' for where, value in zip(self.categories, values, strict=True))}"
            for name, values in self.series.items()
        )
        return f"{title}。{'；'.join(lines)}。"


def charts_of(content: Any) -> tuple[Chart, ...]:
    """The charts that a file in `schemas/charts/` describes."""
    return tuple(_chart(each) for each in content["charts"])


def _chart(said: Mapping[str, Any]) -> Chart:
    figures: Figures
    if "groups" in said:
        groups = said["groups"]
        figures = Groups(groups["of"], groups["by"], groups["title"], (groups["share"][0], groups["share"][1]))
    elif "matrix" in said:
        figures = Matrix(tuple(said["matrix"]["rows"]), tuple(said["matrix"]["columns"]))
    elif "between" in said:
        figures = Between(**said["between"])
    else:
        figures = Listed(said["rows"]["of"], said["rows"]["name"], tuple(said["rows"]["columns"]))
    return Chart(said["id"], said["kind"], said["title"], said["after"], figures)


def chart_table(chart: Chart, root: Group, data: Any) -> ChartTable | None:
    """A chart's figures on a paper; None where one of them is not there."""
    match chart.figures:
        case Groups() as groups:
            found = _of_groups(groups, root, data)
        case Matrix() as matrix:
            found = _of_matrix(matrix, root, data)
        case Listed() as listed:
            found = _of_rows(listed, root, data)
        case Between() as between:
            found = _of_between(between, root, data)
    return found if found is not None and found.categories else None


def _of_groups(figures: Groups, root: Group, data: Any) -> ChartTable | None:
    catalogue = node_of(root, figures.of)
    if not isinstance(catalogue, Group):
        return None
    sums: dict[str, list[Decimal]] = {}
    for name, row in catalogue.children.items():
        part, whole = (_number(at(data, f"{figures.of}/{name}/{column}")) for column in figures.share)
        if isinstance(row, Group) and part is not None and whole is not None:
            both = sums.setdefault(row.attributes.get(figures.by, ""), [Decimal(0), Decimal(0)])
            both[0] += part
            both[1] += whole
    if not sums or any(not whole for _, whole in sums.values()):
        return None
    shares = tuple(round_half_even(part * 100 / whole, 1) for part, whole in sums.values())
    return ChartTable(tuple(sums), {figures.title: shares})


def _of_matrix(figures: Matrix, root: Group, data: Any) -> ChartTable | None:
    series: dict[str, tuple[Decimal, ...]] = {}
    titles: list[str] = []
    for pointer in figures.rows:
        part = node_of(root, pointer)
        values = [_number(at(data, f"{pointer}/{column}")) for column in figures.columns]
        known = tuple(each for each in values if each is not None)
        if not isinstance(part, Group) or len(known) < len(values):
            return None
        series[part.title] = known
        titles = titles or [_title(part.children.get(column), root, data) for column in figures.columns]
    return ChartTable(tuple(titles), series)


def _of_between(figures: Between, root: Group, data: Any) -> ChartTable | None:
    catalogue = node_of(root, figures.of)
    found: dict[str, Decimal] = {}
    for name, row in catalogue.children.items() if isinstance(catalogue, Group) else ():
        low, high, value = (
            at(data, f"{figures.of}/{name}/{each}") for each in (figures.low, figures.high, figures.value)
        )
        if not isinstance(low, Mapping) or not isinstance(high, Mapping):
            continue
        known = [_number(each["value"]) for each in (low, high, value) if isinstance(each, Mapping)]
        units = {each["unit"] for each in (low, high, value) if isinstance(each, Mapping)}
        numbers = [each for each in known if each is not None]
        if len(numbers) < 3 or len(units) > 1 or numbers[0] == numbers[1]:
            return None
        found[row.title] = round_half_even((numbers[2] - numbers[0]) * 100 / (numbers[1] - numbers[0]), 1)
    return ChartTable(tuple(found), {figures.title: tuple(found.values())})


def _title(node: Node | None, root: Group, data: Any) -> str:
    """The year a column is of, where the paper tells it; else its label."""
    if not isinstance(node, Leaf):
        return ""
    said = at(data, root.paper.date) if root.paper is not None else None
    if root.paper is None or node.period is None or node.period.field or not isinstance(said, str):
        return node.title
    year = said[:4]
    return f"{int(year) + root.paper.year + node.period.offset}年" if year.isdecimal() else node.title


def _of_rows(figures: Listed, root: Group, data: Any) -> ChartTable | None:
    rows, listed = at(data, figures.of), node_of(root, figures.of)
    if not isinstance(rows, list) or not isinstance(listed, Rows):
        return None
    series: dict[str, tuple[Decimal, ...]] = {}
    for column in figures.columns:
        known = tuple(number for row in rows if (number := _number(at(row, f"/{column}"))) is not None)
        if len(known) < len(rows):
            return None
        leaf = listed.item.children.get(column)
        series[leaf.title if leaf is not None else column] = known
    return ChartTable(tuple(_name(at(row, f"/{figures.name}")) for row in rows), series)


def _name(value: Any) -> str:
    """What a row is called, as it is printed."""
    return show_controls(value) if isinstance(value, str) else ""


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    return number if number.is_finite() else None


def node_of(root: Group, pointer: str) -> Node | None:
    """The part of a form at a pointer that leads into no list."""
    node: Node | None = root
    for step in pointer.split("/")[1:]:
        node = node.children.get(step) if isinstance(node, Group) else None
    return node
