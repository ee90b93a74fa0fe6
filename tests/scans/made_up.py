"""Made-up data sets of the shipped forms: the same for the same seed, valid, and as varied as returned papers."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from scans import names
from scans.figures import figure, grown, money, part_of, percentage
from scans.plan_text import plan_text
from scans.pools import drawn, pool
from scans.prose import Writer


def made_up(form_id: str, seed: int, rows: int | None = None) -> dict[str, Any]:
    """A valid data set of one form. `rows` is the length of a list; 8 to 30 where it is not given."""
    rng = Random(f"{form_id}/{seed}")  # noqa: S311 - test data
    return _MAKERS[form_id](rng, rows or rng.randint(8, 30))


def _roster(rng: Random, rows: int) -> dict[str, Any]:
    known: set[str] = set()
    return {"rows": [_roster_row(rng, known) for _ in range(rows)]}


def _roster_row(rng: Random, known: set[str]) -> dict[str, Any]:
    kind = rng.choice(("绿色工厂", "绿色工厂", "绿色工厂", "绿色园区", "绿色供应链管理企业"))
    maker = names.park if kind == "绿色园区" else names.company
    unit = names.distinct(rng, 1, known, None, "nmg", maker)[0]
    return {
        "year": rng.randint(2023, 2026),
        "type": kind,
        "region": unit.place.name,
        "name": unit.name,
        "level": rng.choice(("国家级", "自治区级", "自治区级", "盟市级")),
    }


def _summary(rng: Random, rows: int) -> dict[str, Any]:
    place = names.city(rng, "heb")
    known: set[str] = set()
    parks = rng.randint(1, max(1, rows // 5))
    chains = rng.randint(1, max(1, rows // 4))
    kinds = {"factories": (rows - parks - chains, names.company), "parks": (parks, names.park)}
    kinds["supply_chains"] = (chains, names.company)
    lists = {
        kind: [_summary_row(rng, unit, kind) for unit in names.distinct(rng, count, known, place, "heb", maker)]
        for kind, (count, maker) in kinds.items()
    }
    _no_assessor_too_often(rng, lists)
    office = "改革发展局" if place.kind == "new_area" else "工业和信息化局"
    date = f"2024-{rng.randint(6, 7):02}-{rng.randint(1, 18):02}"
    return {"city": place.name, **lists, "recommender": f"{place.name}{office}", "date": date}


def _summary_row(rng: Random, unit: names.Unit, kind: str) -> dict[str, Any]:
    trade = {"type": drawn(rng, "park_types")} if kind == "parks" else {"industry": unit.trade["industry"]}
    listed = "是" if kind == "factories" or rng.random() < 0.8 else "否"
    return {"name": unit.name, "third_party": names.third_party(rng), **trade, "in_provincial_list": listed}


def _no_assessor_too_often(rng: Random, lists: dict[str, list[dict[str, Any]]]) -> None:
    """The notice allows one assessor fifteen units."""
    rows = [row for kind in lists.values() for row in kind if row["third_party"]]
    for assessor in pool("third_parties"):
        for row in [row for row in rows if row["third_party"] == assessor][15:]:
            row["third_party"] = None


def _experience(rng: Random, rows: int) -> dict[str, Any]:
    kind = rng.choice(("绿色工厂", "绿色工厂", "绿色工业园区", "绿色供应链管理企业"))
    place = names.city(rng, "heb")
    unit = (names.park if kind == "绿色工业园区" else names.company)(rng, place)
    writer = Writer(rng, 2023, _facts(rng, unit))
    introduction = (
        writer.paragraphs("park_overview", 3, 4)
        if kind == "绿色工业园区"
        else _fitting(lambda: "".join(writer.sentences("introduction", 3)), 200)
    )
    return {
        "kind": kind,
        "subject": unit.name,
        "inspiration": drawn(rng, "inspirations"),
        "headline": drawn(rng, "headlines"),
        "introduction": introduction,
        "practice": writer.numbered("practice", 3, 4),
        "highlights": _highlights(rng, writer),
        "next_steps": writer.numbered("next_steps", 3, 5),
    }


def _highlights(rng: Random, writer: Writer) -> list[dict[str, Any]]:
    pictures, headings = rng.sample(pool("pictures"), 3), rng.sample(pool("headings"), 3)
    return [
        {
            "heading": headings[number],
            "body": writer.within("highlight", 220, 395),
            "pictures": [
                {
                    "file": f"pictures/{pictures[number]['file']}.png",
                    "caption": f"图{number + 1}　{pictures[number]['caption']}",
                }
            ],
        }
        for number in range(3)
    ]


def _plan(rng: Random, rows: int) -> dict[str, Any]:
    year = rng.randint(2024, 2026)
    place = names.city(rng, "nmg")
    is_park = rng.random() < 0.4
    unit = (names.park if is_park else names.company)(rng, place)
    kind = "绿色园区" if is_park else rng.choice(("绿色工厂", "绿色工厂", "绿色供应链管理企业"))
    contact = {"name": names.person(rng), "phone": names.phone(rng, place)}
    writer = Writer(rng, year - 1, _facts(rng, unit))
    table = _park(rng, unit, contact, writer) if is_park else _enterprise(rng, unit, contact, writer, year)
    data = {
        "unit": unit.name,
        "creation_type": kind,
        "contact": contact,
        "date": f"{year}-{rng.randint(2, 11):02}-{rng.randint(1, 28):02}",
        "park" if is_park else "enterprise": table,
        "plan": plan_text(rng, writer, is_park=is_park),
    }
    if rng.random() < 0.8:
        listed = rng.sample(pool("attachments"), rng.randint(2, 6))
        data["attachments"] = "\n".join(f"{number}.{paper}" for number, paper in enumerate(listed, 1))
    return data


def _facts(rng: Random, unit: names.Unit) -> dict[str, str]:
    founded = f"{rng.randint(1988, 2021)}年{rng.randint(1, 12)}月"
    return {"unit": unit.name, "city": unit.place.name, "product": unit.trade["products"][0], "founded": founded}


def _remarks(writer: Writer) -> str:
    return "\n".join((*writer.sentences("remarks", 1), *writer.sentences("accidents", 1)))


def _park(rng: Random, unit: names.Unit, contact: dict[str, str], writer: Writer) -> dict[str, Any]:
    planned, enterprises = figure(rng, "4", "96", rng.choice((0, 1, 2))), rng.randint(24, 620)
    return {
        "name": unit.name,
        "address": names.address(rng, unit),
        "level": rng.choice(("国家级", "省级")),
        "type": drawn(rng, "park_types"),
        "head": names.person(rng),
        "phone": names.phone(rng, unit.place),
        "fax": names.landline(rng, unit.place) if rng.random() < 0.6 else None,
        "contact": contact["name"],
        "contact_phone": contact["phone"],
        "email": names.email(rng),
        "leading_industries": "、".join(rng.sample(pool("leading"), rng.randint(2, 4))),
        "planned_area": planned,
        "built_area": part_of(rng, planned, 30, 90),
        "enterprises": enterprises,
        "large_enterprises": enterprises * rng.randint(10, 60) // 100,
        "high_energy_enterprises": enterprises * rng.randint(0, 9) // 100,
        "energy_decline": figure(rng, "0.5", "9.9", rng.choice((1, 2))),
        "high_tech_share": percentage(rng, 5, 70),
        "solid_waste_utilisation": percentage(rng, 40, 99),
        "wastewater": figure(rng, "0.35", "12", rng.choice((1, 2, 3))),
        "remarks": _remarks(writer),
    }


def _enterprise(rng: Random, unit: names.Unit, contact: dict[str, str], writer: Writer, year: int) -> dict[str, Any]:
    return {
        "name": unit.name,
        "industry": unit.trade["industry"],
        "address": names.address(rng, unit),
        "ownership": drawn(rng, "ownerships"),
        "org_code": names.organisation_code(rng),
        "founded": rng.choice(("{}-{:02}", "{}-{:02}-{:02}")).format(
            rng.randint(1988, 2021), rng.randint(1, 12), rng.randint(1, 28)
        ),
        "legal_representative": names.person(rng),
        "legal_phone": names.phone(rng, unit.place),
        "fax": names.landline(rng, unit.place) if rng.random() < 0.6 else None,
        "contact": contact["name"],
        "contact_phone": contact["phone"],
        "email": names.email(rng),
        "products": [_product(rng, name, unit.trade["unit"]) for name in unit.trade["products"][: rng.randint(1, 4)]],
        "years": _years(rng, year),
        "remarks": _remarks(writer),
    }


def _product(rng: Random, name: str, unit: str) -> dict[str, Any]:
    capacity = figure(rng, "12", "98000", rng.choice((0, 0, 1, 2)))
    return {
        "name": name,
        "capacity": {"value": capacity, "unit": f"{unit}/年"},
        "output": {"value": part_of(rng, capacity, 60, 99), "unit": unit},
        "sales_ratio": percentage(rng, 82, 99),
        "market_share": figure(rng, "0.05", "32", rng.choice((1, 2))),
        "energy": figure(rng, "0.0126", "38", rng.choice((2, 3, 4))),
        "water": figure(rng, "0.4", "640", rng.choice((1, 2, 2))),
    }


def _years(rng: Random, year: int) -> list[dict[str, Any]]:
    assets, revenue = money(rng), money(rng)
    found = []
    for number in range(year - 3, year):
        profit = part_of(rng, revenue, 2, 18)
        loss = rng.random() < 0.1
        found.append(
            {
                "year": number,
                "total_assets": assets,
                "liability_ratio": figure(rng, "21", "78", 2),
                "revenue": revenue,
                "profit": -profit if loss else profit,
                "tax": part_of(rng, revenue, 1, 7),
            }
        )
        assets, revenue = grown(rng, assets), grown(rng, revenue)
    return found


def _fitting(text: Callable[[], str], most: int) -> str:
    """The first of several drafts that keeps to a word limit."""
    while True:
        draft = text()
        if len(draft) <= most:
            return draft


_MAKERS: dict[str, Callable[[Random, int], dict[str, Any]]] = {
    "nm-2024/cultivation-plan": _plan,
    "nm-2024/cultivation-roster": _roster,
    "he-2024/recommendation-summary": _summary,
    "he-2024/typical-experience": _experience,
}

#: The forms data sets can be made up for.
FORMS = tuple(_MAKERS)
