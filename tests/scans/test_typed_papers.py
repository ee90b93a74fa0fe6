"""The second generator of papers, and the bounds within which the accuracy page states its shares."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from greenforms.api import load_form
from greenforms_typed.papers import PAPERS, typed

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

from accuracy_page import Case, Result, bounds, page


@pytest.mark.parametrize("form", PAPERS)
def test_typed_papers(form: str) -> None:
    """This test ensures that a typed paper is the same for a seed, another for another, and of its form's types."""
    data, pages = typed(form, 1, 50)
    again, other = typed(form, 1, 50), typed(form, 2, 50)
    assert again[0] == data
    assert all(np.array_equal(*pair) for pair in zip(pages, again[1], strict=True))
    assert other[0] != data
    assert pages[0].shape == (585, 413, 3)
    findings = load_form(form).validate(data)
    found = [each.message for each in findings if each.rule.startswith("schema/") and each.rule != "schema/required"]
    assert found == []


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [(272, 272, 0.9861, 1.0), (265, 272, 0.9478, 0.9875), (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634)],
)
def test_bounds(right: int, total: int, low: float, high: float) -> None:
    """This test ensures that the bounds are those of Wilson's interval at 95 %."""
    assert bounds(right, total) == pytest.approx((low, high), abs=5e-4)


def test_the_page_states_what_was_measured() -> None:
    """This test ensures that every share on the page has its bounds and n, and that a run cut short says so."""
    case = Case("nm-2024/cultivation-roster", "typed", 1, "clean", 200, "greenforms")
    text = page([(case, Result(49, 50, 0, 0.001, 1, 2.0, 300.0))], "1-3", 4)
    assert "| 手打 | 干净 | 200 | 98.0%（89.5%–99.6%，n=50） | **98.0%（89.5%–99.6%，n=50）** |" in text
    assert "应测 4 份纸件，已测 1 份；没有测完的" in text
