"""What a pack asks: each fact once, and every paper gets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenforms import datafile
from greenforms.form.tree import leaves
from greenforms.workbook.reading import read_workbook
from shipped import LIBRARY, ROOT, spread
from submission.packs import REASSESSMENT, answers, asking, fill


def test_what_two_papers_print_is_asked_once() -> None:
    """This test ensures that the second paper's places take the answer of the first, and say so there."""
    asked = asking(*REASSESSMENT)
    twins = {twin.pointer: twin.source for twin in asked.twins}
    assert twins["/reassessment_report/unit"] == "/reassessment_application/name"
    assert twins["/reassessment_report/basics/name"] == "/reassessment_application/name"
    assert twins["/reassessment_report/assessment/score"] == "/reassessment_application/score"
    left = {leaf.pattern: leaf for leaf in leaves(asked.form.root)}
    assert not left.keys() & twins.keys()
    assert "还印在《绿色制造示范单位再评价报告》，只填这一处" in left["/reassessment_application/name"].description


def test_what_parts_hang_on_is_asked_in_each_paper() -> None:
    """This test ensures that the type, by which the report leaves a table out, stays beside that table."""
    left = {leaf.pattern for leaf in leaves(asking(*REASSESSMENT).form.root)}
    assert {"/reassessment_application/kind", "/reassessment_report/kind"} <= left


def test_a_list_that_two_papers_print_is_asked_once() -> None:
    """This test ensures that a list of the same columns is one list of the workbook."""
    twins = {twin.pointer: twin.source for twin in asking("jx-2024/recommendation", "主管部门").twins}
    assert twins == {"/review_opinion/list/rows": "/recommendation_list/rows"}


@pytest.mark.parametrize("type_", ["绿色工厂", "绿色园区"])
def test_an_answer_fills_no_part_that_is_left_out(type_: str) -> None:
    """This test ensures that the name of a plan goes into the table of its kind alone."""
    asked = asking("nm-2024/cultivation", type_)
    example = "cultivation-plan-factory.json" if type_ == "绿色工厂" else "cultivation-plan-park.json"
    data = asked.data_of(answers(asked, {"cultivation_plan": example}))
    assert data == {"cultivation_plan": datafile.load(str(ROOT / "examples" / example)).data}


def test_papers_come_back_from_the_workbook(tmp_path: Path) -> None:
    """This test ensures that the workbook of a pack gives the very data of every paper."""
    asked = asking(*REASSESSMENT)
    fill(tmp_path, asked, answers(asked))
    read = read_workbook(LIBRARY, tmp_path / "填报表.xlsx", asked.form)
    assert read.problems == ()
    data = asked.data_of(read.data)
    for key, (_, form) in asked.papers.items():
        assert data[key] == datafile.load(str(ROOT / "examples" / str(form.entry.example))).data


def test_every_twin_has_a_source() -> None:
    """This test ensures that no place of a pack takes its answer from a place that is not asked."""
    every = [(each.id, type_) for each in LIBRARY.procedures.values() for type_ in filter(each.papers_of, each.types)]
    for procedure, type_ in spread(every, 8):
        asked = asking(procedure, type_)
        patterns = {leaf.pattern for leaf in leaves(asked.form.root)}
        for twin in asked.twins:
            assert any(each == twin.source or each.startswith(f"{twin.source}/") for each in patterns), twin
