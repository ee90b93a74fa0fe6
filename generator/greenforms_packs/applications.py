"""What a city sends in for the units it recommends: summaries, opinions, tables of figures, letters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any

from greenforms_packs.firms import Evaluator, Firm
from greenforms_packs.papers import spelt
from greenforms_packs.plans import money
from greenforms_scans import names
from greenforms_scans.names import Unit

Data = dict[str, Any]


def summary(rng: Random, firms: Sequence[tuple[Firm, Evaluator]], date: str) -> Data:
    """A league's summary of 2022: the firms in any order."""
    rows = [
        {
            "name": spelt(rng, firm.unit.name),
            "third_party": evaluator.name,
            "industry": firm.unit.trade["industry"],
        }
        for firm, evaluator in firms
    ]
    city = firms[0][0].unit.place.name
    return {
        "factories": rng.sample(rows, len(rows)),
        "products": [],
        "parks": [],
        "supply_chains": [],
        "recommender": f"{city}工业和信息化局",
        "date": date,
    }


def figures(rng: Random, firms: Sequence[tuple[Firm, Decimal]], date: str) -> Data:
    """The table of the firms' figures of 2022, each better than its peers; the scores are those of third parties."""
    rows = []
    for firm, score in firms:
        energy, water = money(rng, 0.2, 9), money(rng, 1, 60)
        unit = firm.unit.trade["unit"]
        rows.append(
            {
                "name": spelt(rng, firm.unit.name),
                "industry": firm.unit.trade["industry"],
                "product": f"{firm.product} {rng.randint(2000, 90000)}{unit}",
                "output_value": firm.output_value,
                "energy": firm.energy,
                "unit_energy": {"value": energy, "unit": f"吨标煤/{unit}"},
                "peer_energy": {"value": energy + money(rng, 0.1, 1), "unit": f"吨标煤/{unit}"},
                "unit_water": {"value": water, "unit": f"立方米/{unit}"},
                "peer_water": {"value": water + money(rng, 0.1, 3), "unit": f"立方米/{unit}"},
                "solid": firm.solid,
                "peer_solid": firm.solid - money(rng, 0.5, 20),
                "obsolete": "否",
                "better": "是",
                "score": score,
            }
        )
    place = firms[0][0].unit.place
    return {
        "region": place.name,
        "rows": rng.sample(rows, len(rows)),
        "filer": f"{place.name}工业和信息化局",
        "contact": names.person(rng),
        "phone": names.landline(rng, place),
        "date": date,
    }


def opinion(rng: Random, firms: Sequence[tuple[Firm, Evaluator]], date: str) -> Data:
    """A league's opinion on the applications of a year."""
    rows = [
        {
            "kind": "绿色工厂",
            "name": spelt(rng, firm.unit.name),
            "district": "青山区",
            "industry": firm.unit.trade["industry"],
            "third_party": evaluator.name,
            "listed": "是",
            "eligible": "符合",
            "truthful": "真实",
            "agreed": "同意",
        }
        for firm, evaluator in firms
    ]
    return {
        "review": f"我局对照细则逐项审核，现场核查{len(rows)}家，同意推荐。",
        "consultation": "申报名单征求了市生态环境局、市应急管理局、市市场监督管理局意见，均无不同意见。",
        "letter": letter(rng, firms[0][0].unit, f"工信报〔{date[:4]}〕{rng.randint(2, 90)}号", date),
        "rows": rng.sample(rows, len(rows)),
    }


def listed(firms: Sequence[Firm], date: str) -> Data:
    """The city's list with the firms."""
    city = firms[0].unit.place.name
    return {
        "region": city,
        "year": int(date[:4]),
        "rows": [{"kind": "绿色工厂", "name": firm.unit.name, "district": "青山区"} for firm in firms],
        "issuer": f"{city}工业和信息化局",
        "date": date,
    }


def recommendation_letter(rng: Random, summary: Data, unit: Unit) -> Data:
    """The letter around a city's summary of 2024, which it repeats."""
    return {
        "existing": len(summary["factories"]) * rng.randint(3, 9),
        "eligible": "符合",
        "truthful": "真实",
        "agreed": "同意",
        "review": "我局组织专家逐项审核，没有发现不得推荐的情形。",
        "consultation": "推荐名单征求了市生态环境局、市应急管理局、市市场监督管理局意见，均无不同意见。",
        "letter": letter(rng, unit, f"工信报〔2024〕{rng.randint(2, 90)}号", summary["date"]),
        "summary": summary,
    }


def letter(rng: Random, unit: Unit, number: str, date: str) -> Data:
    """What stands around the text of a letter to the superior authority."""
    place = unit.place
    return {
        "number": f"{place.short[:1]}{number}",
        "signatory": names.person(rng),
        "attachments": "1.汇总表\n2.申报材料",
        "issuer": f"{place.name}工业和信息化局",
        "date": date,
        "contact": names.person(rng),
        "phone": names.landline(rng, place),
        "copies": "市生态环境局、市应急管理局、市市场监督管理局",
        "printed": date,
    }
