"""Data typed into the papers: firms, people and figures drawn from short lists of this generator's own."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

_TOWNS = ("包头市", "鄂尔多斯市", "赤峰市", "通辽市", "呼伦贝尔市", "乌海市")
_CITIES = ("唐山市", "保定市", "沧州市", "邢台市", "廊坊市")
_MARKS = ("恒泽", "远航", "晟源", "博雅", "嘉禾", "鼎信", "瑞丰", "天衡", "润城", "启明", "金穗", "蓝岭")
_TRADES = {
    "乳制品": "乳制品制造",
    "水泥": "水泥制造",
    "铝业": "铝压延加工",
    "生物制药": "生物药品制造",
    "轮胎": "轮胎制造",
    "纸业": "机制纸及纸板制造",
    "电缆": "电线、电缆制造",
    "特钢": "炼钢",
}
_KINDS, _LEVELS = ("绿色工厂", "绿色园区", "绿色供应链管理企业"), ("国家级", "自治区级", "盟市级")
_FAMILY, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "建国文静志强海燕晓东丽娜永平秀英俊峰雪梅"
_GOODS = ("乳粉", "熟料", "铝板带", "原料药", "子午线轮胎", "瓦楞纸", "电力电缆", "无缝钢管")


def firm(draw: random.Random, town: str) -> str:
    """A firm of a town."""
    return f"{town}{draw.choice(_MARKS)}{draw.choice(tuple(_TRADES))}有限公司"


def person(draw: random.Random) -> str:
    """A name of two or three characters."""
    return draw.choice(_FAMILY) + "".join(draw.sample(_GIVEN, draw.choice((1, 2))))


def figure(draw: random.Random, least: float, most: float) -> Decimal:
    """A figure of two decimals."""
    return Decimal(f"{draw.uniform(least, most):.2f}")


def phone(draw: random.Random) -> str:
    """A telephone number with its area code."""
    return f"04{draw.choice('7788')}{draw.randint(1, 9)}-{draw.randint(2000000, 8999999)}"


def roster(draw: random.Random) -> dict[str, Any]:
    """A list of six to sixteen units."""
    rows = []
    for _ in range(draw.randint(6, 16)):
        town, kind = draw.choice(_TOWNS), draw.choice(_KINDS)
        name = f"{town}{draw.choice(_MARKS)}工业园区" if kind == "绿色园区" else firm(draw, town)
        level, year = draw.choice(_LEVELS), draw.randint(2021, 2025)
        rows.append({"year": year, "type": kind, "region": town, "name": name, "level": level})
    return {"rows": rows}


def summary(draw: random.Random) -> dict[str, Any]:
    """Factories, parks and supply chains of a city."""
    city = draw.choice(_CITIES)

    def row(last: str, kind: str, name: str) -> dict[str, Any]:
        helper = draw.choice((None, f"河北{draw.choice(_MARKS)}认证服务有限公司"))
        return {"name": name, "third_party": helper, kind: last, "in_provincial_list": draw.choice("是否")}

    trades = tuple(_TRADES.values())
    return {
        "city": city,
        "factories": [row(draw.choice(trades), "industry", firm(draw, city)) for _ in range(draw.randint(3, 8))],
        "parks": [row("综合类", "type", f"{city}{draw.choice(_MARKS)}经济开发区") for _ in range(draw.randint(1, 2))],
        "supply_chains": [row(draw.choice(trades), "industry", firm(draw, city)) for _ in range(draw.randint(1, 3))],
        "recommender": f"{city}工业和信息化局",
        "date": f"2024-07-{draw.randint(10, 28)}",
    }


def basics(draw: random.Random) -> dict[str, Any]:
    """What stands on the cover and in the basic table of a factory's plan."""
    town = draw.choice(_TOWNS)
    name, contact, last = firm(draw, town), person(draw), draw.randint(2023, 2025)
    telephone = phone(draw)
    products = [
        {
            "name": good,
            "capacity": {"value": draw.randrange(1000, 90000, 100), "unit": "吨/年"},
            "output": {"value": draw.randrange(500, 80000, 50), "unit": "吨"},
            "sales_ratio": figure(draw, 90, 100),
            "market_share": figure(draw, 1, 9),
            "energy": figure(draw, 0.1, 9),
            "water": figure(draw, 1, 90),
        }
        for good in draw.sample(_GOODS, draw.randint(1, 3))
    ]
    years = [
        {
            "year": year,
            "total_assets": figure(draw, 9000, 300000),
            "liability_ratio": figure(draw, 20, 70),
            "revenue": figure(draw, 9000, 200000),
            "profit": figure(draw, 300, 9000),
            "tax": figure(draw, 100, 5000),
        }
        for year in range(last - 2, last + 1)
    ]
    table = {
        "name": name,
        "industry": draw.choice(tuple(_TRADES.values())),
        "address": f"内蒙古自治区{town}{draw.choice('东西南北')}城区建设路{draw.randint(1, 300)}号",
        "ownership": draw.choice(("民营企业", "国有企业", "外商投资企业")),
        "founded": f"{draw.randint(1995, 2019)}-{draw.randint(10, 12)}-{draw.randint(10, 28)}",
        "legal_representative": person(draw),
        "legal_phone": phone(draw),
        "fax": phone(draw),
        "contact": contact,
        "contact_phone": telephone,
        "email": f"office{draw.randint(1, 99)}@example.com",
        "products": products,
        "years": years,
        "remarks": "近三年未发生安全、环保事故。",
    }
    cover = {"unit": name, "creation_type": "绿色工厂", "contact": {"name": contact, "phone": telephone}}
    return {**cover, "date": f"{last + 1}-03-{draw.randint(10, 28)}", "enterprise": table}
