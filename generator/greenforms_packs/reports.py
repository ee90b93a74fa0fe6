"""Evaluation reports of factories without an error: tables of requirements and indicators with points that add up."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from greenforms.bundled import resource_root
from greenforms_packs.firms import Evaluator, Firm

POOLS = yaml.safe_load((Path(__file__).parent / "reports.yaml").read_text("utf-8"))
_CATALOGUE = "factory-2018"
Data = dict[str, Any]


@cache
def _parts() -> dict[str, list[dict[str, str]]]:
    said = yaml.safe_load((resource_root() / "schemas" / "indicators" / f"{_CATALOGUE}.yaml").read_text("utf-8"))
    return {part["id"]: part["rows"] for part in said["parts"]}


class Report:
    """The tables and chapters that reports of one firm share; each report draws its own wording and order."""

    def __init__(self, rng: Random, firm: Firm, evaluator: Evaluator) -> None:
        self.rng, self.firm, self.evaluator = rng, firm, evaluator
        self._mark = rng.choice(POOLS["marks"])

    def pick(self, pool: str) -> str:
        """A wording of a pool with what it tells put in."""
        told = {
            "unit": self.firm.unit.name,
            "city": self.firm.unit.place.name,
            "evaluator": self.evaluator.name,
            "author": self.evaluator.author,
            "product": self.firm.product,
            "data": self.firm.data,
            "energy": self.firm.energy,
            "output_value": self.firm.output_value,
            "few": self.rng.randint(2, 9),
            "area": self.rng.randint(40, 900),
        }
        template: str = self.rng.choice(POOLS[pool])
        return template.format(**told)

    def chapters(self, *names: str) -> dict[str, str]:
        """A wording for each chapter, called like its pool."""
        return {name: self.pick(name) for name in names}

    def evidence(self) -> list[Data]:
        """The numbered list of evidence."""
        city = self.firm.unit.place.name
        return [
            {"mark": f"{self._mark}{number}", "name": each["name"], "issuer": each["issuer"].format(city=city)}
            for number, each in enumerate(POOLS["evidence"], 1)
        ]

    def _cited(self, part: str) -> str:
        numbers = POOLS["cited"][part]
        chosen = sorted(self.rng.sample(numbers, self.rng.randint(1, len(numbers))))
        return self.rng.choice(("、", "，", "；")).join(f"{self._mark}{number}" for number in chosen)

    def general(self) -> Data:
        """The table of requirements, all of them met."""
        return {row["id"]: {"met": "符合", "proof": self._cited("基本要求")} for row in _parts()["basic"]}

    def indicators(self, *, told: bool) -> tuple[Data, Decimal]:
        """The table of indicators and its total: required rows in full, of the others what the assessor gives.

        With `told` each row has a sentence beside it.
        """
        rows: Data = {}
        sums: dict[str, list[Fraction]] = {}
        for row in _parts()["scored"]:
            points = Decimal(row.get("points") or self.rng.randint(3, 14))
            is_required = row["kind"] == "必选"
            score = points if is_required else Decimal(self.rng.randint(0, int(points) * 2)) / 2
            said = {"finding": "未开展，不得分" if not score else "已查验，符合要求"} if told else {}
            proof = self._cited(row["first"]) if score else None
            rows[row["id"]] = {"points": points, "score": score, **said, "proof": proof}
            whole = sums.setdefault(row["first"], [Fraction(row["weight"].rstrip("%")), Fraction(0), Fraction(0)])
            whole[1] += Fraction(score)
            whole[2] += Fraction(points)
        total = sum((weight * got / full for weight, got, full in sums.values()), Fraction(0))
        return rows, self._rounded(total)

    def _rounded(self, number: Fraction) -> Decimal:
        places = Decimal("0.1") if self.rng.random() < 0.5 else Decimal("0.01")
        way = self.rng.choice((ROUND_HALF_EVEN, ROUND_HALF_UP))
        return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(places, way)

    def _process(self) -> dict[str, str]:
        return self.chapters("organisation", "review", "visit", "writing", "check")

    def _qualification(self) -> list[Data]:
        return [
            {"condition": each, "statement": f"符合，专职评价人员{self.rng.randint(12, 60)}人", "proof": "证明文件"}
            for each in POOLS["conditions"]
        ]

    def evaluation(self, date: str) -> Data:
        """A report on the form of 2024."""
        rows, total = self.indicators(told=True)
        answers = ("operating", "accident", "removed", "inspection", "supervision", "dishonest")
        content = ("infrastructure", "systems", "inputs", "product", "emissions", "performance", "data")
        return {
            "cover": {"factory": self.firm.unit.name, "compiler": self.evaluator.name, "date": date},
            "factory": {
                "name": self.firm.unit.name,
                "industry": str(self.rng.randint(1311, 4190)),
                "products": self.firm.product,
                **self.firm.fields,
            },
            "evaluator": self.evaluator.fields,
            "result": {"general": "符合", "score": total, "highlights": self.pick("highlights")},
            "signatory": self.evaluator.legal,
            "summary": {**self.chapters("purpose", "scope", "criteria"), "factory": self.pick("told")},
            "process": self._process(),
            "veto": {each: {"answer": "否", "note": "经查询，没有此情形"} for each in answers},
            "general_note": self.pick("general"),
            "content": self.chapters(*content),
            "conclusion": self.chapters("indicators", "highlights", "problems"),
            "advice": self.pick("advice"),
            "references": self.evidence(),
            "qualification": self._qualification(),
            "standard": "《绿色工厂评价通则》（GB/T 36132-2018）",
            "data_year": self.firm.data,
            "general": self.general(),
            "indicators": rows,
        }

    def self_evaluation(self, date: str) -> Data:
        """A firm's own report on the form of 2022."""
        rows, total = self.indicators(told=False)
        firm = self.firm
        return {
            "cover": {"unit": firm.unit.name, "place": f"{firm.unit.province}{firm.unit.place.name}", "date": date},
            "basics": {
                "name": firm.unit.name,
                "industry": firm.unit.trade["industry"],
                **firm.fields,
                "postcode": f"01{self.rng.randint(1000, 9999)}",
                "registrar": f"{firm.unit.place.name}市场监督管理局",
                "capital": Decimal(self.rng.randint(5, 900) * 100),
                "founded": firm.founded,
                "term": "长期",
                "legal_phone": firm.legal_phone,
                "mobile": f"138{self.rng.randint(10000000, 99999999)}",
                "profile": self.pick("profile"),
                "signatory": firm.legal,
                "signed": date,
            },
            "overview": self.pick("told"),
            "creation": self.chapters("infrastructure", "systems", "inputs", "product", "emissions"),
            "next": self.pick("next"),
            "data_year": firm.data,
            "general": self.general(),
            "indicators": rows,
            "total": total,
            "evidence": self.evidence(),
        }

    def third_party_evaluation(self, date: str) -> Data:
        """A third party's report on the form of 2022."""
        rows, total = self.indicators(told=True)
        reviewer = {"reviewer": "沈亦安", "reviewer_phone": self.evaluator.phones[3]}
        return {
            "cover": {"factory": self.firm.unit.name, "evaluator": self.evaluator.name, "date": date},
            "factory": {
                "name": self.firm.unit.name,
                "industry": self.firm.unit.trade["industry"],
                **self.firm.fields,
            },
            "evaluator": {**self.evaluator.fields, **reviewer},
            "result": {"general": "符合", "score": total},
            "signatory": self.evaluator.legal,
            "summary": self.chapters("purpose", "scope", "criteria"),
            "process": self._process(),
            "content": {"facts": self.pick("general"), **self.chapters("data", "problems")},
            "data_year": self.firm.data,
            "general": self.general(),
            "indicators": rows,
            "conclusion": self.chapters("indicators", "highlights"),
            "advice": self.pick("advice"),
            "references": self.evidence(),
            "qualification": self._qualification(),
        }
