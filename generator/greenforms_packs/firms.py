"""Firms and those who evaluate them, with what all their papers say alike."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from greenforms_packs.plans import money
from greenforms_scans import names
from greenforms_scans.names import Unit


class Firm:
    """A firm as its papers of one year tell it; `data` is the year of its figures."""

    def __init__(self, rng: Random, unit: Unit, year: int) -> None:
        self.unit, self.data = unit, year - 1
        self.address = names.address(rng, unit)
        self.uscc = names.credit_code(rng)
        self.founded = f"{rng.randint(1995, year - 6)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        self.legal, self.contact = names.person(rng), names.person(rng)
        self.legal_phone, self.phone = (names.phone(rng, unit.place) for _ in range(2))
        self.email = names.email(rng)
        self.product = rng.choice(unit.trade["products"])
        self.output_value = money(rng, 9000, 900000)
        self.energy = Decimal(rng.randint(30000, 900000)) / 10
        self.solid = money(rng, 80, 100)

    @property
    def fields(self) -> dict[str, str]:
        """What a report's table says of the firm."""
        return {
            "address": self.address,
            "ownership": "民营",
            "uscc": self.uscc,
            "legal": self.legal,
            "department": "绿色发展办公室",
            "contact": self.contact,
            "phone": self.phone,
            "email": self.email,
        }


class Evaluator:
    """A third party that evaluates."""

    def __init__(self, rng: Random, name: str) -> None:
        place = names.city(rng, "nmg")
        self.name, self.legal, self.author, self.contact = name, *(names.person(rng) for _ in range(3))
        self.address = f"{place.name}学府路{rng.randint(1, 200)}号"
        self.phones = [names.phone(rng, place) for _ in range(4)]

    @property
    def fields(self) -> dict[str, str]:
        """What a report's table says of the third party."""
        return {
            "name": self.name,
            "address": self.address,
            "legal": self.legal,
            "legal_phone": self.phones[0],
            "contact": self.contact,
            "contact_phone": self.phones[1],
            "author": self.author,
            "author_phone": self.phones[2],
        }
