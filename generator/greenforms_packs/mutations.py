"""Ways to spoil a clean pack, one at a time, as people do.

A digit, a unit, a paper, a year, a name, a row, a total; and on the printed paper, a chart.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from random import Random
from typing import Any

from greenforms_packs.packs import Pack
from greenforms_scans.pools import pool

Place = tuple[Any, Any]


def mutated(pack: Pack, kind: str, rng: Random) -> Pack | None:
    """A copy of the pack with one thing spoilt in this way; None where it holds nothing of the kind."""
    copy = Pack({file: (form, deepcopy(data)) for file, (form, data) in pack.papers.items()}, pack.procedure)
    return copy if KINDS[kind](copy, rng) else None


def _places(pack: Pack, wanted: Callable[[Any, Any], bool]) -> list[Place]:
    """Every member of the pack's data that is wanted, as its container and key, in order."""
    return [place for _, data in pack.papers.values() for place in _below(data) if wanted(place[1], place[0][place[1]])]


def _below(data: Any) -> Iterator[Place]:
    keys = data.keys() if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        yield data, key
        yield from _below(data[key])


def _is_figure(key: Any, value: Any) -> bool:
    return isinstance(value, Decimal | int) and not isinstance(value, bool) and key != "year" and value > 0


def _digit(pack: Pack, rng: Random) -> bool:
    """One digit of a figure is another."""
    places = _places(pack, _is_figure)
    if not places:
        return False
    holder, key = rng.choice(places)
    text = str(holder[key])
    turn = rng.choice([number for number, sign in enumerate(text) if sign.isdigit()])
    changed = _other_digit(text, turn, rng)
    holder[key] = Decimal(changed) if isinstance(holder[key], Decimal) else int(changed)
    return True


def _other_digit(text: str, turn: int, rng: Random) -> str:
    others = [sign for sign in "123456789" if sign != text[turn]]
    return f"{text[:turn]}{rng.choice(others)}{text[turn + 1 :]}"


def _unit(pack: Pack, rng: Random) -> bool:
    """A figure stands in a unit ten thousand times as small or as large."""
    places = [place for place in _places(pack, _is_figure) if isinstance(place[0][place[1]], Decimal)]
    if not places:
        return False
    holder, key = rng.choice(places)
    factor = rng.choice((Decimal(10000), Decimal("0.0001")))
    holder[key] = (holder[key] * factor).normalize() + 0
    return True


def _dropped_paper(pack: Pack, rng: Random) -> bool:
    """A paper is not there."""
    if len(pack.papers) < 2:
        return False
    del pack.papers[rng.choice(sorted(pack.papers))]
    return True


def _shifted_year(pack: Pack, rng: Random) -> bool:
    """A year, or the year of a date, is one more or one less."""
    places = _places(pack, lambda key, value: key in ("year", "date") and isinstance(value, int | str))
    holder, key = rng.choice(places)
    step = rng.choice((-1, 1))
    value = holder[key]
    holder[key] = value + step if isinstance(value, int) else f"{int(value[:4]) + step}{value[4:]}"
    return True


def _altered_name(pack: Pack, rng: Random) -> bool:
    """One character of a unit's name is another, where the name stands more than once."""
    endings = (*pool("company_endings"), *pool("park_endings"))
    places = _places(pack, lambda _, value: isinstance(value, str) and len(value) > 7 and value.endswith(endings))
    often = Counter(_folded(holder[key]) for holder, key in places)
    repeated = [place for place in places if often[_folded(place[0][place[1]])] > 1]
    if not repeated:
        return False
    holder, key = rng.choice(repeated)
    name = holder[key]
    turn = rng.randint(2, len(name) - 5)
    holder[key] = f"{name[:turn]}{'囍' if name[turn] != '囍' else '喜'}{name[turn + 1 :]}"
    return True


def _folded(name: str) -> str:
    return name.replace(" ", "").replace("（", "(").replace("）", ")")


def _dropped_row(pack: Pack, rng: Random) -> bool:
    """A row of a list is not there."""
    places = _places(pack, lambda _, value: isinstance(value, list) and len(value) > 1)
    if not places:
        return False
    holder, key = rng.choice(places)
    del holder[key][rng.randrange(len(holder[key]))]
    return True


def _changed_total(pack: Pack, rng: Random) -> bool:
    """A total, or a share reckoned from others, is another."""
    totals = ("all", "renewable_share", "senior_share", "rate", "total")
    places = [
        place
        for place in _places(pack, lambda key, _: key in (*totals, "score"))
        if isinstance(place[0][place[1]], Decimal | dict) and (place[1] != "score" or "general" in place[0])
    ]
    if not places:
        return False
    holder, key = rng.choice(places)
    if isinstance(holder[key], dict):
        holder, key = holder[key], rng.choice(("total", "national", "provincial", "passed"))
    holder[key] += 1 if isinstance(holder[key], int) else Decimal("1.7")
    return True


#: By kind.
KINDS: Mapping[str, Callable[[Pack, Random], bool]] = {
    "数字错一位": _digit,
    "单位错一万倍": _unit,
    "缺一份材料": _dropped_paper,
    "年份错一年": _shifted_year,
    "名称错一字": _altered_name,
    "缺一行": _dropped_row,
    "合计、占比算错": _changed_total,
}

#: A figure that a chart of an Office document draws (DrawingML charts, ECMA-376 part 1, 21.2.2.224), within its values.
_VALUES, _DRAWN = re.compile(r"<c:val>.*?</c:val>", re.DOTALL), re.compile(r"<c:v>([0-9.]+)</c:v>")


def _changed_chart(paper: bytes, rng: Random) -> bytes | None:
    """One digit of a figure that a chart draws is another, as when the chart is edited and the table is not."""
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        members = {info: package.read(info) for info in package.infolist()}
    charts = [info for info in members if re.fullmatch(r"word/charts/chart[^/]*\.xml", info.filename)]
    if not charts:
        return None
    chosen = rng.choice(charts)
    members[chosen] = _redrawn(members[chosen].decode(), rng).encode()
    spoilt = io.BytesIO()
    with zipfile.ZipFile(spoilt, "w", zipfile.ZIP_DEFLATED) as package:
        for info, content in members.items():
            package.writestr(info, content)
    return spoilt.getvalue()


def _redrawn(chart: str, rng: Random) -> str:
    figures = [
        (values.start() + figure.start(1), figure[1])
        for values in _VALUES.finditer(chart)
        for figure in _DRAWN.finditer(values[0])
    ]
    start, text = rng.choice(figures)
    turn = rng.choice([number for number, sign in enumerate(text) if sign.isdigit()])
    return chart[:start] + _other_digit(text, turn, rng) + chart[start + len(text) :]


#: By kind, ways to spoil a printed paper (docx); None where it holds nothing of the kind.
PAPER_KINDS: Mapping[str, Callable[[bytes, Random], bytes | None]] = {"改图": _changed_chart}
