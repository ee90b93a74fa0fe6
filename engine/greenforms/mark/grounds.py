"""Grounds for cells, as conditional formats that always hold: the cells and their styles stay as they were sent."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from greenforms.mark.note import Tint
from greenforms.mark.package import Element, sub
from greenforms.mark.sheet_order import insert
from greenforms.mark.styles import Styles
from greenforms_extractors.sheet.cells import S

_FORMAT, _RULE = S + "conditionalFormatting", S + "cfRule"


def has_grounds(root: Element, sign: str) -> bool:
    """Whether a worksheet has any of a sign."""
    return any(_is_of(sign, rule) for rule in root.iter(_RULE))


def clear_grounds(root: Element, sign: str) -> None:
    """Take the grounds of a sign out of a worksheet."""
    for area in root.findall(_FORMAT):
        for rule in area.findall(_RULE):
            if _is_of(sign, rule):
                area.remove(rule)
        if area.find(_RULE) is None:
            root.remove(area)


def _always(sign: str) -> str:
    """A condition that holds for every cell, and is told from everybody else's."""
    return f'LEN("{sign}")={len(sign)}'


def _is_of(sign: str, rule: Element) -> bool:
    formula = rule.find(S + "formula")
    return formula is not None and (formula.text or "").replace(" ", "") == _always(sign)


def add_grounds(root: Element, styles: Styles, cells: Iterable[tuple[str, Tint]], sign: str) -> None:
    """Give cells of a worksheet a ground."""
    rules = [rule.get("priority", "0") for rule in root.iter(_RULE)]
    last = max((int(number) for number in rules if number.isdecimal()), default=0)
    order = list(Tint)
    tinted = sorted(cells, key=lambda cell: order.index(cell[1]))
    for number, (tint, group) in enumerate(groupby(tinted, key=lambda cell: cell[1]), last + 1):
        area = insert(root, "conditionalFormatting")
        area.set("sqref", " ".join(cell for cell, _ in group))
        rule = sub(area, _RULE, type="expression", dxfId=str(styles.ground(tint)), priority=str(number))
        sub(rule, S + "formula").text = _always(sign)
