"""Native charts of a Word document: the figures kept in their part (ECMA-376 part 1, clause 21.2)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from greenforms_extractors.model import Chart, ChartSeries, Origin
from greenforms_extractors.ooxml import Package
from greenforms_extractors.safe_xml import Element
from greenforms_extractors.word.markup import A

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHART = f"{_C}chart"


class Charts:
    """Finds charts by the ids of the part's relationships."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._targets = {link.id: link for link in package.relationships(part)}

    def find(self, identifier: str | None, name: str, origin: Origin) -> Chart | None:
        """The chart of an id; None where it is missing or shows no series over categories."""
        link = self._targets.get(identifier or "")
        if link is None or link.external or link.target not in self._package.names:
            return None
        space = self._package.xml(link.target)
        series = [each for each in space.iter(f"{_C}ser") if each.find(f"{_C}val") is not None]
        if not series:
            return None
        categories = _points(series[0].find(f"{_C}cat"))
        title = space.find(f"{_C}chart/{_C}title")
        read = tuple(_series(each, len(categories)) for each in series)
        self._package.extent.add_places(len(categories) * len(read))
        texts = tuple(categories.get(number, "") for number in range(len(categories)))
        return Chart(name, _text(title), texts, read, origin)


def _series(node: Element, length: int) -> ChartSeries:
    name = " ".join(_points(node.find(f"{_C}tx")).values())
    points = _points(node.find(f"{_C}val"))
    return ChartSeries(name, tuple(_number(points.get(number)) for number in range(length)))


def _points(node: Element | None) -> dict[int, str]:
    """The points kept of a reference or written in place, by number."""
    if node is None:
        return {}
    found = {}
    for point in node.iter(f"{_C}pt"):
        value = point.find(f"{_C}v")
        number = point.get("idx", "")
        if number.isdecimal() and value is not None:
            found[int(number)] = value.text or ""
    return found


def _number(text: str | None) -> Decimal | None:
    try:
        number = Decimal(text or "")
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _text(node: Element | None) -> str:
    return "" if node is None else "".join(each.text or "" for each in node.iter(f"{A}t"))
