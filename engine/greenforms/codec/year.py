"""Years, such as the 年度 of a table row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.codec.date import CENTURY
from greenforms.codec.look_alikes import read_as_figures
from greenforms.codec.numerals import read_digits
from greenforms_extractors.folding import fold_code, without_space

_TEXT = re.compile(r"([0-9]{4})(?:年度?|度)?")
_BLANK = re.compile(CENTURY + r"年度?")
_FIRST, _LAST = 1900, 2100


@dataclass(frozen=True, slots=True)
class Year(Codec):
    """A calendar year from 1900 to 2100; `suffix` 年 is printed behind it when the form does not print it."""

    name: ClassVar[str] = "year"
    json_types: ClassVar[frozenset[str]] = frozenset({"integer"})
    figure: ClassVar[bool] = True
    whole: ClassVar[bool] = True
    reach: ClassVar[tuple[int, int] | None] = (_FIRST, _LAST)

    suffix: str = ""

    def format(self, value: Any) -> str:
        """Print the year."""
        return f"{value}{self.suffix}"

    def parse(self, text: str) -> Reading:
        """Read 2022, 2022年, 2022年度, 二〇二二年; ``20  年`` is blank."""
        folded = read_digits(without_space(fold_code(text)).replace("_", ""))
        if is_blank(folded) or _BLANK.fullmatch(folded):
            return Reading(None)
        found = _TEXT.fullmatch(folded.removesuffix(self.suffix) if self.suffix else folded)
        if found is None:
            return Reading(None, (Problem(f"“{text.strip()}”不是四位年份", "请写成2022或2022年"),))
        year = int(found[1])
        problems = self.check(year)
        return Reading(None if problems else year, problems)

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How it is written."""
        return "四位年份，如 2025"

    def likely(self, text: str) -> Any:
        """What the text says when letters that look like digits are read as such."""
        return read_as_figures(self, text)

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report years outside 1900 to 2100."""
        if _FIRST <= value <= _LAST:
            return ()
        return (Problem(f"年份“{value}”超出{_FIRST}至{_LAST}年", "请核对年份"),)
