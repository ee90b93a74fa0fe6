"""Made-up units, persons, addresses and codes."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from greenforms.codec import make
from greenforms.codec.orgcode import check_character
from greenforms.codec.region import Place, places
from greenforms_scans.pools import drawn

_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_MOBILES = ("138", "139", "135", "150", "158", "186", "188", "177", "189", "199")


@dataclass(frozen=True, slots=True)
class Unit:
    """A made-up company or park."""

    name: str
    place: Place
    trade: dict[str, Any]

    @property
    def province(self) -> str:
        """The full name of its province."""
        return next(place.name for place in places() if place.id == self.place.province)


def city(rng: Random, province: str) -> Place:
    """A city or league of a province with an area code."""
    return rng.choice([place for place in places() if place.province == province and place.tel])


def company(rng: Random, place: Place) -> Unit:
    """A company named after its place, a fancy word and its trade."""
    trade = drawn(rng, "trades")
    province = next(known.short for known in places() if known.id == place.province)
    where = rng.choice((place.short, place.name, province, province))
    word = drawn(rng, "roots") + trade["word"]
    ending = drawn(rng, "company_endings")
    name = f"{word}（{place.short}）{ending}" if rng.random() < 0.1 and "（" not in ending else f"{where}{word}{ending}"
    return Unit(name, place, trade)


def park(rng: Random, place: Place) -> Unit:
    """A park named after its place."""
    ending = drawn(rng, "park_endings")
    return Unit(f"{place.short}{drawn(rng, 'roots')}{ending}", place, drawn(rng, "trades"))


def person(rng: Random) -> str:
    """A name; every third has a rare character, and a Mongolian one is met now and then."""
    kind = rng.random()
    if kind < 0.08:
        return str(drawn(rng, "mongolian"))
    surname = drawn(rng, "rare_surnames" if kind < 0.25 else "surnames")
    return f"{surname}{drawn(rng, 'rare_given' if rng.random() < 0.35 else 'given')}"


def address(rng: Random, unit: Unit) -> str:
    """A postal address in the unit's city."""
    where = rng.choice((drawn(rng, "districts"), ""))
    number = f"{rng.randint(1, 888)}号" + rng.choice(("", "", f"{rng.randint(1, 9)}号楼{rng.randint(201, 1602)}室"))
    return f"{unit.province}{unit.place.name}{where}{drawn(rng, 'estates')}{drawn(rng, 'streets')}{number}"


def organisation_code(rng: Random) -> str:
    """Nine characters with the right check character."""
    lead = "MA0" if rng.random() < 0.5 else "".join(rng.choices("1234567", k=3))
    rest = rng.choices(_CODE_SIGNS if lead == "MA0" else "0123456789", k=8 - len(lead))
    body = lead + "".join(rest)
    return body + check_character(body)


def credit_code(rng: Random) -> str:
    """Eighteen characters of a company, with both check characters right."""
    from stdnum.cn import uscc

    division = f"{rng.choice((11, 13, 15, 36, 44))}{rng.randint(1, 12):02}{rng.randint(0, 29):02}"
    body = f"91{division}{organisation_code(rng)}"
    return f"{body}{uscc.calc_check_digit(body)}"


def landline(rng: Random, place: Place) -> str:
    """A number of the place's exchange, sometimes with an extension."""
    while True:
        subscriber = rng.choice("345678") + "".join(rng.choices("0123456789", k=place.digits - 1))
        number = f"{place.tel}-{subscriber}" + (f"转{rng.randint(10, 8099)}" if rng.random() < 0.1 else "")
        if not make("phone").check(number):
            return number


def phone(rng: Random, place: Place) -> str:
    """A mobile number, a landline or both."""
    mobile = rng.choice(_MOBILES) + "".join(rng.choices("0123456789", k=8))
    kind = rng.random()
    if kind < 0.45:
        return mobile
    return landline(rng, place) if kind < 0.9 else f"{landline(rng, place)}、{mobile}"


def email(rng: Random) -> str:
    """An address under a domain that belongs to nobody."""
    return f"{drawn(rng, 'accounts')}{rng.choice(('', '', rng.randint(1, 2026)))}@{drawn(rng, 'hosts')}"
