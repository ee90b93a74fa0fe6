"""Other papers of the units that plans are about, and the lists they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from greenforms_packs.plans import Plan, money
from greenforms_scans import names
from greenforms_scans.names import Unit

#: One name in the spellings that are the same name: brackets and spaces of either width.
_SPELLINGS = (("（", "("), ("）", ")"))


def spelt(rng: Random, name: str) -> str:
    """A name as somebody else types it: widths and spaces are no part of it."""
    for wide, narrow in _SPELLINGS:
        if rng.random() < 0.3:
            name = name.replace(wide, narrow)
    if rng.random() < 0.15:
        place = rng.randint(2, len(name) - 2)
        name = f"{name[:place]} {name[place:]}"
    return name


def share(rng: Random, part: Decimal, whole: Decimal) -> Decimal:
    """A percentage rounded to one decimal or two."""
    places = Decimal("0.1") if rng.random() < 0.6 else Decimal("0.01")
    return (part * 100 / whole).quantize(places)


def annual_update(rng: Random, plan: Plan) -> dict[str, Any]:
    """The yearly sheet of a listed factory, of the year before its date."""
    firm = plan.data()["enterprise"]
    energy = Decimal(rng.randint(3000, 90000))
    renewable = (energy * rng.randint(1, 40) / 100).quantize(Decimal(1))
    answers = ("operating", "accident", "violation", "inspection", "supervision", "dishonest")
    return {
        "year": plan.year - 1,
        "basics": {
            "name": spelt(rng, plan.unit.name),
            "uscc": names.credit_code(rng),
            "batch": f"自治区级，{plan.year - 2}年",
            "industry": firm["industry"],
            "address": firm["address"],
            "contact": names.person(rng),
            "phone": names.phone(rng, plan.unit.place),
            "email": names.email(rng),
        },
        "changes": {each: {"answer": "否"} for each in ("renamed", "scope", "site", "boundary")},
        "compliance": {each: {"answer": "是" if each == "operating" else "否"} for each in answers},
        "indicators": _indicators(rng, energy, renewable),
        "products": [_year_of(rng, product, plan.unit.trade["unit"]) for product in plan.products],
        "pollutants": [
            {
                "name": "颗粒物",
                "amount": money(rng, 1, 90),
                "per_product": {"value": money(rng, 0.02, 2), "unit": "千克/吨"},
            }
        ],
        "achievements": f"{plan.year - 1}年完成节能改造{rng.randint(2, 9)}项，年节能{rng.randint(200, 4000)}吨标准煤。",
        "signatory": firm["legal_representative"],
        "date": f"{plan.year}-0{rng.randint(1, 3)}-{rng.randint(10, 28)}",
    }


def _indicators(rng: Random, energy: Decimal, renewable: Decimal) -> dict[str, Any]:
    """The figures of the year; energy in tons of standard coal."""
    return {
        "output_value": money(rng, 9000, 900000),
        "energy": energy,
        "water": Decimal(rng.randint(9000, 900000)),
        "solid_utilisation": money(rng, 60, 100),
        "water_reuse": money(rng, 20, 98),
        "renewable_energy": renewable,
        "renewable_share": share(rng, renewable, energy),
        "emissions": Decimal(rng.randint(9000, 400000)),
        "plot_ratio": money(rng, 0.6, 1.9),
        "green_materials": None,
        "land_output": money(rng, 3000, 30000),
    }


def _year_of(rng: Random, product: Mapping[str, Any], unit: str) -> dict[str, Any]:
    """What one product took in the year, for each of its units."""
    return {
        "name": product["name"],
        "output": product["output"],
        "unit_energy": {"value": money(rng, 0.05, 3), "unit": f"吨标煤/{unit}"},
        "unit_water": {"value": money(rng, 0.4, 20), "unit": f"立方米/{unit}"},
        "unit_wastewater": {"value": money(rng, 0.1, 0.4), "unit": f"立方米/{unit}"},
        "unit_emissions": None,
    }


def annual_summary(rng: Random, plan: Plan) -> dict[str, Any]:
    """The written summary at the end of a year."""
    last, goal = money(rng, 0.5, 3), Decimal(rng.randint(88, 99)) / 100
    return {
        "name": spelt(rng, plan.unit.name),
        "year": plan.year - 1,
        "kind": "绿色工厂",
        "level": "自治区级",
        "overview": plan.overview(),
        "work": f"完成节能改造{rng.randint(2, 9)}项，组织培训{rng.randint(2, 9)}次。",
        "indicators": [
            {
                "name": "单位产品综合能耗",
                "unit": "吨标准煤/吨",
                "last": last,
                "target": (last * goal).quantize(Decimal("0.01")),
                "actual": (last * goal * Decimal("0.98")).quantize(Decimal("0.01")),
                "note": "已完成",
            }
        ],
        "projects": [
            {
                "name": each["name"],
                "content": each["content"],
                "invested": each["investment"],
                "progress": "已完成",
                "effect": f"年节能{rng.randint(100, 900)}吨标准煤",
            }
            for each in plan.projects
        ],
        "results": "各项指标优于年度目标。",
        "problems": "绿色电力消费占比还可以提高。",
        "next": "继续实施节能改造。",
        "contact": names.person(rng),
        "phone": names.phone(rng, plan.unit.place),
        "date": f"{plan.year - 1}-12-{rng.randint(1, 31):02}",
    }


def roster_of(rng: Random, plans: Sequence[Plan]) -> dict[str, Any]:
    """A roster with the plans' units, in any order."""
    rows = [_roster_row(rng, plan.unit, plan.kind, plan.year) for plan in plans]
    return {"rows": rng.sample(rows, len(rows))}


