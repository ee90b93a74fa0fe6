"""One pack: the papers of a unit, or of a city's recommendation, as a folder would hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from greenforms_packs import papers
from greenforms_packs.plans import Plan
from greenforms_scans import names


@dataclass(slots=True)
class Pack:
    """Data sets by file and form; `procedure` is the one the pack goes through, "" for none."""

    papers: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    procedure: str = ""

    def add(self, file: str, form: str, data: dict[str, Any]) -> None:
        """Put a paper into the pack."""
        self.papers[file] = (form, data)


def _cultivation(rng: Random, kind: str) -> Pack:
    plan, pack = Plan(rng, kind), Pack()
    pack.add("工作方案.docx", "nm-2024/cultivation-plan", plan.data())
    pack.add("名单库.xlsx", "nm-2024/cultivation-roster", papers.roster_of(rng, plan))
    return pack


def _listed(rng: Random) -> Pack:
    plan, pack = Plan(rng, "绿色工厂"), Pack(procedure="nm-2024/annual-update")
    pack.add("动态管理表.docx", "cn-2024/annual-update-factory", papers.annual_update(rng, plan))
    pack.add("总结.docx", "nm-2024/annual-summary", papers.annual_summary(rng, plan))
    pack.add("盟市名单.docx", "nm-2024/region-list", papers.region_list(rng, plan))
    return pack


def _recommended(rng: Random) -> Pack:
    city = names.city(rng, "heb")
    units = {unit.name: unit for unit in (names.company(rng, city) for _ in range(rng.randint(2, 6)))}
    pack = Pack(procedure="he-2024/application")
    summary = papers.recommendation(rng, list(units.values()), city.name)
    pack.add("汇总表.docx", "he-2024/recommendation-summary", summary)
    for number, unit in enumerate(units.values(), 1):
        pack.add(f"典型经验{number}.docx", "he-2024/typical-experience", papers.experience(rng, unit))
    return pack


def _evaluated(rng: Random) -> Pack:
    pack = Pack()
    pack.add(
        "机构年度.docx", "cn-2024/third-party-annual-report", papers.third_party_report(rng, rng.randint(2025, 2026))
    )
    return pack


#: The kinds of pack, each with its writer.
KINDS: Mapping[str, Callable[[Random], Pack]] = {
    "工厂培育": lambda rng: _cultivation(rng, "绿色工厂"),
    "园区培育": lambda rng: _cultivation(rng, "绿色园区"),
    "供应链培育": lambda rng: _cultivation(rng, "绿色供应链管理企业"),
    "名单单位": _listed,
    "推荐": _recommended,
    "机构": _evaluated,
}


def clean_pack(number: int) -> tuple[str, Pack]:
    """The pack of a number, the same for the same number, and its kind; the kinds take turns."""
    kind = list(KINDS)[number % len(KINDS)]
    return kind, KINDS[kind](Random(f"pack {number}"))  # noqa: S311 - test data
