"""Made-up running text: sentences from templates, each with figures of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from random import Random

from scans.figures import figure, part_of, percentage
from scans.pools import drawn, pool

_NUMERALS = "一二三四五六七八九"

_DRAWS: dict[str, Callable[[Random], object]] = {
    "few": lambda rng: rng.randint(2, 36),
    "people": lambda rng: rng.randint(38, 2980),
    "area": lambda rng: rng.randint(120, 9000) * 100,
    "big": lambda rng: rng.randint(1050, 98600),
    "money": lambda rng: figure(rng, "320", "45000", rng.choice((0, 0, 1, 2))),
    "small": lambda rng: figure(rng, "0.05", "9.99", 2),
    "medium": lambda rng: figure(rng, "3", "480", rng.choice((0, 1, 1, 2))),
    "ratio": lambda rng: figure(rng, "0.08", "9.95", rng.choice((1, 2, 3))),
    "pct": lambda rng: percentage(rng),
    "high": lambda rng: percentage(rng, 82, 99),
    "drop": lambda rng: percentage(rng, 2, 46),
    "temperature": lambda rng: rng.randint(38, 640),
    "standard": lambda rng: rng.randint(13223, 31574),
    "m1": lambda rng: rng.randint(3, 6),
    "m2": lambda rng: rng.randint(7, 10),
    "honour": lambda rng: "先后获评" + "、".join(rng.sample(pool("honours"), 2)),
    "honour_name": lambda rng: drawn(rng, "honours"),
}


class Writer:
    """Writes texts about one subject. `facts` are its own words: unit, city, product, founded and the year."""

    def __init__(self, rng: Random, year: int, facts: Mapping[str, str]) -> None:
        self._rng = rng
        years = {"before": year - 3, "year": year, "next": year + 1, "after": year + 2}
        self._facts: dict[str, object] = {**facts, **years}
        self._from: object = 0

    def filled(self, template: str) -> str:
        """A template with every name in braces drawn anew; {to_x} is somewhat less than the {from_x} before it."""
        return "".join(self._parts(template))

    def sentences(self, name: str, count: int) -> list[str]:
        """So many different sentences of a pool, in its order."""
        templates = pool(name)
        chosen = sorted(self._rng.sample(range(len(templates)), min(count, len(templates))))
        return [self.filled(templates[number]) for number in chosen]

    def paragraphs(self, name: str, least: int, most: int) -> str:
        """A text of one sentence to a paragraph, now and then two."""
        lines: list[str] = []
        for sentence in self.sentences(name, self._rng.randint(least, most)):
            if lines and self._rng.random() < 0.3:
                lines[-1] += sentence
            else:
                lines.append(sentence)
        return "\n".join(lines)

    def numbered(self, name: str, least: int, most: int, opening: str = "") -> str:
        """A text of numbered paragraphs: （一）…… （二）……"""
        found = self.sentences(name, self._rng.randint(least, most))
        lines = [f"（{_NUMERALS[number]}）{sentence}" for number, sentence in enumerate(found)]
        return "\n".join([opening, *lines] if opening else lines)

    def within(self, name: str, least: int, most: int) -> str:
        """A text of two paragraphs that has between so many characters, as a word limit counts them."""
        while True:
            found = self.sentences(name, 7)
            self._rng.shuffle(found)
            text = ""
            for sentence in found:
                if len(text) + len(sentence) <= most:
                    text += "\n" * (len(text) > least / 2 and "\n" not in text) + sentence
            if len(text) >= least:
                return text

    def _parts(self, template: str) -> Iterator[str]:
        for number, part in enumerate(template.replace("}", "{").split("{")):
            if number % 2 == 0:
                yield part
            elif part.startswith("from_"):
                self._from = _DRAWS[part.removeprefix("from_")](self._rng)
                yield str(self._from)
            elif part.startswith("to_"):
                yield str(part_of(self._rng, Decimal(str(self._from)), 55, 92))
            else:
                yield str(self._facts[part] if part in self._facts else _DRAWS[part](self._rng))
