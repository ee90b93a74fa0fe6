"""A date that running text tells is the one in its field, such as 成立于2017年4月."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.days import first_day, shown_date
from greenforms.check.passages import compiled, passages
from greenforms.check.verdict import FINE, Fault, Gap, Judgement

_DATE = r"(?P<year>(?:19|20)[0-9]{2})年(?:(?P<month>[0-9]{1,2})月)?(?:(?P<day>[0-9]{1,2})日)?"


@dataclass(frozen=True, slots=True)
class ToldDate:
    """Where a text has one of `words` before or behind a date, `stated` is that date as far as both are exact.

    `before`, `behind` and `unless` are regular expressions; a text whose sentence fits `unless` is not judged.
    """

    name: ClassVar[str] = "told-date"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"differs": ("told", "name", "stated")}

    stated: str
    before: str
    behind: str
    unless: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no regular expression."""
        for each in (self.before, self.behind, *self.unless):
            compiled(each)

    def operands(self) -> tuple[str, ...]:
        """The date's field."""
        return (self.stated,)

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each date told."""
        pattern = f"(?:{self.before}){_DATE}|{_named(_DATE)}(?:{self.behind})"
        for passage in passages(case, pattern, self.unless):
            groups = passage.found.groupdict()
            parts = [groups[name] or groups[f"{name}_"] for name in ("year", "month", "day")]
            told = "-".join(part.zfill(2) for part in parts if part)
            for spot in case.within(passage.spot, (self.stated,)):
                stated = spot.value
                if not isinstance(stated, str) or first_day(stated) is None:
                    yield Gap("not-a-date", {"field": case.phrase(spot)})
                elif told.startswith(stated) or stated.startswith(told):
                    yield FINE
                else:
                    said = {"told": passage.found[0], "name": case.title(spot), "stated": shown_date(stated)}
                    yield Fault("differs", (passage.spot, spot), said)


def _named(pattern: str) -> str:
    """The same pattern under other names of groups."""
    return pattern.replace("<year>", "<year_>").replace("<month>", "<month_>").replace("<day>", "<day_>")
