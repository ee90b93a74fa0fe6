"""Fields of random forms, with their values: every kind of value, empty, null and long ones among them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

_THINGS = (
    "能源", "新水", "原料", "产品", "设备", "废水", "废气", "固废", "职工", "资金", "项目", "土地", "厂房", "包装",
    "运输", "污染物", "碳排放", "电力", "天然气", "蒸汽", "研发", "工艺", "供应商", "客户", "回收", "照明", "管理体系",
)  # fmt: skip
_SIDES = (
    "消耗量", "消费量", "总量", "名称", "类别", "占比", "来源", "负责人", "编号", "等级", "说明", "目标", "投资",
    "用途", "面积", "地点", "时间", "数量", "单耗", "利用率", "产值", "联系电话", "依据", "措施", "完成情况",
)  # fmt: skip
#: Short labels that many forms print more than once.
_COMMON = ("名称", "类别", "数量", "备注", "单位", "地址", "联系人", "年份", "金额", "内容")
#: Keys that are methods of mappings in many languages, and ordinary ones.
_KEYS = (
    "items", "values", "keys", "get", "pop", "update", "name", "count", "index", "copy", "title", "amount", "unit",
    "note", "kind", "year", "place", "contact", "total", "share", "code", "goal", "result", "basis", "level",
)  # fmt: skip
_SIGNS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"
_OPTIONS = ("国家级", "省级", "市级", "符合", "不符合", "部分符合", "新建", "改造", "扩建")

Value = Callable[[random.Random], Any]


class Missing:
    """The mark of a field that is left out of the data."""


MISSING = Missing()


@dataclass(frozen=True)
class Field:
    """A field of a form: its key, the label it is printed with, its schema and how its values are drawn."""

    key: str
    label: str
    schema: dict[str, Any]
    value: Value


@dataclass
class Draw:
    """The one source of chance of a form; the same seed gives the same form and the same data."""

    seed: int
    random: random.Random = field(init=False)
    _used: list[str] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        """Seed the source."""
        self.random = random.Random(self.seed)  # noqa: S311 - chance for tests

    def often(self, share: float) -> bool:
        """True in this share of all draws."""
        return self.random.random() < share

    def labels(self, count: int) -> list[str]:
        """Labels that differ among each other; some are printed elsewhere on the form as well."""
        found: list[str] = []
        while len(found) < count:
            if self._used and self.often(0.15):
                label = self.random.choice(self._used)
            elif self.often(0.2):
                label = self.random.choice(_COMMON)
            else:
                label = self.random.choice(_THINGS) + self.random.choice(_SIDES)
            if label not in found:
                found.append(label)
        self._used += found
        return found

    def keys(self, count: int) -> list[str]:
        """Keys that differ among each other."""
        return self.random.sample(_KEYS, count)

    def key(self) -> str:
        """A key no other part of the form has."""
        self._count += 1
        return f"{self.random.choice(_KEYS)}_{self._count}"

    def fields(self, count: int, *, first_given: bool = False, kinds: tuple[str, ...] = ()) -> list[Field]:
        """Fields with labels and keys of their own; `first_given`: the first one is a text that is never left out."""
        made = zip(self.labels(count), self.keys(count), strict=True)
        return [
            self.given(label, key) if first_given and not number else self.field(label, key, kinds)
            for number, (label, key) in enumerate(made)
        ]

    def given(self, label: str, key: str) -> Field:
        """A text that is never left out and that no other item has."""
        return Field(key, label, {"title": label, "type": "string", "x-codec": "text"}, _name)

    def field(self, label: str, key: str, kinds: tuple[str, ...] = ()) -> Field:
        """A field of any kind."""
        kind = self.random.choice(kinds or _DRAWN)
        schema, value = _KINDS[kind](self.random)
        schema = {"title": label, **schema}
        if self.often(0.25):
            schema["type"] = [schema["type"], "null"]
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], None]
        nullable = isinstance(schema["type"], list)
        if self.often(0.2) and kind == "text":
            schema["x-blank"] = self.random.choice(("XX市", "（请简要说明，两百字以内）"))
        return Field(key, label, schema, _or_empty(value, nullable=nullable))


def _or_empty(value: Value, *, nullable: bool) -> Value:
    def draw(chance: random.Random) -> Any:
        luck = chance.random()
        if luck < 0.2:
            return MISSING
        return None if nullable and luck < 0.4 else value(chance)

    return draw


def _word(chance: random.Random, least: int, most: int) -> str:
    return "".join(chance.choices(_SIGNS, k=chance.randint(least, most)))


def _name(chance: random.Random) -> str:
    return f"{_word(chance, 2, 6)}{chance.randint(100, 99999)}号"


def _text(chance: random.Random) -> str:
    luck = chance.random()
    if luck < 0.1:
        return "，".join(_word(chance, 8, 20) for _ in range(chance.randint(8, 20))) + "。"
    if luck < 0.2:
        return chance.choice(("A&B <5>公司", "{ x } {% y", "=1+1", "GB/T 36132-2018", "3 号线（二期）", "-5以下"))
    return _word(chance, 1 if luck < 0.25 else 2, 12)


def _paragraphs(chance: random.Random) -> str:
    return "\n".join(f"{_word(chance, 6, 30)}。" for _ in range(chance.randint(1, 4)))


def _decimal(chance: random.Random) -> Decimal:
    places = chance.randint(0, 3)
    return Decimal(chance.randint(-100, 10**6) if chance.random() < 0.9 else 10**15 + 7).scaleb(-places)


def _date(chance: random.Random) -> str:
    return f"20{chance.randint(10, 29)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _choice(chance: random.Random) -> tuple[dict[str, Any], Value]:
    options = chance.sample(_OPTIONS, 3)
    style = chance.choice(("boxes", "word"))
    schema = {"type": "string", "x-codec": "choice", "enum": options, "x-options": {"style": style}}
    return schema, lambda luck: luck.choice(options)


def _plain(type_: str, codec: str, value: Value) -> Callable[[random.Random], tuple[dict[str, Any], Value]]:
    return lambda _: ({"type": type_, "x-codec": codec}, value)


_KINDS: dict[str, Callable[[random.Random], tuple[dict[str, Any], Value]]] = {
    "text": _plain("string", "text", _text),
    "number": _plain("number", "number", _decimal),
    "integer": _plain("integer", "integer", lambda chance: chance.randint(-5, 10**6)),
    "year": _plain("integer", "year", lambda chance: chance.randint(1990, 2050)),
    "date": _plain("string", "date", _date),
    "percentage": _plain("number", "percentage", lambda chance: Decimal(chance.randint(0, 1000)).scaleb(-1)),
    "choice": _choice,
    "paragraphs": _plain("string", "paragraphs", _paragraphs),
}
_DRAWN = ("text", "text", "text", "number", "integer", "year", "date", "percentage", "choice")
FIGURES = ("number", "integer")
FLOW = ("paragraphs",)
