"""What people answered to a question that no paper answers, as checks look at it: texts, figures, days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from greenforms.check.case import Case
from greenforms.check.days import day_of, shown_day
from greenforms.check.verdict import Gap
from greenforms.dossier.dossier import Answer
from greenforms.finding import Place
from greenforms_extractors.folding import fold_prose

_PARTS = re.compile(r"[、；;\n]")
_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DAY = re.compile(r"([0-9]{4})\s*[-年./]\s*([0-9]{1,2})\s*[-月./]\s*([0-9]{1,2})")
#: What every message about an answer may quote.
QUOTES = ("question", "answer", "who", "when")


def asked(case: Case, question: str) -> Answer | Gap:
    """The latest answer to a question, or that nobody has answered it."""
    return case.answer(question) or Gap("nobody-answered", {"question": question})


def place_of(given: Answer) -> Place:
    """Where an answer stands: in no paper, under its question."""
    return Place("", "", given.question, given.answer)


def quoted(given: Answer) -> dict[str, str]:
    """An answer as messages quote it."""
    return {
        "question": given.question,
        "answer": given.answer,
        "who": given.who,
        "when": shown_day(given.when),
    }


def parts(given: Answer) -> tuple[str, ...]:
    """What an answer lists, between 、 or semicolons."""
    return tuple(each.strip() for each in _PARTS.split(fold_prose(given.answer)) if each.strip())


def figures(given: Answer) -> tuple[Decimal, ...] | None:
    """The figure of each part of an answer; None where a part has none, or more than one."""
    found = [_FIGURE.findall(each) for each in parts(given)]
    if not found or any(len(each) != 1 for each in found):
        return None
    return tuple(Decimal(each[0]) for each in found)


def figures_asked(case: Case, question: str, count: int) -> tuple[Answer, tuple[Decimal, ...]] | Gap:
    """The latest answer to a question with its figures; a gap where nobody answered, or not with so many figures."""
    given = asked(case, question)
    if isinstance(given, Gap):
        return given
    found = figures(given)
    if found is None or len(found) != count:
        return Gap("not-figures", {"question": question, "answer": given.answer, "count": str(count)})
    return given, found


def days(given: Answer) -> Iterator[date]:
    """The days that an answer names in full."""
    for year, month, day in _DAY.findall(fold_prose(given.answer)):
        if (found := day_of(f"{year}-{int(month):02d}-{int(day):02d}")) is not None:
            yield found
