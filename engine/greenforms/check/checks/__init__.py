"""The named checks that editions make rules of. Each says what it looks for; the limits stand in the editions."""

from __future__ import annotations

from greenforms.check.checks.consecutive_years import ConsecutiveYears
from greenforms.check.checks.deadline import Deadline
from greenforms.check.checks.leftover_prompt import LeftoverPrompt
from greenforms.check.checks.listed_province import ListedProvince
from greenforms.check.checks.mixed_empty_signs import MixedEmptySigns
from greenforms.check.checks.not_in_future import NotInFuture
from greenforms.check.checks.order import Order
from greenforms.check.checks.range import Range
from greenforms.check.checks.required_mention import RequiredMention
from greenforms.check.checks.row_count import RowCount
from greenforms.check.checks.sum_row import SumRow
from greenforms.check.checks.third_party_cap import ThirdPartyCap
from greenforms.check.checks.unique_rows import UniqueRows
from greenforms.check.checks.word_limit import WordLimit
from greenforms.check.verdict import Check

_CLASSES: tuple[type[Check], ...] = (
    ConsecutiveYears,
    Deadline,
    LeftoverPrompt,
    ListedProvince,
    MixedEmptySigns,
    NotInFuture,
    Order,
    Range,
    RequiredMention,
    RowCount,
    SumRow,
    ThirdPartyCap,
    UniqueRows,
    WordLimit,
)

#: The checks that find a text to be no answer at all, but a placeholder or a sign.
NO_ANSWER = frozenset({LeftoverPrompt.name, MixedEmptySigns.name})
#: Every check by the name editions use.
CHECKS: dict[str, type[Check]] = {check.name: check for check in _CLASSES}
