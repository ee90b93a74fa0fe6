"""How findings between papers are put into words: each value once, with all places that state it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from greenforms.fact.compare import Comparison, Slip
from greenforms.fact.statement import Fact
from greenforms.finding import Place
from greenforms.place import describe
from greenforms_extractors.model import Origin, PageOrigin, ParagraphOrigin, SheetOrigin, TableOrigin

_FACTORS = {1: "10倍", 2: "100倍", 3: "1000倍", 4: "1万倍"}


def place(fact: Fact) -> Place:
    """A statement's place in a finding."""
    return Place(fact.document, fact.path, fact.label, fact.held, fact.evidence)


def where(fact: Fact) -> str:
    """A statement's place in words: document, cell and label."""
    spot = describe(_origin(fact.evidence)) if fact.evidence else ""
    document = f"“{fact.document}”" if fact.document else ""
    return f"{document}{spot}“{fact.label}”"


def _origin(evidence: dict[str, Any]) -> Origin:
    match evidence:
        case {"paragraph": index}:
            return ParagraphOrigin(index)
        case {"table": table, "row": row, "column": column}:
            return TableOrigin(table, row, column)
        case {"sheet": sheet, "cell": cell}:
            return SheetOrigin(sheet, cell)
        case {"page": page, "box": box}:
            return PageOrigin(page, tuple(box))
    raise ValueError(f"unknown evidence: {evidence}")


def statements(groups: Sequence[Sequence[Fact]], shown: Sequence[str]) -> str:
    """All values, each with the places that state it."""
    return "；".join(
        f"{text}（{'、'.join(dict.fromkeys(where(fact) for fact in group))}）"
        for text, group in zip(shown, groups, strict=True)
    )


def gap(one: Fact, comparison: Comparison) -> str:
    """By how much two numbers differ, and that rounding does not explain it."""
    if comparison.gap is None:
        return ""
    text = f"相差{_plain(comparison.gap)}{one.unit or ''}"
    if comparison.coarser is None:
        return text
    places = f"{comparison.coarser}位小数" if comparison.coarser > 0 else "较粗的一处的位数"
    rounded = f"{text}，修约到{'整数' if comparison.coarser == 0 else places}后仍不相等"
    return f"{text}，只有截断（直接去掉尾数）才相等，修约不相等" if comparison.cut else rounded


def slip(suspected: Slip) -> str:
    """A suspected slip of unit or decimal point."""
    text = f"疑为单位或小数点错误：相差约{_FACTORS[suspected.power]}"
    if suspected.meant:
        text += f"，可能是“{suspected.meant}”误填为“{suspected.written}”"
    return text


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
