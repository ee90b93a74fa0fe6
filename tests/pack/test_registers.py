"""Who owes what in a folder of several units: lists about nobody, and names that are nearly the same."""

from __future__ import annotations

from pathlib import Path

from pack.sent_packs import found_on, pack, spoilt

SCHEDULE = {"培育计划.docx": {"form": "nm-2024/cultivation-schedule", "example": "cultivation-schedule-nm-2024"}}
NAME = {"op": "replace", "path": "/unit", "value": "内蒙古晴川新材有限公司"}
OTHER = {"op": "replace", "path": "/enterprise/name", "value": "内蒙古晴川新材有限公司"}
PLAN = {"form": "nm-2024/cultivation-plan", "example": "cultivation-plan-factory"}


def rules(found: list[tuple[str, str]]) -> list[str]:
    return [rule for rule, _ in found]


def test_a_list_owes_nothing(tmp_path: Path) -> None:
    """a list that may lie beside a park's papers is about many units, none of which owes the park's papers."""
    park = spoilt(pack("nm-2024/application 绿色园区"), {"with": SCHEDULE})
    assert rules(found_on(park, tmp_path)) == ["pack/not-listed"]


def test_names_alike_with_papers_of_their_own(tmp_path: Path) -> None:
    """two names that are nearly one are one unit where its papers are, and two where each has the same paper."""
    case = {"change": {"总结.docx": [{**NAME, "path": "/name"}]}}
    assert rules(found_on(spoilt(pack("nm-2024/annual-update"), case), tmp_path)) == ["pack/same-name"]
    both = spoilt(pack("nm-2024/cultivation"), {"with": {"另一份.docx": {**PLAN, "change": [NAME, OTHER]}}})
    assert rules(found_on(both, tmp_path)) == ["facts/told-name"]
