"""Words that a text should not hold, such as 失信 in 备注 or a telephone number that nobody has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.passages import clauses, compiled
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.codec import CODECS


@dataclass(frozen=True, slots=True)
class Words:
    """No clause of a text fits one of `words` unless it also fits one of `unless`; all are regular expressions.

    Looked at are the fields whose label is one of `titled`, or which have one of `codecs`.
    """

    name: ClassVar[str] = "words"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"found": ("word", "clause")}

    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    titled: tuple[str, ...] = ()
    codecs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no regular expression or codec, and a rule that looks at nothing."""
        for each in (*self.words, *self.unless):
            compiled(each)
        if bool(self.titled) == bool(self.codecs):
            raise ValueError("参数“titled”和“codecs”应给出其中一个")
        if strange := [name for name in self.codecs if name not in CODECS]:
            raise ValueError(f"参数“codecs”里没有这种编解码器：{'、'.join(strange)}")

    def operands(self) -> tuple[str, ...]:
        """None: fields are found by their labels or codecs."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each text."""
        kinds = tuple(CODECS[name] for name in self.codecs)
        for paper in case.papers:
            for value in paper.values:
                is_meant = value.leaf.title in self.titled or isinstance(value.leaf.codec, kinds)
                if isinstance(value.value, str) and is_meant:
                    yield from self._judge(Spot(paper, value.pointer, value.value, value.leaf))

    def _judge(self, spot: Spot) -> Iterator[Judgement]:
        clean = True
        for clause in clauses(spot.value):
            found = next((match[0] for word in self.words if (match := compiled(word).search(clause))), None)
            if found is not None and not any(compiled(each).search(clause) for each in self.unless):
                clean = False
                yield Fault("found", (spot,), {"word": found, "clause": clause})
        if clean:
            yield FINE
