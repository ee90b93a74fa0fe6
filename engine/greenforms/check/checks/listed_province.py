"""SF-05: what is recommended stands on the list of the level below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.pointers import same_row
from greenforms.check.sentence import shown
from greenforms.check.verdict import FINE, Fault, Judgement, Paper
from greenforms.form.tree import at


@dataclass(frozen=True, slots=True)
class ListedProvince:
    """`field` is `refused` (否) in no row; `subject` is the row's name, `demand` the rule in its own words."""

    name: ClassVar[str] = "listed-province"

    field: str
    subject: str
    refused: str
    demand: str

    def patterns(self) -> tuple[str, ...]:
        """The answer and the name."""
        return self.field, self.subject

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge each row that is answered; another answer than 是 or 否 is the value check's business."""
        for pointer, value in paper.spots(self.field):
            subject = same_row(self.subject, pointer)
            if value == self.refused:
                what = f"{shown(at(paper.data, subject))}填写的是“{self.refused}”，{self.demand}"
                yield Fault((pointer, subject), what, "请核对省级名单；未列入的请调整推荐名单或说明理由")
            else:
                yield FINE