def _roster_row(rng: Random, unit: Unit, kind: str, year: int) -> dict[str, Any]:
    level = rng.choice(("国家级", "自治区级", "盟市级"))
    return {"year": year, "type": kind, "region": unit.place.name, "name": spelt(rng, unit.name), "level": level}


def region_list(rng: Random, plan: Plan) -> dict[str, Any]:
    """The list of a city with the plan's unit."""
    city = plan.unit.place.name
    row = {"kind": plan.kind, "name": spelt(rng, plan.unit.name), "district": "青山区"}
    return {
        "region": city,
        "year": plan.year - 2,
        "rows": [row],
        "issuer": f"{city}工业和信息化局",
        "date": f"{plan.year - 2}-11-{rng.randint(10, 28)}",
    }


def third_party_report(rng: Random, year: int) -> dict[str, Any]:
    """The yearly report of a third party: four rows of counts that add up, and shares of them."""
    place = names.city(rng, "nmg")
    kinds = {kind: _counts(rng, most) for kind, most in (("factories", 6), ("parks", 3), ("supply_chains", 3))}
    whole = {name: sum(each[name] for each in kinds.values()) for name in ("total", "national", "provincial", "passed")}
    staff, person = rng.randint(10, 60), names.person(rng)
    senior = rng.randint((staff + 1) // 2, staff)
    return {
        "year": year - 1,
        "basics": {
            "name": f"{place.name}清衡节能技术服务有限公司",
            "uscc": names.credit_code(rng),
            "legal": person,
            "registered": place.name,
            "founded": f"{rng.randint(2000, year - 6)}-{rng.randint(1, 12):02}",
            "nature": "企业",
            "office": "是",
            "finance": "是",
            "contact": names.person(rng),
            "phone": names.phone(rng, place),
            "email": names.email(rng),
        },
        "staff": {"full_time": staff, "senior": senior, "senior_share": share(rng, Decimal(senior), Decimal(staff))},
        "people": [{"name": names.person(rng), "field": "环境工程", "title": "高级工程师"}],
        "evaluations": {name: {**each, "rate": _rate(rng, each)} for name, each in {**kinds, "all": whole}.items()},
        "projects": [
            {
                "client": names.company(rng, place).name,
                "kind": "绿色工厂",
                "region": place.name,
                "period": f"{year - 1}年3月至5月",
                "conclusion": "符合",
                "score": money(rng, 80, 99),
            }
        ],
        "record": [{"kind": "行业标准制定", "title": "绿色工厂评价导则", "role": "参与", "time": f"{year - 3}年"}],
        "service": f"为{rng.randint(2, 9)}家中小企业提供免费节能诊断。",
        "conduct": {"fraud": "否", "promised": "否", "fee": "否"},
        "independence": "本机构没有参与受评价方自评价报告的编写。",
        "signatory": person,
        "date": f"{year}-0{rng.randint(1, 4)}-{rng.randint(10, 28)}",
    }


def _counts(rng: Random, most: int) -> dict[str, int]:
    national, provincial = rng.randint(0, most), rng.randint(0, most - 2)
    total = max(national + provincial, 1)
    return {
        "total": total,
        "national": total - provincial,
        "provincial": provincial,
        "passed": rng.randint(0, total),
    }


def _rate(rng: Random, counts: dict[str, int]) -> Decimal:
    return share(rng, Decimal(counts["passed"]), Decimal(counts["total"]))


def recommendation(rng: Random, units: Sequence[Unit], city: str) -> dict[str, Any]:
    """A summary of factories, in any order, evaluated by themselves or by one of two third parties."""
    third = ("河北衡绿认证服务有限公司", "华北清源（石家庄）节能技术有限公司", None)
    rows = [
        {
            "name": spelt(rng, unit.name),
            "third_party": rng.choice(third),
            "industry": unit.trade["industry"],
            "in_provincial_list": "是",
        }
        for unit in units
    ]
    return {
        "city": city,
        "recommender": f"{city}工业和信息化局",
        "date": f"2024-0{rng.randint(6, 7)}-{rng.randint(10, 18)}",
        "factories": rng.sample(rows, len(rows)),
        "parks": [],
        "supply_chains": [],
    }


def experience(rng: Random, unit: Unit) -> dict[str, Any]:
    """A report of typical experience whose texts keep to the numbers of characters asked for."""
    body = "公司统筹推进节能改造、清洁生产和数字化管理，把指标分解到车间和班组，逐月考核，"
    return {
        "kind": "绿色工厂",
        "subject": spelt(rng, unit.name),
        "inspiration": "源头替代、过程循环、数字管控协同发力，走出降本与减污并行之路。",
        "headline": "绿色生产与循环利用并举",
        "introduction": f"公司现有员工{rng.randint(60, 2000)}人，主导产品为{unit.trade['products'][0]}，建有节能设施。",
        "practice": f"（一）健全组织，分解指标{rng.randint(6, 20)}项。\n（二）提出改进措施{rng.randint(10, 40)}项。",
        "highlights": [
            {"heading": heading, "body": body * rng.randint(6, 10), "pictures": [_picture(number)]}
            for number, heading in enumerate(("余热梯级利用", "循环用水改造", "数字化能碳管理"), 1)
        ],
        "next_steps": "继续实施节能改造，每年发布绿色发展报告。",
    }


def _picture(number: int) -> dict[str, str]:
    return {"file": "pictures/factory-enzyme.png", "caption": f"图{number}　改造前后对比"}
