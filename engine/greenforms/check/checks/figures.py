"""Figures that people answer lie between limits, or rise or fall from year to year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar, Literal

from greenforms.check.asked import QUOTES, figures_asked, place_of, quoted
from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Gap, Judgement


@dataclass(frozen=True, slots=True)
class Figures:
    """The answer to `question` has `count` figures, each at least `least`, more than `above`, at most `most`.

    With `trend` each is more (`rising`) or less (`falling`) than the one before it.
    """

    name: ClassVar[str] = "figures"

    question: str
    count: int = 1
    least: Decimal | None = None
    above: Decimal | None = None
    most: Decimal | None = None
    trend: Literal["", "rising", "falling"] = ""

    def __post_init__(self) -> None:
        """Refuse a rule without a limit, and a trend of one figure."""
        if not self.faults:
            raise ValueError("参数“least”“above”“most”“trend”至少给出一个")
        if self.trend and self.count < 2:
            raise ValueError("参数“trend”要求“count”至少是 2")

    @property
    def faults(self) -> Mapping[str, tuple[str, ...]]:
        """Those of the limits that are set."""
        limits = {"least": "below", "above": "below", "most": "above", "trend": "trend"}
        set_ = {kind for name, kind in limits.items() if getattr(self, name) not in (None, "")}
        return {kind: said for kind, said in _FAULTS["figures"].items() if kind in set_}

    def operands(self) -> tuple[str, ...]:
        """None: people are asked, not papers."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge the latest answer."""
        answered = figures_asked(case, self.question, self.count)
        if isinstance(answered, Gap):
            yield answered
            return
        given, found = answered
        kind, limit = self._fault(found)
        said = {**quoted(given), "limit": "" if limit is None else f"{limit:f}"}
        yield Fault(kind, (place_of(given),), said) if kind else FINE

    def _fault(self, found: tuple[Decimal, ...]) -> tuple[str, Decimal | None]:
        if self.least is not None and min(found) < self.least:
            return "below", self.least
        if self.above is not None and min(found) <= self.above:
            return "below", self.above
        if self.most is not None and max(found) > self.most:
            return "above", self.most
        steps = [later - earlier for earlier, later in pairwise(found)]
        is_broken = any(step <= 0 if self.trend == "rising" else step >= 0 for step in steps)
        return ("trend", None) if self.trend and is_broken else ("", None)


_FAULTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "figures": {"below": (*QUOTES, "limit"), "above": (*QUOTES, "limit"), "trend": QUOTES}
}
