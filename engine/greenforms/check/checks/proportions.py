"""Things are spread over grades in the shares that are laid down, such as factories over stars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from greenforms.check.asked import QUOTES, figures_asked, place_of, quoted
from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Gap, Judgement


@dataclass(frozen=True, slots=True)
class Proportions:
    """The figures of the answer to `question` stand to their sum as `shares` (in percent) to a hundred.

    No text says how parts of one are rounded, so each figure may lie less than one from its exact share.
    """

    name: ClassVar[str] = "proportions"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"off": (*QUOTES, "turn", "count", "total", "percent", "wanted")}

    question: str
    shares: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        """Refuse shares that do not make a whole."""
        if sum(self.shares) != 100:
            raise ValueError("参数“shares”各项之和应为 100")

    def operands(self) -> tuple[str, ...]:
        """None: people are asked, not papers."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge the latest answer."""
        answered = figures_asked(case, self.question, len(self.shares))
        if isinstance(answered, Gap):
            yield answered
            return
        given, found = answered
        total = sum(found, Decimal())
        exact = [total * share / 100 for share in self.shares]
        off = [turn for turn, (one, wanted) in enumerate(zip(found, exact, strict=True)) if abs(one - wanted) >= 1]
        for turn in off[:1]:
            shown = {"turn": str(turn + 1), "count": f"{found[turn]:f}", "total": f"{total:f}"}
            limits = {"percent": f"{self.shares[turn]:f}", "wanted": f"{exact[turn].normalize():f}"}
            yield Fault("off", (place_of(given),), {**quoted(given), **shown, **limits})
        if not off:
            yield FINE
