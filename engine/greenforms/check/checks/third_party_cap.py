"""SF-12: no third party evaluates more projects of a batch than it may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.verdict import FINE, Fault, Judgement, Paper
from greenforms.codec.blank import is_blank, is_null_sign
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class ThirdPartyCap:
    """A name occurs in all `fields` together at most `most` times.

    The rule counts by legal person, the form gives names only, so firms of one legal person cannot be told here.
    """

    name: ClassVar[str] = "third-party-cap"

    fields: tuple[str, ...]
    most: int

    def patterns(self) -> tuple[str, ...]:
        """The columns of names."""
        return self.fields

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge each name."""
        projects: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for pattern in self.fields:
            for pointer, name in paper.spots(pattern):
                if isinstance(name, str) and not is_blank(name) and not is_null_sign(name):
                    projects[fold_label(name)].append((pointer, name))
        for places in projects.values():
            yield self._judge(places) if len(places) > self.most else FINE

    def _judge(self, places: list[tuple[str, str]]) -> Fault:
        over = len(places) - self.most
        what = f"“{places[0][1].strip()}”在本表共{len(places)}项，不得超过{self.most}项，超出{over}项"
        pointers = tuple(pointer for pointer, _ in (*places[self.most :], *places[: self.most]))
        return Fault(pointers, what, f"请调整推荐名单，至少减少{over}项")
