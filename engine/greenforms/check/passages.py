"""Running text taken apart: its sentences and clauses, and the years named in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from greenforms.check.case import Case
from greenforms.check.verdict import Spot
from greenforms.codec.paragraphs import Paragraphs

#: A comma between figures parts no clauses.
_CLAUSE = re.compile(r"(?:[^，,。；;！!？?\n]|(?<=[0-9]),(?=[0-9]))+")
_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=\s*年)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A running text with a place in it: what was found, its clause, and what stands before and behind."""

    spot: Spot
    found: re.Match[str]

    @property
    def text(self) -> str:
        """The whole text."""
        return self.found.string

    @property
    def before(self) -> str:
        """What stands before it in its sentence."""
        ends = [each.end() for each in _SENTENCE_END.finditer(self.text, 0, self.found.start())]
        return self.text[ends[-1] if ends else 0 : self.found.start()]

    @property
    def behind(self) -> str:
        """What stands behind it in its sentence."""
        end = _SENTENCE_END.search(self.text, self.found.end())
        return self.text[self.found.end() : end.start() if end else None]

    @property
    def clause(self) -> str:
        """What stands before it in its clause."""
        return next(
            (each[0] for each in reversed(list(_CLAUSE.finditer(self.before))) if each.end() == len(self.before)), ""
        )

    @property
    def sentence(self) -> str:
        """Its sentence."""
        return f"{self.before}{self.found[0]}{self.behind}"

    @property
    def year(self) -> str:
        """The year named last before it, in its sentence or else in the text; "" where none is."""
        years = [each[0] for each in _YEAR.finditer(self.text, 0, self.found.start())]
        return years[-1] if years else ""


def passages(case: Case, pattern: str, unless: Sequence[str] = (), fields: Sequence[str] = ()) -> Iterator[Passage]:
    """Every place of the papers' running texts, or of `fields`, that a regular expression fits.

    Not where one of `unless` fits the sentence.
    """
    expression, barred = compiled(pattern), [compiled(each) for each in unless]
    for spot in case.spots(*fields) if fields else _running(case, expression):
        if isinstance(spot.value, str):
            for found in expression.finditer(spot.value):
                passage = Passage(spot, found)
                if not any(each.search(passage.sentence) for each in barred):
                    yield passage


def _running(case: Case, expression: re.Pattern[str]) -> Iterator[Spot]:
    """The running texts that an expression fits: most rules find nothing in most of them."""
    for paper in case.papers:
        for each in paper.running_texts:
            if isinstance(each.leaf.codec, Paragraphs) and expression.search(each.value):
                yield Spot(paper, each.pointer, each.value, each.leaf)


def clauses(text: str) -> Iterator[str]:
    """The clauses of a text."""
    yield from (found[0].strip() for found in _CLAUSE.finditer(text))


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression. Raises ValueError with a clause that says what is wrong."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"“{pattern}”不是正则表达式") from error
