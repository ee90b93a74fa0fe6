"""The shipped indicator systems: what their sources print of counts, weights and points."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from greenforms.form.catalogue import Catalogue, CatalogueRow
from shipped import LIBRARY

_SCORED = {
    "factory-2018": 81,
    "factory-2025": 14,
    "factory-2025-platform": 25,
    "park-2016": 31,
    "supply-chain-2016": 20,
}
_BASIC = {"factory-2018": 8, "factory-2025": 3, "factory-2025-platform": 3, "park-2016": 8, "supply-chain-2016": 7}


def _catalogue(name: str) -> Catalogue:
    return LIBRARY.catalogues[name]


def _points(rows: tuple[CatalogueRow, ...]) -> Decimal:
    return sum((Decimal(row.attributes["points"]) for row in rows if row.attributes["points"]), Decimal(0))


@pytest.mark.parametrize("name", _SCORED)
def test_counts_of_the_sources(name: str) -> None:
    """This test ensures that no row of a system is lost and none stands twice."""
    catalogue = _catalogue(name)
    assert len(catalogue.rows_of("scored")) == _SCORED[name]
    assert len(catalogue.rows_of("basic")) == _BASIC[name]
    assert len({row.id for row in catalogue.rows}) == len(catalogue.rows)
    assert len({row.title for row in catalogue.rows}) == len(catalogue.rows)


def test_levels_and_weights_of_2018() -> None:
    """This test ensures the six heads with 20, 15, 15, 10, 10 and 30 % and the 25 below them."""
    rows = _catalogue("factory-2018").rows_of("scored")
    assert list(dict.fromkeys((row.attributes["first"], row.attributes["weight"]) for row in rows)) == [
        ("基础设施", "20%"),
        ("管理体系", "15%"),
        ("能源与资源投入", "15%"),
        ("产品", "10%"),
        ("环境排放", "10%"),
        ("绩效", "30%"),
    ]
    seconds = {(row.attributes["first"], row.attributes["second"]) for row in rows}
    assert len(seconds) == 25


def test_points_that_no_source_has_are_left_empty() -> None:
    """This test ensures that only the three points that can be read stand in the table of 2018."""
    rows = _catalogue("factory-2018").rows_of("scored")
    assert [(row.id, row.attributes["points"]) for row in rows if row.attributes["points"]] == [
        ("i1_1_1", "8"),
        ("i1_1_2", "6"),
        ("i1_1_3", "3"),
    ]


def test_points_of_2025_add_to_the_weights() -> None:
    """This test ensures that the points of each head of Table C.1 are its weight, 100 in all."""
    rows = _catalogue("factory-2025").rows_of("scored")
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row.attributes["first"] + row.attributes["weight"]] += int(row.attributes["points"])
    assert sums == {
        "能源低碳化30%": 30,
        "资源高效化30%": 30,
        "生产洁净化16%": 16,
        "产品绿色化16%": 16,
        "用地集约化8%": 8,
    }


def test_one_row_of_each_choice_makes_a_hundred() -> None:
    """This test ensures that the table of the platform adds to 100 with one row of each choice, whichever it is."""
    catalogue = _catalogue("factory-2025-platform")
    others = {row for choice in catalogue.choices for row in choice.rows[choice.choose :]}
    assert _points(tuple(row for row in catalogue.rows_of("scored") if row.id not in others)) == 100
    points = {row.id: row.attributes["points"] for row in catalogue.rows}
    assert all(len({points[row] for row in choice.rows}) == 1 for choice in catalogue.choices)


def test_24_of_31_park_indicators_are_scored() -> None:
    """This test ensures 18 required and 6 of 13 optional indicators, all optional ones in a choice."""
    catalogue = _catalogue("park-2016")
    rows = catalogue.rows_of("scored")
    assert sum(row.attributes["kind"].startswith("必选") for row in rows) == 18
    optional = {row.id for row in rows if row.attributes["kind"].startswith("可选")}
    assert optional == {row for choice in catalogue.choices for row in choice.rows}
    assert sum(choice.choose for choice in catalogue.choices) == 6


def test_points_of_the_supply_chain() -> None:
    """This test ensures 20, 20, 20, 20, 10 and 10 points."""
    rows = _catalogue("supply-chain-2016").rows_of("scored")
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row.attributes["level"]] += Decimal(row.attributes["points"])  # type: ignore[assignment]
    assert list(sums.values()) == [20, 20, 20, 20, 10, 10]


def test_conditions_of_third_parties() -> None:
    """This test ensures that the notice of 2020 asks for a record of five years and that of 内蒙古 in 2022 does not."""
    catalogue = _catalogue("third-party-conditions")
    ours, national = (tuple(row.id for row in catalogue.rows_of(part)) for part in ("nm_2022", "cn_2020"))
    assert ours == ("legal", "office", "people", "law", "independent")
    assert set(national) - set(ours) == {"record"}
