"""The named checks that rules are made of. Each says what it looks for; limits and words stand in the rules."""

from __future__ import annotations

from greenforms.check.checks.answered import Answered
from greenforms.check.checks.chosen import Chosen
from greenforms.check.checks.cited import Cited
from greenforms.check.checks.computed import Computed
from greenforms.check.checks.count_by import CountBy
from greenforms.check.checks.covers import Covers
from greenforms.check.checks.date import Date
from greenforms.check.checks.deadline import Deadline
from greenforms.check.checks.declared import Declared
from greenforms.check.checks.differs import Differs
from greenforms.check.checks.done_by import DoneBy
from greenforms.check.checks.equals import Equals
from greenforms.check.checks.figured import Figured
from greenforms.check.checks.figures import Figures
from greenforms.check.checks.file_kind import FileKind
from greenforms.check.checks.fraction import Fraction
from greenforms.check.checks.gated import Gated
from greenforms.check.checks.incident import Incident
from greenforms.check.checks.industry import Industry
from greenforms.check.checks.leftovers import Leftovers
from greenforms.check.checks.length import Length
from greenforms.check.checks.listed_streak import ListedStreak
from greenforms.check.checks.magnitude import Magnitude
from greenforms.check.checks.mention import Mention
from greenforms.check.checks.named_years import NamedYears
from greenforms.check.checks.on_list import OnList
from greenforms.check.checks.one_of import OneOf
from greenforms.check.checks.order import Order
from greenforms.check.checks.own_year import OwnYear
from greenforms.check.checks.present import Present
from greenforms.check.checks.prompts import Prompts
from greenforms.check.checks.proportions import Proportions
from greenforms.check.checks.quota import Quota
from greenforms.check.checks.range import Range
from greenforms.check.checks.ratio import Ratio
from greenforms.check.checks.region import Region
from greenforms.check.checks.same import Same
from greenforms.check.checks.sector_standard import SectorStandard
from greenforms.check.checks.share import Share
from greenforms.check.checks.shared import Shared
from greenforms.check.checks.signs import Signs
from greenforms.check.checks.since import Since
from greenforms.check.checks.streak import Streak
from greenforms.check.checks.success import Success
from greenforms.check.checks.sum import Sum
from greenforms.check.checks.sum_rows import SumRows
from greenforms.check.checks.swing import Swing
from greenforms.check.checks.term import Term
from greenforms.check.checks.together import Together
from greenforms.check.checks.told import Told
from greenforms.check.checks.told_count import ToldCount
from greenforms.check.checks.told_date import ToldDate
from greenforms.check.checks.told_name import ToldName
from greenforms.check.checks.told_range import ToldRange
from greenforms.check.checks.unique import Unique
from greenforms.check.checks.vouched import Vouched
from greenforms.check.checks.words import Words
from greenforms.check.checks.years import Years
from greenforms.check.verdict import Check

_CLASSES: tuple[type[Check], ...] = (
    Answered,
    Chosen,
    Cited,
    Computed,
    CountBy,
    Covers,
    Date,
    Deadline,
    Declared,
    Differs,
    DoneBy,
    Equals,
    Figured,
    Figures,
    FileKind,
    Fraction,
    Gated,
    Incident,
    Industry,
    Leftovers,
    Length,
    ListedStreak,
    Magnitude,
    Mention,
    NamedYears,
    OnList,
    OneOf,
    Order,
    OwnYear,
    Present,
    Prompts,
    Proportions,
    Quota,
    Range,
    Ratio,
    Region,
    Same,
    SectorStandard,
    Share,
    Shared,
    Signs,
    Since,
    Streak,
    Success,
    Sum,
    SumRows,
    Swing,
    Term,
    Together,
    Told,
    ToldCount,
    ToldDate,
    ToldName,
    ToldRange,
    Unique,
    Vouched,
    Words,
    Years,
)

#: The checks that find a text to be no answer at all, but a placeholder or a sign.
NO_ANSWER = frozenset({Prompts.name, Signs.name})
#: Every check by the name rules use.
CHECKS: dict[str, type[Check]] = {check.name: check for check in _CLASSES}
