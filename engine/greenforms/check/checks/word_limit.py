"""SF-59: a text keeps within the number of 字 the form asks for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Paper
from greenforms.codec.blank import is_blank
from greenforms.codec.words import count_words
from greenforms.form.tree import at


@dataclass(frozen=True, slots=True)
class WordLimit:
    """`field` has `least` to `most` 字; `most_by` gives the maximum for each value of the field `by`."""

    name: ClassVar[str] = "word-limit"

    field: str
    least: int | None = None
    most: int | None = None
    by: str | None = None
    most_by: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse limits that depend on nothing."""
        if bool(self.by) != bool(self.most_by):
            raise ValueError("参数“by”和“most_by”应同时给出")

    def patterns(self) -> tuple[str, ...]:
        """The text, and the field its limit depends on."""
        return (self.field, *([self.by] if self.by else []))

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge each text; nothing is ever cut."""
        for pointer, value in paper.spots(self.field):
            most, because = self._most(paper)
            if not isinstance(value, str) or is_blank(value):
                continue
            if self.by and most is None:
                yield Gap(f"没有填写“{paper.title(self.by)}”，不知道{paper.phrase(pointer)}的字数要求")
            else:
                yield self._judge(pointer, count_words(value), most, because)

    def _most(self, paper: Paper) -> tuple[int | None, str]:
        if self.by is None:
            return self.most, ""
        kind = at(paper.data, self.by)
        return (self.most_by.get(kind), f"{kind}的") if isinstance(kind, str) else (None, "")

    def _judge(self, pointer: str, count: int, most: int | None, because: str) -> Judgement:
        if most is not None and count > most:
            what = f"现有{count}字（不计空格），{because}要求{most}字以内，超出{count - most}字"
            return Fault((pointer,), what, f"请压缩文字，至少减少{count - most}字")
        if self.least is not None and count < self.least:
            what = f"现有{count}字（不计空格），要求不少于{self.least}字，还差{self.least - count}字"
            return Fault((pointer,), what, f"请补充内容，至少增加{self.least - count}字")
        return FINE
