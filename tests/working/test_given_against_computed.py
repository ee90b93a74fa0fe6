"""What was typed beside what follows from the other figures: which slip is named, and what is let pass."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from cases_of import Case

from greenforms.check.rules import run_rules
from greenforms.finding import Finding


def findings(case: Case, data: dict[str, Any]) -> list[Finding]:
    """What the rule `facts/computed` finds."""
    results = [each for each in run_rules(case.form, data) if each.rule.id == "facts/computed"]
    return [finding for result in results for finding in result.findings]


def with_coal(case: Case, *coal: str, **more: Any) -> dict[str, Any]:
    """The energy balance with tonnes of standard coal typed, row by row; "" for none."""
    rows = [
        {**row, "coal": Decimal(said)} if said else row for row, said in zip(case.data["energy"], coal, strict=False)
    ]
    return {**case.data, "energy": [*rows, *case.data["energy"][len(coal) :]], **more}


def test_rounded_figures_pass(case_of: Callable[[str], Case]) -> None:
    """This test ensures that what was rounded as printed, row by row and in all, is right."""
    case = case_of("energy-balance")
    data = with_coal(case, "3714", "1457.2", "3687.00", "682.4", "14.7", all_energy=Decimal("9555.6"))
    assert findings(case, data) == []


@pytest.mark.parametrize(
    ("coal", "told"),
    [
        (
            ("4714.36",),
            "填写的是4714.36吨标准煤，而按“折标准煤量＝实物量×折标系数”，5200吨×0.7143kgce/kg＝3714.36吨标准煤",
        ),
        (("0.37144",), "相差约10000倍，疑为单位或小数点错误"),
        (("", "", "9240"), "填写的数相当于系数0.3080kgce/kWh，疑为把等价值当作当量值"),
        (("5051.28",), "填写的数相当于系数0.9714kgce/kg，疑为用了“焦炭（干全焦）”的系数"),
    ],
)
def test_a_slip_is_named(case_of: Callable[[str], Case], coal: tuple[str, ...], told: str) -> None:
    """This test ensures that both workings stand in the finding, and the slip that would explain the gap."""
    case = case_of("energy-balance")
    (finding,) = findings(case, with_coal(case, *coal))
    assert told in finding.message
    assert [place.path for place in finding.places][:2] == [
        f"/energy/{len(coal) - 1}/coal",
        f"/energy/{len(coal) - 1}/amount",
    ]


def test_a_total_that_is_not_that_of_the_table(case_of: Callable[[str], Case]) -> None:
    """This test ensures that the score printed elsewhere is the one of the table, to the places it is printed with."""
    case = case_of("factory-2025")
    assert findings(case, {**case.data, "total": Decimal("49.7")}) == []
    (finding,) = findings(case, {**case.data, "total": Decimal("94.7")})
    assert "填写的是94.7，而按“评价得分＝Σ(得分)”" in finding.message
    assert finding.places[0].path == "/total"


def test_more_than_full_points(case_of: Callable[[str], Case]) -> None:
    """This test ensures that a row's score above its points is told by itself."""
    case = case_of("factory-2025")
    rows = {**case.data["rows"], "i9": {"score": Decimal("6.5")}}
    (finding,) = findings(case, {**case.data, "rows": rows})
    assert "填写的是6.5分，超过满分6分" in finding.message
