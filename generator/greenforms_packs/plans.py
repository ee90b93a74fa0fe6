"""Writes plans, rosters and summaries without an error, in many wordings; it knows the forms and none of the checks.

What the chapters tell is what the tables state, now exactly, now rounded and in another unit; targets, past projects
and single projects stand beside the figures that are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import yaml

from greenforms.codec.region import Place
from greenforms_scans import names
from greenforms_scans.names import Unit

POOLS = yaml.safe_load((Path(__file__).parent / "plans.yaml").read_text("utf-8"))


def money(rng: Random, least: float, most: float) -> Decimal:
    """An amount with two decimals between two limits."""
    return Decimal(round(rng.uniform(least, most) * 100)) / 100


def in_units(rng: Random, amount: Decimal) -> str:
    """An amount in 万元 as people write it in a text."""
    if amount < 10000 or rng.random() < 0.4:
        return f"{amount.normalize():f}万元"
    if rng.random() < 0.5:
        return f"{(amount / 10000).quantize(Decimal('0.01'))}亿元"
    return f"约{(amount / 10000).quantize(Decimal('0.1'))}亿元"


class Plan:
    """One plan of a firm or park: its figures first, then the texts that tell them."""

    def __init__(self, rng: Random, kind: str, city: Place | None = None) -> None:
        self.rng, self.kind, self.is_park = rng, kind, kind == "绿色园区"
        self.unit: Unit = (names.park if self.is_park else names.company)(rng, city or names.city(rng, "nmg"))
        self.year = rng.choice((2024, 2025, 2026))
        self.date = f"{self.year}-{rng.randint(1, 10):02}-{rng.randint(1, 28):02}"
        self.founded = f"{rng.randint(1992, self.year - 4)}-{rng.randint(1, 12):02}"
        self.years = self._years()
        self.products = self._products()
        self.projects = self._projects()
        self.area = money(rng, 12, 90)

    def pick(self, pool: str, **said: object) -> str:
        """A wording of a pool with what it tells put in."""
        facts = {"unit": self.unit.name, "city": self.unit.place.name, "year": self.year, **said}
        facts |= {"last": self.year - 1, "next": self.year + 1, "after": self.year + 2, "before": self.year - 2}
        template: str = self.rng.choice(POOLS[pool])
        return template.format(**facts)

    def _years(self) -> list[dict[str, Any]]:
        assets, revenue = money(self.rng, 3000, 900000), money(self.rng, 2000, 800000)
        found = []
        for year in range(self.year - 3, self.year):
            share = self.rng.uniform(-0.08, 0.28)
            found.append(
                {
                    "year": year,
                    "total_assets": assets,
                    "liability_ratio": money(self.rng, 12, 86),
                    "revenue": revenue,
                    "profit": Decimal(round(float(revenue) * share, 2)).quantize(Decimal("0.01")),
                    "tax": Decimal(round(float(revenue) * self.rng.uniform(0.005, 0.14), 2)).quantize(Decimal("0.01")),
                }
            )
            assets = (assets * Decimal(self.rng.uniform(0.8, 1.7))).quantize(Decimal("0.01"))
            revenue = (revenue * Decimal(self.rng.uniform(0.6, 1.9))).quantize(Decimal("0.01"))
        return found

    def _products(self) -> list[dict[str, Any]]:
        trade, income = self.unit.trade, self.years[-1]["revenue"]
        found = []
        for name in self.rng.sample(trade["products"], self.rng.randint(1, min(3, len(trade["products"])))):
            capacity = self.rng.choice((1200, 6000, 36000, 150000))
            output = Decimal(capacity * self.rng.randint(35, 99)) / 100
            energy = income * Decimal(self.rng.uniform(0.000005, 0.0002))
            found.append(
                {
                    "name": name,
                    "capacity": {"value": capacity, "unit": f"{trade['unit']}/年"},
                    "output": {"value": output, "unit": trade["unit"]},
                    "sales_ratio": money(self.rng, 82, 99.9),
                    "market_share": money(self.rng, 0.05, 24),
                    "energy": max(energy.quantize(Decimal("0.001")), Decimal("0.002")),
                    "water": money(self.rng, 0.4, 90),
                }
            )
        return found

    def _projects(self) -> list[dict[str, Any]]:
        found = []
        for name, content in self.rng.sample(sorted(POOLS["projects"].items()), self.rng.randint(1, 4)):
            amount = Decimal(self.rng.randint(12, 2600) * 10)
            begins, ends = self.rng.randint(1, 6), self.rng.randint(7, 12)
            found.append(
                {
                    "name": name,
                    "content": content,
                    "investment": amount,
                    "period": self.pick("periods", begins=begins, ends=ends, begin2=f"{begins:02}", end2=f"{ends:02}"),
                    "benefit": self.pick("benefits", amount=self.rng.randint(200, 6000)),
                }
            )
        return found

    # -- texts ---------------------------------------------------------------------------------------------------------

    def overview(self) -> str:
        """The first chapter: the figures of the tables, as people tell them."""
        if self.is_park:
            return self.pick("park_overviews", area=self.area)
        last, before = self.years[-1], self.years[-2]
        year, month = self.founded.split("-")
        energy = sum((each["energy"] for each in self.products), Decimal(0))
        water = sum((each["water"] for each in self.products), Decimal(0))
        told = {
            "founded": self.rng.choice((f"{year}年{int(month)}月", f"{year}年")),
            "revenue": in_units(self.rng, last["revenue"]),
            "revenue_before": in_units(self.rng, before["revenue"]),
            "energy": self.rng.choice((f"{energy}万吨标准煤", f"{(energy * 10000).normalize():f}吨标准煤")),
            "water": f"{water}万立方米",
            "people": self.rng.randint(40, 3000),
        }
        return "\n".join((self.pick("firsts", **told), self.pick("incomes", **told), self.pick("asides", **told)))

    def safeguards(self) -> str:
        """The chapter that tells what the projects cost together."""
        total = sum((each["investment"] for each in self.projects), Decimal(0))
        one = self.rng.choice(self.projects)
        told = {"total": in_units(self.rng, total), "one": f"{one['investment']}万元", "name": one["name"]}
        return self.pick("safeguards", **told, count="零一两三四"[len(self.projects)], number=len(self.projects))

    def data(self) -> dict[str, Any]:
        """The data set."""
        person, phone = names.person(self.rng), names.phone(self.rng, self.unit.place)
        chapters = {name: self.pick(name) for name in ("approach", "targets", "tasks", "schedule")}
        return {
            "unit": self.unit.name,
            "creation_type": self.kind,
            "contact": {"name": person, "phone": phone},
            "date": self.date,
            **({"park": self._park(person, phone)} if self.is_park else {"enterprise": self._firm(person, phone)}),
            "plan": {
                **chapters,
                "overview": self.overview(),
                "safeguards": self.safeguards(),
                "projects": self.projects,
            },
            "attachments": self.pick("attachments"),
        }

    def _people(self, person: str, phone: str) -> dict[str, Any]:
        return {
            "name": self.unit.name,
            "address": self._address(),
            "fax": self.rng.choice((None, names.landline(self.rng, self.unit.place))),
            "contact": person,
            "contact_phone": phone,
            "email": names.email(self.rng),
        }

    def _address(self) -> str:
        whole = names.address(self.rng, self.unit)
        return self.rng.choice((whole, whole.removeprefix(self.unit.province), whole.replace("自治区", "", 1)))

    def _firm(self, person: str, phone: str) -> dict[str, Any]:
        return {
            **self._people(person, phone),
            "industry": self.unit.trade["industry"],
            "ownership": "民营企业",
            "org_code": names.organisation_code(self.rng),
            "founded": self.founded,
            "legal_representative": names.person(self.rng),
            "legal_phone": names.phone(self.rng, self.unit.place),
            "products": self.products,
            "years": self.years,
            "remarks": self.pick("remarks"),
        }

    def _park(self, person: str, phone: str) -> dict[str, Any]:
        count = self.rng.randint(30, 400)
        return {
            **self._people(person, phone),
            "level": self.rng.choice(("国家级", "省级")),
            "type": "综合类",
            "head": names.person(self.rng),
            "phone": names.landline(self.rng, self.unit.place),
            "leading_industries": "新材料、现代煤化工",
            "planned_area": self.area,
            "built_area": (self.area * self.rng.randint(20, 95) / 100).quantize(Decimal("0.01")),
            "enterprises": count,
            "large_enterprises": count // 3,
            "high_energy_enterprises": count // 9,
            "energy_decline": money(self.rng, 0.3, 9),
            "high_tech_share": money(self.rng, 2, 60),
            "solid_waste_utilisation": money(self.rng, 30, 100),
            "wastewater": money(self.rng, 0.1, 12),
            "remarks": self.pick("remarks"),
        }


def roster(rng: Random) -> dict[str, Any]:
    """A roster of units of any kind."""
    kinds = ("绿色工厂", "绿色园区", "绿色供应链管理企业")
    rows: dict[str, dict[str, Any]] = {}
    for _ in range(rng.randint(3, 15)):
        city, kind = names.city(rng, "nmg"), rng.choice(kinds)
        unit = (names.park if kind == "绿色园区" else names.company)(rng, city)
        region = rng.choice((city.name, city.name, f"{city.name}{rng.choice(POOLS['districts'])}"))
        level = rng.choice(("国家级", "自治区级", "盟市级"))
        year = rng.randint(2023, 2026)
        rows[unit.name] = {"year": year, "type": kind, "region": region, "name": unit.name, "level": level}
    return {"rows": list(rows.values())}


def summary(rng: Random) -> dict[str, Any]:
    """A city's summary of factories."""
    city = names.city(rng, "heb")
    units = {unit.name: unit for unit in (names.company(rng, city) for _ in range(rng.randint(2, 9)))}
    third = "河北衡绿认证服务有限公司"
    factories = [
        {"name": name, "third_party": third, "industry": unit.trade["industry"], "in_provincial_list": "是"}
        for name, unit in units.items()
    ]
    return {
        "city": city.name,
        "recommender": f"{city.name}工业和信息化局",
        "date": "2024-07-12",
        "factories": factories,
        "parks": [],
        "supply_chains": [],
    }


#: By form and kind.
WRITERS: Mapping[str, Callable[[Random], dict[str, Any]]] = {
    "nm-2024/cultivation-plan@factory": lambda rng: Plan(rng, "绿色工厂").data(),
    "nm-2024/cultivation-plan@chain": lambda rng: Plan(rng, "绿色供应链管理企业").data(),
    "nm-2024/cultivation-plan@park": lambda rng: Plan(rng, "绿色园区").data(),
    "nm-2024/cultivation-roster": roster,
    "he-2024/recommendation-summary": summary,
}
