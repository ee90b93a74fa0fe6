"""The papers themselves, typed from the official texts: a list, a summary, and the cover and basic table of a plan."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from greenforms_typed import made
from greenforms_typed.sheet import Cell, Image, Sheets, Style

_FACES = ("AR PL UKai CN", "Noto Sans CJK SC", "Noto Serif CJK SC", "FandolKai")
_NEVER = "—"

Typist = Callable[[Sheets, Any, random.Random], None]


def typed(form: str, seed: int, dpi: int) -> tuple[dict[str, Any], list[Image]]:
    """The data of a paper and its pages as pictures; the same for the same seed. KeyError for a form it cannot type."""
    draw = random.Random(f"{form} {seed}")  # noqa: S311 - test data
    drawn, write = PAPERS[form]
    data, sheets = drawn(draw), Sheets(_style(draw), dpi)
    write(sheets, data, draw)
    return data, sheets.images()


def _style(draw: random.Random) -> Style:
    return Style(
        face=draw.choice(_FACES),
        size=draw.choice((10.5, 11.0, 12.0)),
        leading=draw.uniform(0.25, 0.6),
        padding=draw.uniform(0.25, 0.6),
        rule=draw.choice((0.4, 0.5, 0.75, 1.0)),
        frame=draw.choice((0.5, 1.0, 1.5, 2.25)),
        centred=draw.random() < 0.5,
    )


def _row(*texts: Any) -> list[Cell]:
    return [Cell(_NEVER if text is None else str(text)) for text in texts]


def _day(text: str) -> str:
    year, month, day = text.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _roster(sheets: Sheets, data: Any, draw: random.Random) -> None:
    sheets.line("附件")
    sheets.line("绿色制造体系培育示范单位名单库表", scale=1.5, centred=True)
    rows = [_row("序号", "年份", "申报类型", "地区", "培育示范单位名称", "级别")]
    for number, row in enumerate(data["rows"], 1):
        rows.append(_row(number, row["year"], row["type"], row["region"], row["name"], row["level"]))
    sheets.table(rows, (1, 1.3, 2, 2.2, draw.uniform(4.5, 6), 1.7))


def _summary(sheets: Sheets, data: Any, draw: random.Random) -> None:
    sheets.line("附件1")
    sheets.line(f"{data['city']}2024年度国家绿色制造名单推荐汇总表", scale=1.4, centred=True)
    parts = (
        ("factories", "绿色工厂推荐名单", "工厂名称", "行业", "industry"),
        ("parks", "绿色工业园区推荐名单", "园区名称", "类型", "type"),
        ("supply_chains", "绿色供应链管理企业推荐名单", "企业名称", "行业", "industry"),
    )
    rows, apart = [], draw.random() < 0.5
    for key, title, name, last, kind in parts:
        rows.append([Cell(title, 5)])
        rows.append(_row("序号", name, "第三方机构名称", last, "是否列入省级绿色名单"))
        for number, row in enumerate(data[key], 1):
            rows.append(_row(number, row["name"], row["third_party"], row[kind], row["in_provincial_list"]))
        if apart or key == "supply_chains":
            sheets.table(rows, (1, 4, 4, 2.6, 2.2))
            rows = []
    sheets.line(f"推荐单位：{data['recommender']}")
    sheets.line("（单位公章）")
    sheets.line(_day(data["date"]))


def _plan(sheets: Sheets, data: Any, draw: random.Random) -> None:
    sheets.line("绿色制造体系示范单位", scale=1.8, centred=True)
    sheets.line("培育创建工作方案", scale=1.8, centred=True)
    for label, value in (
        ("单位（盖章）", data["unit"]),
        ("创建类型", data["creation_type"]),
        ("联系人", data["contact"]["name"]),
        ("联系电话", data["contact"]["phone"]),
    ):
        sheets.line(f"{label}：{value}")
    sheets.line("内蒙古自治区工业和信息化厅制", centred=True)
    sheets.line(_day(data["date"]), centred=True)
    sheets.line("基本情况表（企业填写）", scale=1.3, centred=True)
    sheets.table(_basics(data["enterprise"]), (2, 2, 2, 2, 2, 2, 2))


def _basics(found: Any) -> list[list[Cell]]:
    def pairs(*texts: tuple[str, str]) -> list[Cell]:
        (one, first), (two, second), (three, third) = texts
        return [Cell(one), Cell(first), Cell(two), Cell(second), Cell(three), Cell(third, 2)]

    rows: list[list[Cell]] = [
        [Cell("企业名称"), Cell(found["name"], 6)],
        [Cell("所属行业"), Cell(found["industry"], 2), Cell("企业性质"), Cell(found["ownership"], 3)],
        [Cell("通讯地址"), Cell(found["address"], 3), Cell("成立时间"), Cell(_day(found["founded"]), 2)],
        pairs(
            ("法定代表人", found["legal_representative"]),
            ("联系电话", found["legal_phone"]),
            ("传真号码", found["fax"]),
        ),
        pairs(("申报联系人", found["contact"]), ("联系电话", found["contact_phone"]), ("电子邮箱", found["email"])),
        [Cell("上年度主要产品生产销售及能源资源消费情况", 7)],
        [
            *_row(
                "产品名称",
                "生产能力",
                "年生产量",
                "产销率",
                "国内市场占有率",
                "年能耗总量(万吨标煤)",
                "年用水总量(万立方米)",
            )
        ],
    ]
    for each in found["products"]:
        amounts = (f"{each[key]['value']}{each[key]['unit']}" for key in ("capacity", "output"))
        shares = (f"{each[key]}%" for key in ("sales_ratio", "market_share"))
        rows.append([*_row(each["name"], *amounts, *shares, each["energy"], each["water"])])
    rows.append([Cell("企业近三年经营情况", 7)])
    heads = ("年度", "总资产（万元）", "负债率（%）", "主营业务收入（万元）", "利润（万元）")
    rows.append([*_row(*heads), Cell("税金（万元）", 2)])
    for year in found["years"]:
        values = (year[key] for key in ("year", "total_assets", "liability_ratio", "revenue", "profit"))
        rows.append([*_row(*values), Cell(str(year["tax"]), 2)])
    return [*rows, [Cell("备注"), Cell(found["remarks"], 6)]]


PAPERS: Mapping[str, tuple[Callable[[random.Random], dict[str, Any]], Typist]] = {
    "nm-2024/cultivation-roster": (made.roster, _roster),
    "he-2024/recommendation-summary": (made.summary, _summary),
    "nm-2024/cultivation-plan": (made.basics, _plan),
}
