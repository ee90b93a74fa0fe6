"""Figures that a form's rules reckon from others are reckoned, for no drawing would hit upon them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from greenforms.form.edit import put
from greenforms.form.form import Form
from greenforms.form.tree import Leaf, at, leaves

_PLACES = Decimal("0.01")


def reckoned(form: Form, data: dict[str, Any]) -> None:
    """Put sums and ratios into a data set where their figures are there and the result keeps to its field's bounds.

    Lists are left alone: their totals are drawn until they are right.
    """
    fields = {leaf.pattern: leaf for leaf in leaves(form.root)}
    for pointer, value in _results(form, data):
        leaf = fields.get(pointer)
        if leaf is not None and at(data, pointer) is not None and _within(leaf, value):
            put(data, pointer, int(value) if leaf.codec.name == "integer" else value)


def _results(form: Form, data: Any) -> Iterator[tuple[str, Decimal]]:
    for rule in form.rules:
        given = rule.parameters
        if rule.check == "sum" and (parts := _figures(data, *given["parts"])):
            yield given["total"], sum(parts, Decimal(0))
        if rule.check == "ratio" and (pair := _figures(data, given["numerator"], given["denominator"])) and pair[1]:
            ratio = Decimal(str(given.get("times", 1))) * pair[0] / pair[1]
            yield given["quotient"], ratio.quantize(_PLACES)


def _figures(data: Any, *pointers: str) -> list[Decimal]:
    """The figures at these places; none where one of them is missing."""
    found = [at(data, pointer) for pointer in pointers]
    if not all(isinstance(value, (int, Decimal)) for value in found):
        return []
    return [Decimal(value) for value in found]


def _within(leaf: Leaf, value: Decimal) -> bool:
    least, most = leaf.bounds.least, leaf.bounds.most
    return (least is None or value >= least) and (most is None or value <= most)
