"""Made-up running text: sentences from templates, each with figures of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from random import Random

from greenforms_scans.figures import figure, part_of, percentage
from greenforms_scans.pools import drawn, pool

_NUMERALS = "一二三四五六七八九"
#: How often the paragraphs of a text are numbered, how often a sentence goes on in its paragraph; most sentences.
_NUMBERED, _RUNNING_ON, _MOST = 0.4, 0.3, 7

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

    def text(self, names: Sequence[str]) -> str:
        """Some sentences of each pool, in its order; a sentence to a paragraph, now and then two, or all numbered."""
        sentences = [self.filled(template) for name in names for template in self._some(pool(name))]
        if len(names) == 1 and len(sentences) > 1 and self._rng.random() < _NUMBERED:
            return "\n".join(f"（{_NUMERALS[number]}）{each}" for number, each in enumerate(sentences))
        lines: list[str] = []
        for sentence in sentences:
            if lines and self._rng.random() < _RUNNING_ON:
                lines[-1] += sentence
            else:
                lines.append(sentence)
        return "\n".join(lines)

    def _some(self, templates: Sequence[str]) -> list[str]:
        count = self._rng.randint(1, min(_MOST, len(templates)))
        return [templates[number] for number in sorted(self._rng.sample(range(len(templates)), count))]

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


def pools_for(kind: str, label: str, asked: str, *, park: bool) -> list[str]:
    """The pools for a text by the words of its label, else of what the form asks for; `kind` is lines or paragraphs."""
    topics = pool(kind)
    for said in (label, asked):
        for topic in topics:
            if any(word in said for word in topic["words"]):
                return list(topic.get("park", topic["pools"]) if park else topic["pools"])
    return list(topics[-1]["pools"])
