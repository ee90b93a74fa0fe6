"""Areas of a template's sheets, and where they stand on a paper whose rows are repeated or dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from greenforms.render.sheet_places import Runs, letters, printed
from greenforms.render.sheet_template import S, TemplateSheet
from greenforms_extractors.sheet.cells import area

_SHEET = r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\W\d][\w.]*))!"
_CELLS = r"\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?|\$?[0-9]+:\$?[0-9]+"
_REFERENCE = re.compile(rf"{_SHEET}(?P<cells>{_CELLS})")
_NUMBER = re.compile(r"[0-9]+")
#: A cell in a formula of a sheet's own: the column, whether the row is fixed, and the row.
_CELL = re.compile(r"(?<![\w.!$])(\$?[A-Z]{1,3})(\$?)([0-9]+)(?![\w(.!])")
#: Elements with areas, that go with their areas; formulas inside are of the first cell of the area.
_AREAS = ("sqref", "ref")
_FORMULAS = ("formula", "formula1", "formula2", "f")
#: The areas of what Excel 2010 added.
_EXTENDED = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"
_BREAKS = f"{S}rowBreaks"


def moved_formula(formula: str, runs: Mapping[str, Runs]) -> str | None:
    """What a defined name means on the paper; None where cells it means are not there."""
    lost = False

    def moved(found: re.Match[str]) -> str:
        nonlocal lost
        sheet = runs.get((found["quoted"] or found["plain"]).replace("''", "'"))
        if sheet is None:
            return found[0]
        numbers = [int(number) for number in _NUMBER.findall(found["cells"])]
        rows = printed(sheet, numbers[0], numbers[-1])
        lost = lost or not rows
        ends = iter((rows[0][0], rows[-1][1])) if rows else iter(numbers)
        cells = found["cells"]
        if len(numbers) == 1 and rows and rows[0][0] != rows[-1][1]:
            cells = f"{cells}:{cells}"
        return found[0][: -len(found["cells"])] + _NUMBER.sub(lambda _: str(next(ends)), cells)

    meaning = _REFERENCE.sub(moved, formula)
    return None if lost else meaning


def moves(sheet: TemplateSheet, first: int) -> bool:
    """Whether anything but rows and merged cells stands with rows from a first one on."""
    return any(_bottom(each) >= first for each in _tied(parsed(sheet, sheet.middle + sheet.tail)))


def parsed(sheet: TemplateSheet, xml: str) -> etree._Element:
    """Some of a sheet as an element of its own."""
    closing = "" if xml.endswith("</worksheet>") else "</worksheet>"
    return etree.fromstring(f"{sheet.opening}{xml}{closing}")


def moved(sheet: TemplateSheet, xml: str, runs: Runs) -> str:
    """Some of a sheet with its areas where their rows stand on the paper; what has none left is left out."""
    root = parsed(sheet, xml)
    for element in list(_tied(root)):
        _move(element, runs)
    text = etree.tostring(root, encoding="unicode")
    inside = text[text.index(">") + 1 :] if len(root) else "</worksheet>"
    return inside if xml.endswith("</worksheet>") else inside.removesuffix("</worksheet>")


def _tied(root: etree._Element) -> Iterator[etree._Element]:
    """The elements that stand with rows."""
    for element in root.iter(etree.Element):
        if element.tag in (_BREAKS, _EXTENDED) or any(name in element.attrib for name in _AREAS):
            yield element


def _bottom(element: etree._Element) -> int:
    if element.tag == _BREAKS:
        return max((int(each.get("id", "0")) for each in element), default=0)
    return max((bottom + 1 for _, _, bottom, _ in _areas(element)), default=0)


def _areas(element: etree._Element) -> list[tuple[int, int, int, int]]:
    """The areas of an element: first row and column, last row and column, from 0."""
    written = element.text if element.tag == _EXTENDED else element.get("sqref", element.get("ref"))
    return [found for text in (written or "").split() if (found := area(text)) is not None]


def _move(element: etree._Element, runs: Runs) -> None:
    if element.tag == _BREAKS:
        _move_breaks(element, runs)
        return
    areas = _areas(element)
    stretches = [
        (first, left, last, right)
        for top, left, bottom, right in areas
        for first, last in printed(runs, top + 1, bottom + 1)
    ]
    if areas and not stretches:
        _leave_out(element.getparent() if element.tag == _EXTENDED else element)
    elif areas:
        _write(element, stretches)
        _shift(element, areas[0][0] + 1, stretches[0][0])


def _write(element: etree._Element, stretches: list[tuple[int, int, int, int]]) -> None:
    if "sqref" not in element.attrib and element.tag != _EXTENDED:  # one area only
        first, left, _, right = stretches[0]
        stretches = [(first, left, stretches[-1][2], right)]
    text = " ".join(_area(*stretch) for stretch in stretches)
    if element.tag == _EXTENDED:
        element.text = text
    else:
        element.set("sqref" if "sqref" in element.attrib else "ref", text)


def _area(first: int, left: int, last: int, right: int) -> str:
    ends = f"{letters(left + 1)}{first}", f"{letters(right + 1)}{last}"
    return ends[0] if ends[0] == ends[1] else ":".join(ends)


def _move_breaks(element: etree._Element, runs: Runs) -> None:
    for each in list(element):
        rows = printed(runs, int(each.get("id", "0")), int(each.get("id", "0")))
        if rows:
            each.set("id", str(rows[-1][1]))
        else:
            _leave_out(each)


def _leave_out(element: etree._Element | None) -> None:
    """Take an element out, and what is around it if nothing else is in that."""
    around = None if element is None else element.getparent()
    if element is None or around is None:
        return
    around.remove(element)
    for count in ("count", "manualBreakCount"):
        if count in around.attrib:
            around.set(count, str(len(around)))
    if not len(around):
        _leave_out(around)


def _holder(element: etree._Element) -> etree._Element:
    """The element whose formulas go with an area."""
    around = element.getparent()
    return around if element.tag == _EXTENDED and around is not None else element


def _shift(element: etree._Element, old: int, new: int) -> None:
    """Let formulas speak of the row their area begins with now."""
    for each in formulas(element):
        each.text = _CELL.sub(
            lambda found: found[0] if found[2] or int(found[3]) != old else f"{found[1]}{new}", each.text or ""
        )


def formulas(element: etree._Element) -> Iterator[etree._Element]:
    """The formulas that go with the areas of an element."""
    for each in _holder(element).iter(etree.Element):
        if etree.QName(each).localname in _FORMULAS and (each.text or "").strip():
            yield each


def strays(root: etree._Element, first: int) -> Iterator[str]:
    """The cells in formulas of areas that could mean another cell once the rows from a first one on are moved."""
    for element in _tied(root):
        areas = _areas(element)
        moving = any(bottom + 1 >= first for _, _, bottom, _ in areas)
        alone = {top + 1 for top, _, _, _ in areas} | {bottom + 1 for _, _, bottom, _ in areas}
        for formula in formulas(element) if areas else ():
            for found in _CELL.finditer(formula.text or ""):
                row = int(found[3])
                if row >= first if found[2] or not moving else alone != {row}:
                    yield found[0]
