"""One statement of a fact: who, what, which year, how much, and where the paper says so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from greenforms_extractors.origin import Origin

#: What stands for an explicit null.
NOT_APPLICABLE = "不适用"


@dataclass(frozen=True, slots=True)
class Fact:
    """A form-independent statement, with its place. Papers are compared by these.

    `value` is text or a Decimal in `unit`, None for an explicit 不适用; `printed` is the text on the paper. `entity` is
    the kind of thing it is said of; `item` names one that is a part of the subject, such as a product; `application` is
    the type of application it belongs to. `boundary` says which site or legal person a figure covers, "" for the
    subject as a whole.
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
    #: Decimals printed, in `unit`: fewer than 0 where another unit is printed; None for what is no measured number.
    decimals: int | None = None
    evidence: Origin | None = None
    #: The value as the paper's data hold it, unit and all.
    held: Any = None
    item: str = ""
    application: str = ""
    #: Stated by a row of a list about somebody else, not by the subject's own paper.
    listed: bool = False
    entity: str = "unit"
    boundary: str = ""
    #: The year of the paper's date, "" where it has none.
    as_of: str = ""

    @property
    def shown(self) -> str:
        """The statement as a person reads it, the unit behind a bare number."""
        if self.value is None:
            return NOT_APPLICABLE
        printed = " ".join(self.printed.split())
        bare = isinstance(self.value, Decimal) and printed[-1:].isdigit()
        return f"{printed}{self.unit}" if bare and self.unit else printed
