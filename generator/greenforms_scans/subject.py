"""Whom a paper or a row of a list is about, and the facts of the vocabulary that are made up about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from greenforms_scans import names
from greenforms_scans.figures import figure
from greenforms_scans.names import Unit
from greenforms_scans.pools import drawn, pool


@dataclass(frozen=True, slots=True)
class Subject:
    """A made-up company, or park, with what running text says of it."""

    unit: Unit
    is_park: bool
    founded: str

    @property
    def words(self) -> Mapping[str, str]:
        """The names in braces of sentence templates."""
        year, month, *_ = (*self.founded.split("-"), "1")
        return {
            "unit": self.unit.name,
            "city": self.unit.place.name,
            "product": self.unit.trade["products"][0],
            "founded": f"{year}年{int(month)}月",
        }


def is_park(kind: str) -> bool:
    """Whether a kind of unit that is applied for is a park."""
    return any(word in kind for word in pool("park_words"))


def founded(rng: Random) -> str:
    """A month or a day on which a unit was founded."""
    month = f"{rng.randint(1988, 2021)}-{rng.randint(1, 12):02}"
    return rng.choice((month, f"{month}-{rng.randint(1, 28):02}"))


def _capacity(rng: Random, subject: Subject) -> dict[str, Any]:
    return {"value": _amount(rng), "unit": f"{subject.unit.trade['unit']}/年"}


def _output(rng: Random, subject: Subject) -> dict[str, Any]:
    return {"value": _amount(rng), "unit": subject.unit.trade["unit"]}


def _amount(rng: Random) -> Decimal:
    return figure(rng, "12", "98000", rng.choice((0, 0, 1, 2)))


#: Facts by their id in the vocabulary: what is made up of a subject.
FACTS: Mapping[str, Callable[[Random, Subject], Any]] = {
    "unit.name": lambda rng, subject: subject.unit.name,
    "unit.region": lambda rng, subject: subject.unit.place.name,
    "unit.industry": lambda rng, subject: subject.unit.trade["industry"],
    "unit.founded": lambda rng, subject: subject.founded,
    "unit.address": lambda rng, subject: names.address(rng, subject.unit),
    "unit.ownership": lambda rng, subject: drawn(rng, "ownerships"),
    "unit.head": lambda rng, subject: names.person(rng),
    "unit.head_phone": lambda rng, subject: names.phone(rng, subject.unit.place),
    "unit.fax": lambda rng, subject: names.landline(rng, subject.unit.place),
    "contact.name": lambda rng, subject: names.person(rng),
    "contact.phone": lambda rng, subject: names.phone(rng, subject.unit.place),
    "third_party.name": lambda rng, subject: drawn(rng, "third_parties"),
    "park.type": lambda rng, subject: drawn(rng, "park_types"),
    "park.leading_industries": lambda rng, subject: "、".join(rng.sample(pool("leading"), rng.randint(2, 4))),
    "product.capacity": _capacity,
    "product.output": _output,
}

#: Facts that follow from the subject itself: to draw them again is to draw another subject.
OF_THE_UNIT = frozenset({"unit.name", "unit.region", "unit.industry", "unit.founded"})
