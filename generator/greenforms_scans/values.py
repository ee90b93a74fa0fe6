"""Made-up values by codec, unit and bounds, where the vocabulary has no fact to go by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from greenforms.codec.region import places
from greenforms.form.tree import Leaf
from greenforms_scans import names
from greenforms_scans.figures import of_unit
from greenforms_scans.pools import drawn, pool
from greenforms_scans.prose import Writer, pools_for
from greenforms_scans.subject import Subject

_PERCENT = "%"
#: So often a text is drawn until it is as long as its field allows.
_DRAFTS = 40


@dataclass(frozen=True, slots=True)
class Span:
    """The days from which the dates of a paper are drawn."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A field to be filled: its own randomness, the subject it is about, the year that texts speak of.

    `row` is its place in a list, from 0, and `order` randomness that the list's rows have in common.
    """

    leaf: Leaf
    rng: Random
    subject: Subject
    year: int
    span: Span
    row: int
    order: Random

    @property
    def codec(self) -> Any:
        """The field's codec, with the options of its kind."""
        return self.leaf.codec

    @property
    def writer(self) -> Writer:
        """Who writes its texts."""
        return Writer(self.rng, self.year, self.subject.words)

    @property
    def pools(self) -> list[str]:
        """The pools its text is drawn from."""
        kind = "paragraphs" if self.codec.name == "paragraphs" else "lines"
        return pools_for(kind, self.leaf.title, self.leaf.description, park=self.subject.is_park)


def value_of(asked: Asked) -> Any:
    """A value that the field's codec takes. Raises LookupError for a codec that nothing can be made up for."""
    maker = _BY_CODEC.get(asked.codec.name)
    if maker is None:
        raise LookupError(f"nothing is made up for the codec {asked.codec.name}")
    return maker(asked)


def _line(asked: Asked) -> str:
    """Different lines in the rows of one list, as long as there are enough."""
    lines = [line for name in asked.pools for line in _lines(name, asked.subject)]
    lines = asked.order.sample(lines, len(lines))
    turn = asked.rng.randrange(len(lines)) if asked.row < 0 else asked.row
    return _fitting(asked, lambda draft: asked.writer.filled(lines[(turn + draft) % len(lines)]))


def _lines(name: str, subject: Subject) -> list[str]:
    return list(subject.unit.trade["products"] if name == "products" else pool(name))


def _paragraphs(asked: Asked) -> str:
    return _fitting(asked, lambda _: asked.writer.text(asked.pools))


def _fitting(asked: Asked, text: Callable[[int], str]) -> str:
    """The first of several drafts that keeps to the field's bounds, else the last, cut off."""
    least, most = asked.leaf.bounds.least or 0, asked.leaf.bounds.most
    for number in range(_DRAFTS):
        draft = text(number)
        if least <= len(draft) and (most is None or len(draft) <= most):
            return draft
    return draft[: int(most)] if most is not None else draft


def _figure(asked: Asked, unit: str | None = None) -> Decimal:
    said = unit if unit is not None else asked.leaf.unit or ""
    return of_unit(asked.rng, said, asked.leaf.bounds, getattr(asked.codec, "decimals", None))


def _day(asked: Asked) -> str:
    found = asked.span.first + timedelta(days=asked.rng.randint(0, (asked.span.last - asked.span.first).days))
    return found.isoformat()[: {"day": 10, "month": 7, "year": 4}[asked.codec.precision]]


def _region(asked: Asked) -> str:
    own, province = asked.subject.unit.place, asked.codec.province
    if province in (None, own.province):
        return own.name
    return asked.rng.choice([place.name for place in places() if place.province == province and place.tel])


def _phone(asked: Asked) -> str:
    maker = names.landline if asked.codec.kind == "fax" else names.phone
    return maker(asked.rng, asked.subject.unit.place)


def _pictures(asked: Asked) -> list[dict[str, str]]:
    wanted = int(asked.leaf.bounds.least or 1)
    known = asked.order.sample(pool("pictures"), len(pool("pictures")))
    start = max(asked.row, 0) * wanted
    return [
        {
            "file": f"pictures/{known[number % len(known)]['file']}.png",
            "caption": f"图{number + 1}　{known[number % len(known)]['caption']}",
        }
        for number in range(start, start + wanted)
    ]


_BY_CODEC: Mapping[str, Callable[[Asked], Any]] = {
    "text": _line,
    "paragraphs": _paragraphs,
    "number": _figure,
    "percentage": lambda asked: _figure(asked, _PERCENT),
    "integer": lambda asked: int(of_unit(asked.rng, asked.leaf.unit or "", asked.leaf.bounds, 0)),
    "quantity": lambda asked: {"value": _figure(asked), "unit": asked.leaf.unit or asked.subject.unit.trade["unit"]},
    "date": _day,
    "year": lambda asked: asked.span.last.year - asked.rng.randint(0, 2),
    "choice": lambda asked: asked.rng.choice(asked.codec.choices),
    "uscc": lambda asked: names.credit_code(asked.rng),
    "orgcode": lambda asked: names.organisation_code(asked.rng),
    "phone": _phone,
    "email": lambda asked: names.email(asked.rng),
    "region": _region,
    "industry": lambda asked: drawn(asked.rng, "trades")["industry"],
    "pictures": _pictures,
}
