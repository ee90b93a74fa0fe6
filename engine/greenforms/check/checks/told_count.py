"""A number of things that running text tells is the number of rows, such as 三个项目."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.passages import compiled, passages
from greenforms.check.verdict import FINE, Fault, Judgement
from greenforms.codec.numerals import read_numeral
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class ToldCount:
    """Where a text fits `pattern`, its group `count` is how many rows have a `rows` that is none of `totals`.

    `pattern` and `unless` are regular expressions; a text whose sentence fits `unless` is not judged.
    """

    name: ClassVar[str] = "told-count"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"differs": ("told", "name", "count")}

    rows: str
    pattern: str
    totals: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no regular expression, and a pattern that counts nothing."""
        if "count" not in compiled(self.pattern).groupindex:
            raise ValueError("参数“pattern”里没有名为 count 的一组")
        for each in self.unless:
            compiled(each)

    def operands(self) -> tuple[str, ...]:
        """The rows."""
        return (self.rows,)

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each number told."""
        for passage in passages(case, self.pattern, self.unless):
            rows = [
                spot
                for spot in case.within(passage.spot, (self.rows,))
                if not (isinstance(spot.value, str) and fold_label(spot.value) in self.totals)
            ]
            told = passage.found["count"]
            number = int(told) if told.isdecimal() else read_numeral(told)
            if rows and number is not None and number != len(rows):
                said = {"told": passage.found[0], "name": case.title(rows[0]), "count": str(len(rows))}
                yield Fault("differs", (passage.spot, *rows), said)
            elif rows:
                yield FINE
