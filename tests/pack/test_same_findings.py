"""Findings of two submissions that say the same."""

from __future__ import annotations

import pytest

from greenforms.finding import Finding, Place, Severity
from greenforms.pack.same_places import Spots, same_spots


def said(places: str, rule: str = "r") -> tuple[Finding, Spots]:
    """A finding on fields, each a letter, of one paper."""
    found = tuple(Place("a.docx", f"/{each}", each) for each in places)
    finding = Finding(rule, Severity.FIX, f"{rule}：{places}", found)
    return finding, Spots.of(finding, {"a.docx": "a.docx"}, None)


@pytest.mark.parametrize(
    ("then", "now", "same"),
    [
        (["ab"], ["ab"], [[0]]),
        (["abc"], ["ab"], [[0]]),  # one of three places was put right
        (["abc"], ["ab", "c"], [[0, 1]]),  # fallen apart: neither is new
        (["ab", "cd"], ["abcd"], [[0], [0]]),  # grown together: neither is closed
        (["abc"], ["bcd"], [[0]]),
        (["at", "bt"], ["bt"], [[], [0]]),  # two rows against one total
        (["a"], ["b"], [[]]),
    ],
)
def test_findings_that_say_the_same(then: list[str], now: list[str], same: list[list[int]]) -> None:
    """a finding is the same while the places of one hold the other's, or what is left over shares a field."""
    found = same_spots([said(each) for each in then], [said(each) for each in now])
    assert [list(found[number]) for number in range(len(then))] == same


def test_findings_of_other_rules() -> None:
    """what another rule says of the same place is another thing; without places the message tells."""
    assert not same_spots([said("a")], [said("a", "s")])[0]
    assert same_spots([said("")], [said("")])[0] == [0]
    assert not same_spots([said("")], [(Finding("r", Severity.FIX, "另一件"), said("x")[1])])[0]
