"""One pack: the papers of a unit, or of a city's recommendation, as a folder would hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any

from greenforms_packs import applications, papers
from greenforms_packs.firms import Evaluator, Firm
from greenforms_packs.plans import Plan
from greenforms_packs.reports import Report
from greenforms_scans import names

_TYPES = ("绿色工厂", "绿色园区", "绿色供应链管理企业")


@dataclass(slots=True)
class Pack:
    """Data sets by file and form; `procedure` is the one the pack goes through, "" for none."""

    papers: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    procedure: str = ""

    def add(self, file: str, form: str, data: dict[str, Any]) -> None:
        """Put a paper into the pack."""
        self.papers[file] = (form, data)


def _cultivation(rng: Random, kind: str) -> Pack:
    city = names.city(rng, "nmg")
    plans = [Plan(rng, each, city) for each in (kind, rng.choice(_TYPES))]
    if plans[0].unit.name == plans[1].unit.name:
        plans.pop()
    pack = Pack(procedure="nm-2024/cultivation")
    for plan in plans:
        pack.add(f"{plan.kind}{plan.unit.name}工作方案.docx", "nm-2024/cultivation-plan", plan.data())
    pack.add("名单库.xlsx", "nm-2024/cultivation-roster", papers.roster_of(rng, plans))
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
    some = next(iter(units.values()))
    letter = applications.recommendation_letter(rng, deepcopy(summary), some)
    pack.add("推荐报告.docx", "he-2024/recommendation-letter", letter)
    for number, unit in enumerate(units.values(), 1):
        pack.add(f"典型经验{number}.docx", "he-2024/typical-experience", papers.experience(rng, unit))
    return pack


def _firms(rng: Random, year: int) -> list[tuple[Firm, Evaluator]]:
    """Some firms of one city, each with its third party."""
    city = names.city(rng, "nmg")
    parties = [Evaluator(rng, f"{where}清衡节能技术服务有限公司") for where in ("内蒙古", "华北")]
    units = {unit.name: unit for unit in (names.company(rng, city) for _ in range(2))}
    return [(Firm(rng, unit, year), rng.choice(parties)) for unit in units.values()]


def _applying(rng: Random) -> Pack:
    year, pack = rng.choice((2025, 2026)), Pack(procedure="nm-2024/application")
    firms = _firms(rng, year)
    for number, (firm, evaluator) in enumerate(firms, 1):
        report = Report(rng, firm, evaluator).evaluation(f"{year}-0{rng.randint(2, 4)}-{rng.randint(10, 28)}")
        pack.add(f"评价报告{number}.docx", "nm-2024/factory-evaluation-report", report)
    pack.add(
        "审核意见.docx", "nm-2024/review-opinion", applications.opinion(rng, firms, f"{year}-05-{rng.randint(10, 31)}")
    )
    pack.add(
        "盟市名单.docx", "nm-2024/region-list", applications.listed([firm for firm, _ in firms], f"{year - 1}-11-20")
    )
    return pack


def _applying_in_2022(rng: Random) -> Pack:
    pack = Pack(procedure="nm-2022/application")
    firms, scores = _firms(rng, 2022), []
    for number, (firm, evaluator) in enumerate(firms, 1):
        own = Report(rng, firm, evaluator).self_evaluation(f"2022-05-{rng.randint(10, 30)}")
        pack.add(f"自评价报告{number}.docx", "nm-2022/factory-self-evaluation", own)
        other = Report(rng, firm, evaluator).third_party_evaluation(f"2022-06-{rng.randint(10, 15)}")
        pack.add(f"第三方评价报告{number}.docx", "nm-2022/factory-third-party-evaluation", other)
        scores.append((firm, other["result"]["score"]))
    date = f"2022-06-{rng.randint(16, 30)}"
    pack.add("汇总表.docx", "nm-2022/recommendation-summary", applications.summary(rng, firms, date))
    pack.add("指标汇总表.xlsx", "nm-2022/factory-indicators", applications.figures(rng, scores, date))
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
    "申报": _applying,
    "2022年申报": _applying_in_2022,
    "机构": _evaluated,
}


def clean_pack(number: int) -> tuple[str, Pack]:
    """The pack of a number, the same for the same number, and its kind; the kinds take turns."""
    kind = list(KINDS)[number % len(KINDS)]
    return kind, KINDS[kind](Random(f"pack {number}"))  # noqa: S311 - test data
