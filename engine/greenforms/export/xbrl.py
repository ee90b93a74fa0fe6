"""The statements as a report in xBRL-JSON (Open Information Model 1.0): concept, entity, period, unit, dimensions.

Of several consistent statements of one thing the most precise one stands for all; those that differ are all there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from greenforms.export.line import Stated
from greenforms.fact.compare import compare
from greenforms.fact.vocabulary import Vocabulary

_NAMESPACES = {
    "gf": "https://greenforms.invalid/facts/1",
    "gfu": "https://greenforms.invalid/units/1",
    "gfe": "https://greenforms.invalid/entities/1",
    "xbrl": "https://xbrl.org/2021",
}
#: What no name in XML may hold, and signs of units that have a name.
_STRANGE = re.compile(r"[^\w.-]")
_NAMED = {"%": "percent", "³": "3", "²": "2"}


def xbrl_json(statements: Sequence[Stated], vocabulary: Vocabulary) -> dict[str, Any]:
    """The report; write it out with `greenforms.report.json_text`."""
    facts = {f"f{number}": _fact(one) for number, one in enumerate(_kept(statements, vocabulary), 1)}
    return {
        "documentInfo": {
            "documentType": "https://xbrl.org/2021/xbrl-json",
            "namespaces": _NAMESPACES,
            "taxonomy": [],
        },
        "facts": facts,
    }


def _kept(statements: Sequence[Stated], vocabulary: Vocabulary) -> Iterator[Stated]:
    """One of each set of statements that agree, the most precise; in the order met."""
    groups: dict[tuple[str, ...], list[Stated]] = defaultdict(list)
    for one in statements:
        fact = one.fact
        kind = vocabulary.facts[fact.fact]
        kept = groups[one.entity, fact.fact, fact.item, fact.application, fact.period, fact.boundary, fact.as_of]
        for place, other in enumerate(kept):
            if compare(kind, fact, other.fact).agrees:
                if _precision(one) > _precision(other):
                    kept[place] = one
                break
        else:
            kept.append(one)
    for found in groups.values():
        yield from found


def _precision(one: Stated) -> Decimal:
    """How exact a figure is: the digits behind its leading one, in whatever unit it is printed; words are all alike."""
    fact = one.fact
    if not isinstance(fact.value, Decimal) or fact.decimals is None:
        return Decimal(0)
    return Decimal(fact.decimals + fact.value.adjusted())


def _fact(one: Stated) -> dict[str, Any]:
    fact = one.fact
    dimensions = {"concept": f"gf:{fact.fact}", "entity": f"gfe:{_name(one.entity)}"}
    if fact.period.isdecimal() and len(fact.period) == 4:
        dimensions["period"] = f"{fact.period}-01-01T00:00:00/{int(fact.period) + 1}-01-01T00:00:00"
    if isinstance(fact.value, Decimal) and fact.unit:
        dimensions["unit"] = "/".join(f"gfu:{_name(part)}" for part in fact.unit.split("/", 1))
    for name in ("item", "application", "boundary"):
        if value := getattr(fact, name):
            dimensions[f"gf:{name}"] = value
    value = None if fact.value is None else f"{fact.value:f}" if isinstance(fact.value, Decimal) else fact.value
    precise = {"decimals": fact.decimals} if isinstance(fact.value, Decimal) and fact.decimals is not None else {}
    return {"value": value, **precise, "dimensions": dimensions}


def _name(text: str) -> str:
    """A text as a name in XML: signs that none may hold by their number."""
    named = "".join(_NAMED.get(sign, sign) for sign in text)
    return _STRANGE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", named)
