"""How readings of scans are held against the truth, and the peers' heuristic."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest

from greenforms_scans.made_up import made_up
from greenforms_scans.peers.lines import Line
from greenforms_scans.peers.nearest_label import read_by_labels
from greenforms_scans.truth import Truth, normalised, score
from papers import example
from shipped import form_ids, load_form, spread

ROSTER = load_form("nm-2024/cultivation-roster")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（集团）股份", "(集团) 股份"),
        ("“诊断先行”，", '"诊断先行",'),
        ("\u2018绿色\u2019：", "'绿色':"),
        ("阿拉坦·其其格", "阿拉坦•其其格"),
        ("阿拉坦・其其格", "阿拉坦·其其格"),
        ("2024.6—2025.10", "2024.6-2025.10"),
        ("ＡＢ１２％", "AB12%"),
        ("第一段\n　　第二段", "第一段第二段"),
    ],
)
def test_normalised_alike(one: str, other: str) -> None:
    """This test ensures that spellings that print leaves open count as the same."""
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"), [("m³", "m3"), ("12.5", "125"), ("O", "0"), ("己", "已"), ("一期", "-期"), ("1、2", "1,2")]
)
def test_normalised_apart(one: str, other: str) -> None:
    """This test ensures that what a reader got wrong stays wrong."""
    assert normalised(one) != normalised(other)


def test_score_of_the_truth_is_full() -> None:
    """This test ensures that data compared with themselves are all right."""
    for form in map(load_form, spread(form_ids(), 12)):
        data = made_up(form, 7)
        found = score(form, data, deepcopy(data))
        assert (found.exact, found.invented, found.cer, found.details) == (1.0, 0, 0.0, ())
        assert found.total == len(Truth(form, data).fields)


def test_score_counts_each_kind_once() -> None:
    """This test ensures that wrong, missing and invented fields are told apart."""
    form = load_form("he-2024/recommendation-summary")
    truth = made_up(form, 3, rows=8)
    read = deepcopy(truth)
    truth["factories"][0]["third_party"] = None
    read["factories"][0]["third_party"] = "北方绿标研究院"
    read["factories"][1]["name"] = f"啊{read['factories'][1]['name']}"
    del read["recommender"]
    del truth["date"]
    found = score(form, truth, read)
    assert {(detail.pointer, detail.outcome) for detail in found.details} == {
        ("/factories/0/third_party", "wrong"),
        ("/factories/1/name", "wrong"),
        ("/recommender", "missing"),
        ("/date", "invented"),
    }
    assert (found.wrong, found.missing, found.invented) == (2, 1, 1)
    assert 0 < found.cer < 0.3


def test_a_lost_row_is_lost_alone() -> None:
    """This test ensures that rows are lined up before they are compared."""
    truth = made_up(ROSTER, 5, rows=9)
    read = {"rows": [row for number, row in enumerate(truth["rows"]) if number != 3]}
    found = score(ROSTER, truth, read)
    assert (found.right, found.wrong, found.missing, found.invented) == (40, 0, 5, 0)
    found = score(ROSTER, read, truth, left_out=["/rows/4/name"])
    assert (found.right, found.wrong, found.missing, found.invented) == (39, 0, 0, 5)


def test_figures_are_compared_as_figures() -> None:
    """This test ensures that 12.50 and 12.5 are one number, and a lost point is an error."""
    form = load_form("nm-2024/cultivation-plan")
    truth = example("cultivation-plan-factory")
    year = truth["enterprise"]["years"][0]
    for value, right in (("12.5", True), ("125", False)):
        year["liability_ratio"] = Decimal("12.50")
        read = deepcopy(truth)
        read["enterprise"]["years"][0]["liability_ratio"] = Decimal(value)
        assert (score(form, truth, read).wrong == 0) == right


def test_heuristic_reads_a_plain_list() -> None:
    """This test ensures that the peers' heuristic finds columns by their headings and rows from top to bottom."""
    texts = [("年份", "申报类型", "地区", "培育示范单位名称", "级别")]
    texts += [("2024", "绿色工厂", "包头市", f"包头砺恒{word}有限公司", "国家级") for word in ("化工", "铝业")]
    lines = [
        Line(100.0 * column, 60.0 * row, 100.0 * column + 90, 60.0 * row + 20, text)
        for row, words in enumerate(texts)
        for column, text in enumerate(words)
    ]
    found = read_by_labels(ROSTER, lines)
    assert [row["name"] for row in found["rows"]] == ["包头砺恒化工有限公司", "包头砺恒铝业有限公司"]
    assert [row["year"] for row in found["rows"]] == [2024, 2024]
