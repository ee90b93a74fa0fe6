"""Numbers: amounts, areas, consumptions, rates. Decimal from end to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any, ClassVar

from greenforms.codec import units
from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.codec.figures import read_figure
from greenforms.codec.look_alikes import read_as_figures

#: More integer digits than any amount of money, mass or energy of this planet has.
_MOST_DIGITS = 24


@dataclass(frozen=True, slots=True)
class Number(Codec):
    """A number in the unit that the form prints beside it, with at most `decimals` decimal places.

    Digits after the point are kept as given: 12.50 says more than 12.5. Rounding for print is half to even
    (GB/T 8170-2008) and never silent.
    """

    name: ClassVar[str] = "number"
    json_types: ClassVar[frozenset[str]] = frozenset({"number"})
    figure: ClassVar[bool] = True

    unit: str | None = None
    decimals: int | None = None

    def format(self, value: Any) -> str:
        """Print in plain notation, without thousands separators and without the unit."""
        number = Decimal(value)
        if self.decimals is not None and _places(number) > self.decimals:
            number = round_half_even(number, self.decimals)
        return f"{number:f}"

    def parse(self, text: str) -> Reading:
        """Read a number; one written in another unit is converted, and the conversion is reported."""
        if is_blank(text):
            return Reading(None)
        figure = read_figure(text)
        if figure.value is None:
            return Reading(None, (figure.problem,) if figure.problem else ())
        value, notes = in_unit(figure.value, figure.unit, self.unit)
        return Reading(value, notes + self.check(value)) if value is not None else Reading(None, notes)

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How it is written."""
        return "填数字，不写单位"

    def likely(self, text: str) -> Any:
        """What the text says when letters that look like digits are read as such."""
        return read_as_figures(self, text)

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report infinities, impossible magnitudes and more decimal places than the form takes."""
        number = Decimal(value)
        if not number.is_finite():
            return (Problem(f"“{value}”不是一个数", "请填写阿拉伯数字"),)
        if number.adjusted() > _MOST_DIGITS:
            return (Problem(f"数值有{number.adjusted() + 1}位整数，超出可能的范围", "请核对数值和单位"),)
        if self.decimals is None or _places(number) <= self.decimals:
            return ()
        rounded = round_half_even(number, self.decimals)
        reason = f"“{number:f}”有{_places(number)}位小数，本栏最多{self.decimals}位"
        return (Problem(reason, f"请按{self.decimals}位小数填写", rounded),)


def round_half_even(number: Decimal, decimals: int) -> Decimal:
    """Round as GB/T 8170-2008 does, whatever the number of digits."""
    with localcontext(prec=max(28, len(number.as_tuple().digits) + 2)):
        return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)


def in_unit(value: Decimal, written: str, wanted: str | None) -> tuple[Decimal | None, tuple[Problem, ...]]:
    """Express a value written with a unit in the unit the form asks for, saying what was done."""
    if not written or (wanted and units.same_unit(written, wanted)):
        return value, ()
    if not units.is_unit(written):
        return None, (Problem(f"“{value:f}{written}”中的“{written}”不是可识别的单位", f"请{_instead(wanted)}"),)
    if wanted is None:
        return value, (Problem(f"写了单位“{written}”，本栏只填数字", f"请核对单位后{_instead(None)}"),)
    if not units.is_unit(wanted) or not units.same_dimension(written, wanted):
        return None, (Problem(f"单位“{written}”不能换算成本栏的单位“{wanted}”", f"请{_instead(wanted)}"),)
    return _converted(value, written, wanted)


def _converted(value: Decimal, written: str, wanted: str) -> tuple[Decimal | None, tuple[Problem, ...]]:
    exact = units.convert_exactly(value, written, wanted)
    if exact is None:
        offered = units.convert(value, written, wanted).normalize()
        reason = f"“{value:f}{written}”换算成“{wanted}”除不尽"
        return None, (Problem(reason, f"请{_instead(wanted)}", round(offered, 4)),)
    plain = Decimal(f"{exact.normalize():f}")
    reason = f"原文“{value:f}{written}”与本栏单位“{wanted}”不同，已换算为{plain:f}"
    return plain, (Problem(reason, f"请核对换算结果并{_instead(wanted)}"),)


def _instead(wanted: str | None) -> str:
    return f"按“{wanted}”填写数字" if wanted else "只写数字"


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
