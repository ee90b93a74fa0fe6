"""explain: how a figure or a score is worked out, in words and as a tree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from console import DATA, call

from greenforms import load_form

FACTORY, CHAIN = "cn-2024/annual-update-factory", "cn-2024/annual-update-supply-chain"
REVIEW = "nm-2022/park-review-report"
SHARE = "/indicators/renewable_share"


def test_the_tree_of_a_figure() -> None:
    """This test ensures that the tree has the formula, the figures with their places, and both results."""
    said = call("explain", FACTORY, DATA[FACTORY], SHARE, "--json")
    assert said.code == 0
    tree = said.json
    assert (tree["value"], tree["value_exact"], tree["unit"], tree["stated"]) == (6.1, "4180/687", "%", 6.1)
    assert tree["formula"] == "gbt-36132-2025/b5"
    assert [(each["path"], each["value"], each["unit"]) for each in tree["inputs"]] == [
        ("/indicators/renewable_energy", 4180, "吨标准煤"),
        ("/indicators/energy", 68700, "吨标准煤"),
    ]


def test_the_tree_of_a_score() -> None:
    """This test ensures that a score has its rows, what each can reach and costs, and the dearest first."""
    tree = call("explain", CHAIN, DATA[CHAIN], "/total", "--json").json
    assert (tree["value"], tree["path"], len(tree["rows"])) == (85.86, "/indicators", 20)
    row = next(each for each in tree["rows"] if each["id"] == "x41")
    assert (row["value"], row["full"], row["costs"], row["kind"]) == (1.7, 5, 3.3, "定量")
    assert tree["costs_most"][0] == "x41"
    assert "equal_share_estimate" not in tree


def test_what_if_changes_no_file(tmp_path: Path) -> None:
    """This test ensures that both results are told, a value may be taken away, and the data stay as they are."""
    path = tmp_path / "数据.json"
    path.write_bytes(DATA[FACTORY].read_bytes())
    said = call("explain", FACTORY, path, SHARE, "--what-if", "/indicators/energy=65000", "--json")
    assert (said.json["value"], said.json["what_if"]["value"]) == (6.1, 6.4)
    said = call("explain", FACTORY, path, SHARE, "--what-if", "/indicators/energy=")
    assert "无法计算，因为没有填写“综合能源消费量”" in said.out.decode()
    assert path.read_bytes() == DATA[FACTORY].read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((FACTORY, "/basics/name"), "“工厂名称”（/basics/name）是直接填写的，没有算式。有算式的位置："),
        ((FACTORY, "/nothing"), "没有“/nothing”这个位置"),
        ((FACTORY, "/indicators"), "没有“/indicators”这个位置，或它是一组而不是一栏。有算式的位置："),
        ((FACTORY, SHARE, "--what-if", "energy=3"), "不是“位置=值”"),
        ((FACTORY, SHARE, "--what-if", "/indicators/energy=很多"), "不是“综合能源消费量”的值"),
        ((FACTORY, SHARE, "--what-if", "/indicators/none=3"), "没有“/indicators/none”这一栏"),
        ((FACTORY, SHARE, "--what-if", "/products/9/name=甲"), "数据里没有“/products/9/name”所在的行"),
        ((REVIEW, "/indicators"), "有几列数据可以计分，请写明是哪一列："),
    ],
)
def test_what_cannot_be_explained_is_told(words: tuple[str, ...], told: str) -> None:
    """This test ensures one message for each, and that places which can be explained are listed."""
    form, path, *options = words
    said = call("explain", form, DATA[form], path, *options)
    assert (said.code, said.out) == (2, b"")
    assert told in said.err


def test_every_place_that_is_listed_can_be_explained() -> None:
    """This test ensures that each form's places with a formula give a working or say what is missing."""
    for form_id in (FACTORY, REVIEW, "nm-2022/factory-indicators", "nm-2022/factory-review-indicators"):
        form = load_form(form_id)
        data: Any = json.loads(DATA[form_id].read_text("utf-8"))
        said = call("explain", form_id, DATA[form_id], "/nothing")
        places = [line.strip().partition("（")[0] for line in said.err.splitlines()[1:]]
        assert places
        for place in places:
            working = form.explain(data, place).working
            assert working.value is not None or working.problem


@pytest.mark.parametrize("damage", [[], {"indicators": []}, {"indicators": {"renewable_share": "六", "energy": []}}])
def test_data_of_another_shape(damage: Any, tmp_path: Path) -> None:
    """This test ensures that data which fit the form in nothing are no bug of ours."""
    path = tmp_path / "坏.json"
    path.write_text(json.dumps(damage), "utf-8")
    said = call("explain", FACTORY, path, SHARE, "--what-if", "/date=2026-03-31")
    assert said.code in {0, 2, 3}
