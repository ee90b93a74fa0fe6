"""A person has answered a question that no paper answers, and answered it as the rule wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.days import shown_day
from greenforms.check.verdict import FINE, Fault, Gap, Judgement
from greenforms.finding import Place


@dataclass(frozen=True, slots=True)
class Answered:
    """The latest answer to `question` is one of `wanted`; without an answer nothing can be said."""

    name: ClassVar[str] = "answered"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"unwanted": ("question", "answer", "who", "when", "wanted")}

    question: str
    wanted: tuple[str, ...]

    def operands(self) -> tuple[str, ...]:
        """None: people are asked, not papers."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge the latest answer."""
        given = case.answer(self.question)
        if given is None:
            yield Gap("nobody-answered", {"question": self.question})
        elif given.answer in self.wanted:
            yield FINE
        else:
            said = {"question": self.question, "answer": given.answer, "who": given.who, "when": shown_day(given.when)}
            said["wanted"] = "、".join(self.wanted)
            yield Fault("unwanted", (Place("", "", self.question, given.answer),), said)
