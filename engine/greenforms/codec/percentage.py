"""Percentages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.look_alikes import read_as_figures
from greenforms.codec.number import Number
from greenforms.codec.numerals import read_numeral
from greenforms_extractors.folding import fold_prose, without_space


@dataclass(frozen=True, slots=True)
class Percentage(Codec):
    """A number of per cent: 12.5 means 12.5 %. Forms print % in the label, so it is printed only with `sign`.

    A figure is never rescaled: 0.125 is 0.125 %, and whether 12.5 % was meant is for a check of magnitudes to ask.
    """

    name: ClassVar[str] = "percentage"
    json_types: ClassVar[frozenset[str]] = frozenset({"number"})
    figure: ClassVar[bool] = True

    decimals: int | None = None
    sign: bool = False

    def format(self, value: Any) -> str:
        """Print the figure, with % when the form does not print it."""
        return self._number.format(value) + ("%" if self.sign else "")

    def parse(self, text: str) -> Reading:
        """Read 12.5, 12.5%, 12.5％ and 百分之十二点五; a figure in ‰ is converted and reported."""
        spelled = _spelled(text)
        if spelled is not None:
            return Reading(spelled, self.check(spelled))
        return self._number.parse(text)

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How it is written."""
        return "填百分数，如 12.5 表示 12.5%"

    def likely(self, text: str) -> Any:
        """What the text says when letters that look like digits are read as such."""
        return read_as_figures(self, text)

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report infinities and more decimal places than the form takes."""
        return self._number.check(value)

    @property
    def _number(self) -> Number:
        return Number(unit="%", decimals=self.decimals)


def _spelled(text: str) -> Decimal | None:
    head, found, rest = without_space(fold_prose(text)).partition("百分之")
    return read_numeral(rest) if found and not head else None
