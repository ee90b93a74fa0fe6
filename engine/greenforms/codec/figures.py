"""Reading one figure, with the unit that may stand behind it, out of a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from greenforms.codec.base import Problem
from greenforms.codec.numerals import read_numeral
from greenforms_extractors.folding import fold_dashes, fold_prose, without_space

_SIGNS = str.maketrans("，．＋％（）／～：", ",.+%()/~:")
_LOOK_ALIKES = str.maketrans("lI|oOQSsZzB", "11100055228")

_PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)(\.[0-9]+)?")
_CELL = re.compile(r"(?P<sign>[-+负]?)\s*(?P<digits>[0-9](?:[0-9,. ]*[0-9])?)(?P<tail>.*)", re.DOTALL)
_RANGE = re.compile(r"[0-9][^0-9]{0,6}?(?:-|~|至|到)[^0-9]{0,2}[0-9]")
_QUALIFIER = re.compile(r"约|近|超过?|不少于|不低于|不高于|不超过|大于|小于|[≥≤><＞＜≈±]|以上|以下|左右|余|多|几")
_POWER = re.compile(r"[eE×xX*^⁰¹²³⁴⁵⁶⁷⁸⁹]\S*[0-9]|[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_NEXT = re.compile(r"\s*[、;；,/].*[0-9]", re.DOTALL)
_MAGNITUDES = frozenset("百千万亿")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the unit written behind it ("" when none). Without a value, `problem` says why."""

    value: Decimal | None
    unit: str = ""
    problem: Problem | None = None


def read_figure(text: str) -> Figure:
    """Read a cell's figure: thousands separators, full-width digits, signs, a unit behind it, a Chinese numeral."""
    cell = fold_dashes(fold_prose(text)).translate(_SIGNS).strip()
    doubt = _doubt(cell)
    if doubt is not None:
        return Figure(None, problem=doubt)
    numeral = read_numeral(cell)
    if numeral is not None:
        return _refuse_lone_magnitude(cell, numeral)
    found = _CELL.fullmatch(cell)
    if found is None:
        return Figure(None, problem=_not_a_figure(cell))
    value = _decimal(found["digits"], negative=found["sign"] in ("-", "负"))
    if value is None:
        return Figure(None, problem=_bad_separators(cell))
    return _with_unit(cell, value, found["tail"])


def _doubt(cell: str) -> Problem | None:
    qualifier = _QUALIFIER.search(cell)
    if _RANGE.search(cell):
        return Problem(f"“{cell}”是一个范围，不是一个数", "请填写一个确定的数")
    if qualifier is not None:
        return Problem(f"“{cell}”带有“{qualifier[0]}”，不是确定的数", "请填写一个确定的数", _bare_value(cell))
    return None


def _bare_value(cell: str) -> Decimal | None:
    found = re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", cell)
    return _decimal(found[0], negative=False) if len(found) == 1 else None


def _decimal(digits: str, *, negative: bool) -> Decimal | None:
    if not (_PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)):
        return None
    value = Decimal(digits.replace(",", "").replace(" ", ""))
    return value.copy_negate() if negative else value


def _refuse_lone_magnitude(cell: str, numeral: Decimal) -> Figure:
    """三万 under a heading 万元 may mean either, so a numeral with 万 or 亿 is offered, not taken."""
    if "万" in cell or "亿" in cell:
        return Figure(
            None, problem=Problem(f"“{cell}”用了“万”或“亿”，与本栏的单位连读会有歧义", "请用阿拉伯数字填写", numeral)
        )
    return Figure(numeral)


def _with_unit(cell: str, value: Decimal, tail: str) -> Figure:
    unit = without_space(tail)
    if unit.startswith("(") and unit.endswith(")"):
        unit = unit[1:-1]
    if _POWER.match(unit):
        return Figure(None, problem=Problem(f"“{cell}”用了科学计数法，可能丢失末位数字", "请写出全部数字"))
    if _NEXT.match(tail):
        return Figure(None, problem=Problem(f"“{cell}”中不止一个数", "请只填写一个数"))
    if re.match(r"[.,。·]", unit) or ("\n" in tail and re.match(r"[0-9]", unit)):
        return Figure(None, problem=_bad_separators(cell))
    if unit and set(unit) <= _MAGNITUDES:
        return Figure(None, problem=Problem(f"“{cell}”中的“{unit}”不是完整的单位", "请换算成本栏的单位，只写数字"))
    return Figure(value, unit)


def _bad_separators(cell: str) -> Problem:
    digits = re.sub(r"[\s,]|[.。]$", "", cell).replace("。", ".")
    offered = Decimal(digits) if _PLAIN.fullmatch(digits) else None
    shown = re.sub(r"\s+", " ", cell)
    return Problem(f"“{shown}”中的逗号、小数点、空格或换行位置不对，读不出确定的数", "请只写数字和一个小数点", offered)


def _not_a_figure(cell: str) -> Problem:
    bare = re.sub(r"\s", "", cell)
    for offered in (bare.translate(_LOOK_ALIKES), f"0{bare}", bare.strip(".。"), f"-{bare[1:-1]}"):
        if re.search(r"[0-9]", bare) and re.fullmatch(r"-?[0-9,]+(\.[0-9]+)?", offered):
            return Problem(f"“{cell}”不是规范的数字", "请核对原件后改写成数字", Decimal(offered.replace(",", "")))
    return Problem(f"“{cell}”不是数字", "请填写阿拉伯数字")
