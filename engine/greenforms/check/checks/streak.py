"""The last years of a series are not all bad, such as two years in the lowest grade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from greenforms.check.asked import QUOTES, asked, parts, place_of, quoted
from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Gap, Judgement

_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Streak:
    """Of the years that the answer to `question` lists, oldest first, the last `length` are not all `bad`.

    A year is bad that is called by one of `words`, or whose figure is at most `most`.
    """

    name: ClassVar[str] = "streak"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"streak": (*QUOTES, "length")}

    question: str
    length: int
    words: tuple[str, ...] = ()
    most: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse a rule by which no year is bad, or by both measures."""
        if bool(self.words) == (self.most is not None):
            raise ValueError("参数“words”和“most”应给出其中一个")

    def operands(self) -> tuple[str, ...]:
        """None: people are asked, not papers."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge the latest answer."""
        given = asked(case, self.question)
        if isinstance(given, Gap):
            yield given
            return
        bad = [self._is_bad(each) for each in parts(given)]
        if not bad or None in bad:
            yield Gap("not-figures", {"question": self.question, "answer": given.answer, "count": str(self.length)})
        elif len(bad) >= self.length and all(bad[-self.length :]):
            yield Fault("streak", (place_of(given),), {**quoted(given), "length": str(self.length)})
        else:
            yield FINE

    def _is_bad(self, year: str) -> bool | None:
        """Whether a year is bad; None where that cannot be told."""
        if self.most is None:
            return any(word in year for word in self.words)
        found = _FIGURE.findall(year)
        return Decimal(found[0]) <= self.most if len(found) == 1 else None
