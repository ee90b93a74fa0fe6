"""One statement of a fact: who, what, which year, how much, and where the paper says so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

#: What stands for an explicit null.
NOT_APPLICABLE = "不适用"


@dataclass(frozen=True, slots=True)
class Fact:
    """A form-independent statement, with its place. Papers are compared by these.

    `value` is text or a Decimal in `unit`, None for an explicit 不适用; `printed` is the text on the paper. `item`
    names a part of the subject, such as one of its products; `application` the type of application it belongs to.
    """

    subject: str
    fact: str
    value: str | Decimal | None
    printed: str
    document: str
    label: str
    path: str
    period: str = ""
    unit: str | None = None
    #: Half a unit of the last digit printed, in `unit`; zero for what is no measured number.
    allowance: Decimal = Decimal(0)
    evidence: dict[str, Any] | None = None
    #: The value as the paper's data hold it, unit and all.
    held: Any = None
    item: str = ""
    application: str = ""
    #: Stated by a row of a list about somebody else, not by the subject's own paper.
    listed: bool = False

    @property
    def shown(self) -> str:
        """The statement as a person reads it, the unit behind a bare number."""
        if self.value is None:
            return NOT_APPLICABLE
        printed = " ".join(self.printed.split())
        bare = isinstance(self.value, Decimal) and printed[-1:].isdigit()
        return f"{printed}{self.unit}" if bare and self.unit else printed


def half_unit(number: Decimal) -> Decimal:
    """Half a unit of a number's last printed digit: 0.5·10⁻ᵈ with d decimals, 0.5 for a whole number."""
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Decimal(5).scaleb(-places - 1)
