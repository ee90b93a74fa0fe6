"""Holds the figures of a paper's charts against what follows from its own fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from greenforms.codec.number import round_half_even
from greenforms.finding import Finding, Place, Severity
from greenforms.form.chart import CHART_NAME, ChartTable, chart_table
from greenforms.form.form import Form
from greenforms.place import describe
from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.result import Unread
from greenforms_extractors.model import Chart, PageOrigin

RULE = "read/chart-differs"
#: Figures of an axis, and how long scraps are that are read from lines and markers.
_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?%?")
_SCRAP = 2
#: What lines and markers in front of a name in the legend are read as.
_MARKERS = "-－—一■●◆▲"


def chart_findings(file: str, form: Form, charts: Sequence[Chart], data: Any) -> Iterator[Finding]:
    """A finding for each figure of a chart that the paper's fields tell otherwise.

    A chart is known by the name of its drawing, else by its title; others are the writer's own and not judged.
    """
    for declared in form.library.charts.get(form.layout, ()):
        table = chart_table(declared, form.root, data)
        for chart in charts:
            if chart.name == f"{CHART_NAME}{declared.id}" or fold_label(chart.title) == fold_label(declared.title):
                yield from _differences(file, chart, table) if table is not None else ()


def _differences(file: str, chart: Chart, table: ChartTable) -> Iterator[Finding]:
    said = {
        (fold_label(series.name), fold_label(category)): value
        for series in chart.series
        for category, value in zip(chart.categories, series.values, strict=True)
    }
    for name, values in table.series.items():
        for category, wanted in zip(table.categories, values, strict=True):
            key = (fold_label(name), fold_label(category))
            shown = said.get(key)
            if shown is None or _rounded(shown, wanted) != wanted:
                yield _finding(file, chart, f"{category}·{name}", shown, wanted)


def chart_texts(form: Form, data: Any, unread: Sequence[Unread]) -> dict[str, list[Unread]]:
    """The unread texts of recognised and untagged pages that are print of a chart, by its title.

    They stand on the page with the title, and hold nothing but names and figures of a chart, or scraps of its lines.
    """
    found: dict[str, list[Unread]] = {}
    for declared in form.library.charts.get(form.layout, ()):
        table = chart_table(declared, form.root, data)
        titles = [each for each in unread if fold_label(each.text) == fold_label(declared.title)]
        pages = {each.origin.page for each in titles if isinstance(each.origin, PageOrigin)}
        if table is not None and pages:
            names = frozenset(map(fold_label, (declared.title, *table.categories, *table.series)))
            found[declared.title] = [each for each in unread if _is_print(each, pages, names)]
    return found


def _is_print(text: Unread, pages: set[int], names: frozenset[str]) -> bool:
    if not isinstance(text.origin, PageOrigin) or text.origin.page not in pages:
        return False
    pieces = [fold_label(text.text), *(fold_label(each).strip(_MARKERS) for each in text.text.split())]
    return pieces[0] in names or all(
        piece in names or len(piece) <= _SCRAP or _FIGURE.fullmatch(piece) for piece in pieces[1:]
    )


def _rounded(shown: Decimal, wanted: Decimal) -> Decimal:
    """A figure of a chart, which programs keep in binary, to as many places as it was drawn with."""
    exponent = wanted.as_tuple().exponent
    places = -min(0, exponent) if isinstance(exponent, int) else 0
    return round_half_even(shown, places)


def _finding(file: str, chart: Chart, what: str, shown: Decimal | None, wanted: Decimal) -> Finding:
    drawn = "没有" if shown is None else f"是{shown:f}"
    message = (
        f"{file} {describe(chart.origin)}图“{chart.title}”里{what}{drawn}，而按表中所填应为{wanted:f}。"
        "请核对是表中的数据错了，还是图没有随着改（在图上点右键“编辑数据”）。"
    )
    place = Place(file, "", chart.title, None if shown is None else f"{shown:f}", chart.origin)
    return Finding(RULE, Severity.FIX, message, (place,), fix="核对后改成一致", suggestion=f"{wanted:f}")
