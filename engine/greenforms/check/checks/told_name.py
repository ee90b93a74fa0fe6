"""A unit that running text introduces is the paper's own, and not one whose plan was copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.passages import compiled, passages
from greenforms.check.verdict import FINE, Fault, Judgement
from greenforms.fact.fold import fold_name


@dataclass(frozen=True, slots=True)
class ToldName:
    """Where a text whose label has one of `present` fits `pattern`, its group `name` is `stated`, or a part of it.

    `pattern` and `unless` are regular expressions; a text whose sentence fits `unless` is not judged.
    """

    name: ClassVar[str] = "told-name"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"differs": ("told", "name", "stated")}

    stated: str
    pattern: str
    present: tuple[str, ...]
    unless: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no regular expression, and a pattern that names nobody."""
        if "name" not in compiled(self.pattern).groupindex:
            raise ValueError("参数“pattern”里没有名为 name 的一组")
        for each in self.unless:
            compiled(each)

    def operands(self) -> tuple[str, ...]:
        """The name's field."""
        return (self.stated,)

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each unit introduced."""
        for passage in passages(case, self.pattern, self.unless):
            title = passage.spot.leaf.title if passage.spot.leaf else ""
            stated = [spot for spot in case.within(passage.spot, (self.stated,)) if isinstance(spot.value, str)]
            if not stated or not any(word in title for word in self.present):
                continue
            told = passage.found["name"]
            if any(fold_name(told) in fold_name(spot.value) for spot in stated):
                yield FINE
            else:
                said = {"told": told, "name": case.title(stated[0]), "stated": stated[0].value}
                yield Fault("differs", (passage.spot, *stated), said)
