"""The evaluation reports: each score stated on them is the one that their tables give."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from greenforms.check.rules import run_rules
from greenforms.check.working.explaining import explain
from greenforms.finding import Finding
from papers import example
from shipped import load_form

#: Every report that states a score: its form, its example, where it states one and what that follows from.
TOTALS = [
    ("nm-2022/factory-self-evaluation", "factory-self-evaluation", "/total"),
    ("cn-2020/factory-third-party-evaluation", "factory-third-party-evaluation", "/result/score"),
    ("he-2024/factory-evaluation-report", "factory-evaluation-report", "/result/score"),
    ("nm-2022/park-self-evaluation", "park-self-evaluation-nm-2022", "/scores/index/first"),
    ("cn-2020/park-third-party-evaluation", "park-third-party-evaluation-cn-2020", "/scores/index/second"),
    ("nm-2024/park-evaluation", "park-evaluation", "/scores/index/third"),
    ("nm-2022/supply-chain-self-evaluation", "supply-chain-self-evaluation-nm-2022", "/result/index"),
    ("cn-2020/supply-chain-third-party-evaluation", "supply-chain-third-party-evaluation-cn-2020", "/result/index"),
    ("cn-2024/supply-chain-evaluation", "supply-chain-evaluation", "/result/index"),
    ("cn-2025/factory-benchmarking", "factory-benchmarking", "/total"),
]


def at(data: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        data = data[step]
    return data


def changed(name: str, pointer: str, value: Any) -> Any:
    data = deepcopy(example(name))
    parent, _, last = pointer.rpartition("/")
    at(data, parent)[last] = value
    return data


def findings(form_id: str, data: Any) -> list[Finding]:
    results = [each for each in run_rules(load_form(form_id), data) if each.rule.id == "facts/computed"]
    return [finding for result in results for finding in result.findings]


@pytest.mark.parametrize(("form_id", "name", "pointer"), TOTALS)
def test_a_total_is_explained_and_held(form_id: str, name: str, pointer: str) -> None:
    """This test ensures that a score is explained where it is stated, and told when it is not that of the table."""
    data = example(name)
    stated = Decimal(str(at(data, pointer)))
    found = explain(load_form(form_id), data, pointer)
    assert (found.working.problem, found.working.rounded) == ("", stated)
    assert found.score is not None
    assert (found.score.gate.unmet, found.score.gate.unsaid) == ((), ())
    assert findings(form_id, data) == []
    (finding,) = findings(form_id, changed(name, pointer, stated - 2))
    assert (finding.places[0].path, f"{stated:.2f}分" in finding.message) == (pointer, True)


def test_a_row_above_its_points() -> None:
    """This test ensures that a row of a table with more than its points is told."""
    data = changed("factory-self-evaluation", "/indicators/i1_1_1/score", Decimal(9))
    found = findings("nm-2022/factory-self-evaluation", data)
    assert [finding.places[0].path for finding in found][:1] == ["/indicators/i1_1_1/score"]
    assert "超过满分8分" in found[0].message


def test_a_condition_that_is_not_met() -> None:
    """This test ensures that a basic requirement which is not met closes the gate whatever the score is."""
    data = changed("factory-self-evaluation", "/general/b2/met", "不符合")
    score = explain(load_form("nm-2022/factory-self-evaluation"), data, "/indicators").score
    assert score is not None
    assert score.gate.unmet == ("基本要求第2项",)


def test_the_chosen_rows_count() -> None:
    """This test ensures that the rows said to be chosen count, and that one too many leaves the index open."""
    form = load_form("nm-2022/park-self-evaluation")
    score = explain(form, example("park-self-evaluation-nm-2022"), "/indicators/*/third").score
    assert score is not None
    assert (len(score.rows), len(score.left_out)) == (24, 7)
    more = changed("park-self-evaluation-nm-2022", "/indicators/rg6/counted", "是")
    assert "资源利用可选项" in explain(form, more, "/indicators/*/third").working.problem
    assert findings("nm-2022/park-self-evaluation", more) == []


@pytest.mark.parametrize("year", ["first", "second", "third"])
def test_a_figure_follows_from_those_of_its_year(year: str) -> None:
    """This test ensures that an indicator is worked out of the data of its own year, of the three on the paper."""
    form, data = load_form("nm-2022/park-self-evaluation"), example("park-self-evaluation-nm-2022")
    working = explain(form, data, f"/indicators/eg1/{year}").working
    assert working.rounded == data["indicators"]["eg1"][year]
    assert [each.path for each in working.inputs] == [f"/figures/value_added/{year}", f"/figures/energy/{year}"]


def test_a_figure_of_another_kind_is_not_held_against_it() -> None:
    """This test ensures that 每吨钢 is worked out of the product alone, whatever there is per 万元."""
    form, data = load_form("cn-2025/factory-benchmarking"), example("factory-benchmarking")
    assert explain(form, data, "/indicators/i1/value").working.rounded == data["indicators"]["i1"]["value"]["value"]
    without = changed("factory-benchmarking", "/product", {})
    assert "没有填写“年能耗总量”" in explain(form, without, "/indicators/i1/value").working.problem
    assert findings(form.id, without) == []
