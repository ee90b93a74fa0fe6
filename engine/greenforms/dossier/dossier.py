"""What rules run over: papers, what people answered, the files that are no papers, and the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from greenforms.dossier.about import About
from greenforms.dossier.copies import Copies
from greenforms.dossier.given import GivenList
from greenforms.dossier.paper import Paper
from greenforms.errors import Fault
from greenforms.fact.statement import Fact
from greenforms.form.library import Library

#: What two statements about the same thing share, besides the fact.
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered to a question that no paper does, and when."""

    question: str
    answer: str
    who: str
    when: date


UNREAD_WORDS: Mapping[str, str] = {"unreadable": "没有读成", "unrecognised": "暂不能识别"}


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is no paper of ours, why, and what to do: one that cannot be read, or is none of our forms.

    `fault` is set where the reason is a bug of ours.
    """

    file: str
    message: str
    kind: Literal["unreadable", "unrecognised"] = "unreadable"
    act: str = ""
    fault: Fault | None = None


@dataclass(frozen=True, eq=False)
class Dossier:
    """The papers that are checked together; one data set is a dossier of one. `day` is the day the verdict is for.

    `lists` are those that somebody handed in, of units on a published list and the like.
    """

    library: Library
    papers: tuple[Paper, ...]
    day: date | None = None
    answers: tuple[Answer, ...] = ()
    unread: tuple[Unread, ...] = ()
    copies: Copies = field(default_factory=Copies)
    lists: tuple[GivenList, ...] = ()

    @cached_property
    def about(self) -> About:
        """Whom the papers are about, and what they say of the same things."""
        return About(self.papers, self.library.vocabulary)

    @cached_property
    def statements(self) -> Mapping[tuple[str, Key], list[Fact]]:
        """Everything stated, by fact and by what it is said of."""
        found: dict[tuple[str, Key], list[Fact]] = defaultdict(list)
        for paper in self.papers:
            for fact in paper.facts:
                found[fact.fact, self.key(fact)].append(fact)
        return found

    def key(self, fact: Fact) -> Key:
        """What a statement is about: subject, part, year and boundary."""
        return self.about.key(fact), fact.item, fact.period, fact.boundary
