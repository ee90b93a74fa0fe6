"""SF-36: 不适用 is said in one way, and no sign or 详见附件 stands where something must be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.verdict import FINE, Fault, Judgement, Paper
from greenforms.codec.blank import is_null_sign
from greenforms.form.tree import Value, values
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class MixedEmptySigns:
    """No text is a mere sign for 不适用 or one of `elsewhere` (详见附件); what may be 不适用 is null instead."""

    name: ClassVar[str] = "mixed-empty-signs"

    elsewhere: tuple[str, ...]

    def patterns(self) -> tuple[str, ...]:
        """None: every text of the form is looked at."""
        return ()

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge each free text of the form; other fields refuse a sign as a wrong value."""
        for value in values(paper.root, paper.data):
            if isinstance(value.value, str) and value.leaf.codec.free_text:
                yield self._judge(value, value.value.strip())

    def _judge(self, value: Value, text: str) -> Judgement:
        if fold_label(text) in self.elsewhere:
            return Fault((value.pointer,), f"用“{text}”代替了内容", "请在本栏填写内容，附件只作证明")
        if not text or not is_null_sign(text):
            return FINE
        if value.leaf.nullable:
            what = f"填写的是“{text}”，与本表不适用时的写法“{value.leaf.empty}”混用"
            return Fault((value.pointer,), what, "请改填空值（null），打印时统一写作不适用的符号")
        return Fault((value.pointer,), f"填写的是“{text}”，此项必须有内容", "请填写实际内容")
