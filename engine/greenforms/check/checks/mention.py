"""A text must speak of certain subjects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.codec.blank import is_blank, is_null_sign
from greenforms_extractors.folding import without_space


@dataclass(frozen=True, slots=True)
class Mention:
    """For each of `topics` one of its words occurs in `field`; `together`: in all rows of a paper taken together."""

    name: ClassVar[str] = "mention"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"lacking": ("topics",)}

    field: str
    topics: Mapping[str, tuple[str, ...]]
    together: bool = False

    def operands(self) -> tuple[str, ...]:
        """The text."""
        return (self.field,)

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each text that is one; a mere sign for 不适用 is another check's business."""
        found: dict[int | str, list[Spot]] = defaultdict(list)
        for spot in case.spots(self.field):
            if isinstance(spot.value, str) and not is_blank(spot.value) and not is_null_sign(spot.value):
                found[id(spot.paper) if self.together else f"{id(spot.paper)}{spot.pointer}"].append(spot)
        for spots in found.values():
            yield self._judge(spots[0], without_space("\n".join(spot.value for spot in spots)))

    def _judge(self, spot: Spot, text: str) -> Judgement:
        lacking = [topic for topic, words in self.topics.items() if not any(word in text for word in words)]
        if not lacking:
            return FINE
        return Fault("lacking", (spot,), {"topics": "、".join(f"“{topic}”" for topic in lacking)})
