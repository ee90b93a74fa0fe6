"""The format codes of worksheet cells, taken apart sign by sign (ECMA-376 part 1, clauses 18.8.30 and 18.8.31).

No pattern is searched for twice, so that the time a code takes grows with its length and no faster.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

#: Excel takes no longer code.
_LONGEST = 255
#: Stands for a sign that is printed as it is, so that no digit, letter or mark in it counts.
_LITERAL = "\0"
_NOT_UNDERSTOOD = frozenset("#0?/@Ee")


@dataclass(frozen=True, slots=True)
class Places:
    """Where a number stands in its section: the signs around it, its own places and its percent signs."""

    before: str
    whole: str
    fraction: str
    behind: str
    percents: int


@dataclass(frozen=True)
class Section:
    """One of the parts for positive, negative and zero that semicolons part."""

    #: One sign for each printed sign: itself, or `_LITERAL` for one that means nothing.
    signs: str
    #: What each of them prints.
    printed: tuple[str, ...]
    #: Whether a time is shown that has passed ([h]:mm).
    elapsed: bool

    @cached_property
    def is_date(self) -> bool:
        """Whether it shows a date or a time."""
        lowered = self.signs.lower()
        dated = self.elapsed or any(char in "ymdhs" for char in lowered)
        return dated and "general" not in lowered and not any(char in "#0?" for char in lowered)

    @cached_property
    def date_letters(self) -> frozenset[str]:
        """Which of y m d h s are shown; an m behind hours or before seconds is minutes and does not count."""
        plain = self.signs.lower().replace("am/pm", "").replace("a/p", "")
        runs = [letter for letter, _ in groupby(char for char in plain if char in "ymdhs")]
        around = zip(runs, ["", *runs], [*runs[1:], ""], strict=False)
        return frozenset(run for run, last, following in around if run != "m" or (last != "h" and following != "s"))

    @cached_property
    def places(self) -> Places | None:
        """Where the number stands; None where the section shows none or something else than a plain number."""
        start, end = _run(self.signs)
        if start == end:
            return None
        rest = self.signs[:start] + self.signs[end:]
        scaled = self.signs[end : end + 1] == "," or (len(rest) > 1 and rest.endswith(","))
        if scaled or "General" in rest or not _NOT_UNDERSTOOD.isdisjoint(rest):
            return None
        whole, _, fraction = self.signs[start:end].partition(".")
        before, behind = "".join(self.printed[:start]), "".join(self.printed[end:])
        return Places(before, whole, fraction, behind, rest.count("%"))


def _run(signs: str) -> tuple[int, int]:
    """Where the places of the number begin and end: `#,##0.00`, `.00`; equal where there are none."""
    digit = next((place for place, char in enumerate(signs) if char in "#0?"), None)
    if digit is None:
        return 0, 0
    start = end = digit
    while start and signs[start - 1] in "#0?,":
        start -= 1
    if start == digit and signs[:start].endswith("."):
        return start - 1, _end(signs, digit, "#0?")
    end = _end(signs, digit, "#0?,")
    while signs[end - 1] == ",":
        end -= 1
    return start, _end(signs, end + 1, "#0?") if signs[end : end + 1] == "." else end


def _end(signs: str, place: int, wanted: str) -> int:
    while place < len(signs) and signs[place] in wanted:
        place += 1
    return place


@lru_cache(maxsize=4096)
def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a format code, at least one; of `General` for a code that is too long to be one."""
    reader = _Reader(code if len(code) <= _LONGEST else "General")
    while not reader.at_end:
        reader.step()
    return reader.finished()


class _Reader:
    def __init__(self, code: str) -> None:
        self._code = code
        self._at = 0
        self._done: list[Section] = []
        self._begin()

    @property
    def at_end(self) -> bool:
        return self._at >= len(self._code)

    def step(self) -> None:
        """Read the next sign with what belongs to it."""
        sign = self._code[self._at]
        if sign == '"':
            self._print(self._until('"'))
        elif sign == "[":
            self._bracket(self._until("]"))
        elif sign in "\\!":
            self._print(self._code[self._at + 1 : self._at + 2])
            self._at += 2
        elif sign in "_*":
            self._at += 2  # room as wide as the next sign, or filled with it
        else:
            self._at += 1
            if sign == ";":
                self._close()
            else:
                self._signs.append(sign)
                self._printed.append(sign)

    def finished(self) -> tuple[Section, ...]:
        self._close()
        return tuple(self._done)

    def _begin(self) -> None:
        self._signs: list[str] = []
        self._printed: list[str] = []
        self._elapsed = False

    def _close(self) -> None:
        self._done.append(Section("".join(self._signs), tuple(self._printed), self._elapsed))
        self._begin()

    def _until(self, closing: str) -> str:
        """What stands up to the closing sign, or up to the end where there is none."""
        end = self._code.find(closing, self._at + 1)
        end = len(self._code) if end < 0 else end
        inside, self._at = self._code[self._at + 1 : end], end + 1
        return inside

    def _bracket(self, inside: str) -> None:
        """A currency sign ([$¥-804]) is printed, an elapsed time ([h]) noted; colours and conditions print nothing."""
        if inside.startswith("$"):
            self._print(inside[1:].partition("-")[0])
        elif inside and inside.lower().strip(inside[0].lower()) == "" and inside[0].lower() in "hms":
            self._elapsed = True

    def _print(self, text: str) -> None:
        self._signs.append(_LITERAL * len(text))
        self._printed.extend(text)
