"""Clean packs bring no finding, whatever their spelling, order and format; spoilt ones are noticed."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from shipped import LIBRARY, check_folder, load_form

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

from packs import DAY, MOST, Alarms, alarms_on, noticed, page_of, with_chart, wolves

from greenforms.render.paper import render
from greenforms_packs.mutations import KINDS, PAPER_KINDS, mutated
from greenforms_packs.packs import KINDS as PACK_KINDS
from greenforms_packs.packs import Pack, clean_pack

#: The least share noticed of each way to spoil a pack, well below what the page shows: the rest stands in one place.
LEAST = {
    "数字错一位": 0.2,
    "单位错一万倍": 0.6,
    "缺一份材料": 0.7,
    "年份错一年": 0.6,
    "名称错一字": 0.8,
    "缺一行": 0.4,
    "合计、占比算错": 0.8,
    "改图": 0.9,
}


@pytest.fixture(scope="module")
def clean() -> list[Pack]:
    return [clean_pack(number)[1] for number in range(60)]


def test_clean_packs_bring_no_alarm(clean: list[Pack]) -> None:
    """sixty packs of every kind, spelt and ordered in many ways, bring not one finding."""
    alarms = alarms_on(LIBRARY, clean)
    assert alarms.said == {}
    assert len(alarms.looked) > 90
    assert wolves(LIBRARY, alarms) == []


def test_spoilt_packs_are_noticed(clean: list[Pack]) -> None:
    """of three hundred packs with one thing spoilt as many are noticed, kind by kind, as the rules are able to."""
    found = list(noticed(LIBRARY, clean, 300))
    of, seen = Counter(kind for kind, _ in found), Counter(kind for kind, is_seen in found if is_seen)
    assert set(of) == {*KINDS, *PAPER_KINDS} == set(LEAST)
    assert {kind: seen[kind] / of[kind] for kind in of if seen[kind] / of[kind] < LEAST[kind]} == {}
    page = page_of(LIBRARY, Alarms(), found)
    assert all(f"| {kind} | {of[kind]} | {seen[kind]} |" in page for kind in LEAST)


def test_a_mutation_changes_one_pack_and_leaves_the_other(clean: list[Pack]) -> None:
    """each kind of mutation makes another pack of a copy."""
    for kind in KINDS:
        rng = Random(7)  # noqa: S311 - test data
        spoilt = [(pack, mutated(pack, kind, rng)) for pack in clean[: len(PACK_KINDS)]]
        assert any(other is not None for _, other in spoilt)
        assert all(other.papers != pack.papers for pack, other in spoilt if other is not None), kind
    assert clean[0].papers == clean_pack(0)[1].papers


def test_a_chart_as_it_was_printed_brings_no_alarm(clean: list[Pack]) -> None:
    """the charts of clean packs show what their tables say."""
    printed = [paper for pack in clean if (paper := with_chart(LIBRARY, pack))]
    assert printed
    assert [paper.is_noticed(paper.content) for paper in printed] == [False] * len(printed)


def test_a_rule_that_cries_wolf_is_named() -> None:
    """a rule that blocks may not find anything on more than one in two hundred clean packs."""
    alarms = Alarms(Counter({"facts/sales-ratio": 100, "pack/same-name": 100}), said={"pack/same-name": "x"})
    alarms.alarmed.update({"facts/sales-ratio": 50, "pack/same-name": 1})
    assert wolves(LIBRARY, alarms) == ["pack/same-name 1.00%：x"]
    assert alarms.rate("pack/same-name") > MOST


@pytest.mark.parametrize("number", [1, 3])
def test_clean_packs_as_files(number: int, tmp_path: Path) -> None:
    """printed as Word papers and sheets and read again, clean packs bring no finding either."""
    _, pack = clean_pack(number)
    for file, (form, data) in pack.papers.items():
        (tmp_path / file).write_bytes(render(load_form(form), data, file[-4:]))
    assert check_folder(tmp_path, DAY).findings == ()
