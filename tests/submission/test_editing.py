"""One paper of a pack changed by itself: what is asked once for several papers is kept once."""

from __future__ import annotations

import pytest

from greenforms.submission.editing import also_in, paper_data, place_of, places_in, repeats_in, with_paper
from submission.packs import REASSESSMENT, answers, asking

FIRST, SECOND = "reassessment_application", "reassessment_report"


@pytest.mark.parametrize(
    "pack", [REASSESSMENT, ("nm-2024/cultivation", "绿色工厂"), ("nm-2022/application", "绿色工厂")]
)
def test_each_paper_typed_as_it_is_shown_changes_nothing(pack: tuple[str, str]) -> None:
    asked = asking(*pack)
    given = answers(asked)
    for key in asked.papers:
        assert with_paper(asked, given, key, paper_data(asked, given, key)) == given


@pytest.mark.parametrize(
    "pack", [REASSESSMENT, ("nm-2024/cultivation", "绿色工厂"), ("nm-2022/application", "绿色工厂")]
)
def test_papers_typed_one_after_the_other_are_what_the_workbook_holds(pack: tuple[str, str]) -> None:
    asked = asking(*pack)
    whole = answers(asked)
    given: dict[str, object] = {}
    for key in asked.papers:
        given = with_paper(asked, given, key, paper_data(asked, whole, key))
    assert given == whole


def test_what_is_changed_in_one_paper_is_changed_where_it_is_kept() -> None:
    asked = asking(*REASSESSMENT)
    given = with_paper(asked, {FIRST: {"name": "甲", "batch": "一"}}, SECOND, {"unit": "乙"})
    assert given == {FIRST: {"name": "乙", "batch": "一"}}
    assert with_paper(asked, given, SECOND, {}) == {FIRST: {"batch": "一"}}
    assert paper_data(asked, given, SECOND)["unit"] == "乙"


def test_places_are_found_both_ways() -> None:
    asked = asking(*REASSESSMENT)
    kept = f"/{FIRST}/name"
    assert place_of(asked, SECOND, "/unit") == place_of(asked, FIRST, "/name") == kept
    assert "/unit" in list(places_in(asked, SECOND, kept))
    assert list(places_in(asked, FIRST, kept)) == ["/name"]
    assert list(places_in(asked, SECOND, f"/{FIRST}/namesake")) == []


def test_a_paper_that_prints_an_answer_twice_asks_it_once() -> None:
    asked = asking("nm-2024/cultivation", "绿色工厂")
    assert repeats_in(asked, "cultivation_plan")["/enterprise/name"] == "/unit"
    assert also_in(asked, "cultivation_plan") == {}
    assert also_in(asking(*REASSESSMENT), SECOND)["/unit"].startswith("《")
