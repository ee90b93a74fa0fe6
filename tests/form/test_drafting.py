"""What is known of a report before anybody writes: the shipped files, and one broken file for each message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from greenforms.check.drafting import drafting_errors
from greenforms.errors import FormPackageError
from greenforms.form.drafting import drafting_of
from shipped import LIBRARY, load_form

FORM = "nm-2024/factory-evaluation-report"


def errors(fields: Mapping[str, Any]) -> list[str]:
    drafting = drafting_of({"fields": fields}, "drafting/x.yaml", LIBRARY.vocabulary)
    return list(drafting_errors(drafting, load_form(FORM).root))


def test_shipped_drafting_is_sound() -> None:
    """This test ensures that every place and fact of the shipped files exists, in every form of the layout."""
    assert {*LIBRARY.drafting, *LIBRARY.charts} <= LIBRARY.layouts
    for layout, drafting in LIBRARY.drafting.items():
        forms = [form for form in LIBRARY.forms if form.layout == layout]
        assert forms
        for form in forms:
            assert list(drafting_errors(drafting, form.root)) == []
        for asked in (each for field in drafting.fields.values() for each in field.answered_by):
            assert asked[0] in LIBRARY.layouts


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"/cover/data": {"day": True}}, "“/cover/data”不是表上的一栏或一张明细"),
        ({"/result/general": {"verdict": "/result"}}, "verdict 指的“/result”不是一张目录表"),
        ({"/summary/scope": {"texts": ["{/factory/nam}。"]}}, "texts 里的“/factory/nam”不是表上的一栏"),
        ({"/indicators/*/finding": {"texts": ["{scor}分。"]}}, "texts 里的“scor”不是表上的一栏"),
    ],
)
def test_places_that_are_not_there(fields: Mapping[str, Any], told: str) -> None:
    """This test ensures that a misspelt place is named with its file."""
    assert [each for each in errors(fields) if each.startswith("drafting/x.yaml：“") and each.endswith(told)]


def test_a_signature_that_is_not_there() -> None:
    """This test ensures that both places of the signatures must be on the form."""
    review = {"made_by": "/evaluator/author", "checked_by": "/evaluator/reviewer"}
    said = {"fields": {"/advice": {"speaks_of": ["performance.energy"]}}, "review": review}
    drafting = drafting_of(said, "drafting/x.yaml", LIBRARY.vocabulary)
    told = "drafting/x.yaml：review 指的“/evaluator/reviewer”不是表上的一栏"
    assert list(drafting_errors(drafting, load_form(FORM).root)) == [told]


def test_a_fact_that_is_not_there() -> None:
    """This test ensures that a misspelt fact is refused."""
    with pytest.raises(FormPackageError, match=r"“/advice”：词汇表里没有“performance\.energi”"):
        errors({"/advice": {"speaks_of": ["performance.energi"]}})
