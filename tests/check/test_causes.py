"""One cause, one finding: what is said of a place silences what repeats it, and nothing else."""

from __future__ import annotations

import pytest

from greenforms.check.causes import once
from greenforms.finding import Finding, Place, Severity
from shipped import load_form

FORM = "nm-2024/cultivation-plan"


def said(rule: str, severity: str, *paths: str) -> Finding:
    return Finding(rule, Severity(severity), "……。", tuple(Place("方案.docx", path, "") for path in paths))


def kept(*findings: Finding) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity.value) for finding in once(load_form(FORM), findings)]


@pytest.mark.parametrize(
    ("first", "repeats", "left"),
    [
        (("read/date", "fix"), ("schema/required", "block"), ("read/date", "block")),
        (("read/phone", "warn"), ("value/phone", "fix"), ("read/phone", "fix")),
        (("read/orgcode", "ask"), ("value/orgcode", "fix"), ("read/orgcode", "ask")),
        (("read/date", "warn"), ("normal-form/date", "warn"), ("read/date", "warn")),
        (("universal/leftover-prompt", "block"), ("nm-2024/any", "fix"), ("universal/leftover-prompt", "block")),
        (("schema/type", "fix"), ("value/date", "fix"), ("schema/type", "fix")),
        (("value/choice", "fix"), ("schema/choice", "fix"), ("value/choice", "fix")),
        (("value/date", "fix"), ("nm-2024/any", "block"), ("value/date", "fix")),
        (("nm-2024/any", "block"), ("schema/rows", "block"), ("nm-2024/any", "block")),
    ],
)
def test_a_fault_is_said_once(first: tuple[str, str], repeats: tuple[str, str], left: tuple[str, str]) -> None:
    """the earlier look at a value speaks, as gravely as what it stands for, whichever is told first."""
    one, other = said(*first, "/date"), said(*repeats, "/date")
    assert kept(one, other) == kept(other, one) == [left]
    elsewhere = said(*repeats, "/unit")
    assert len(kept(one, elsewhere)) == 2


def test_a_rule_on_several_values_waits_for_each() -> None:
    """a comparison says nothing of its own while one of its values is wrong by itself."""
    comparison = said("nm-2024/any", "block", "/enterprise/years/0/profit", "/enterprise/years/0/revenue")
    assert kept(said("schema/range", "fix", "/enterprise/years/0/revenue"), comparison) == [("schema/range", "fix")]
    assert len(kept(said("schema/range", "fix", "/enterprise/years/1/revenue"), comparison)) == 2


def test_a_hint_silences_nothing() -> None:
    """what is only to be looked at leaves no rule unjudged, and a doubt of reading no rule either."""
    rule = said("nm-2024/any", "block", "/date")
    assert len(kept(said("value/date", "warn", "/date"), rule)) == 2
    assert len(kept(said("read/date", "fix", "/date"), rule)) == 2


def test_a_misspelt_key_is_the_missing_field() -> None:
    """the field a key was meant for is not missed a second time, and the key is as grave as its lack."""
    key = said("schema/unknown-key", "fix", "/enterprise/naem", "/enterprise/name")
    lack = said("schema/required", "block", "/enterprise/name")
    assert kept(key, lack) == [("schema/unknown-key", "block")]


def test_what_lies_in_a_part_that_should_not_be_there() -> None:
    """a part filled in by mistake is told once, not field by field."""
    part = said("schema/excluded", "block", "/park")
    inside = [said("schema/type", "fix", f"/park/{name}/0") for name in ("name", "fax")]
    assert kept(*inside, part, said("value/phone", "fix", "/parking")) == [
        ("schema/excluded", "block"),
        ("value/phone", "fix"),
    ]


def test_findings_on_the_file_stay() -> None:
    """what is about no single value, and what papers say against each other, is never silenced."""
    others = (
        said("file/extension", "warn", ""),
        said("record/printed-differs", "fix", "/date"),
        said("read/ocr-doubtful", "ask", "/date"),
        said("pack/same-fact", "block", "/date", "/unit"),
    )
    assert len(kept(said("schema/type", "fix", "/date"), *others)) == 5
