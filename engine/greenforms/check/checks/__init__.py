"""The named checks that rules are made of. Each says what it looks for; limits and words stand in the rules."""

from __future__ import annotations

from greenforms.check.verdict import Check
from greenforms.named import Named

#: Every check by the name rules use.
CHECKS: Named[Check] = Named(
    __name__,
    (
        "answered",
        "chosen",
        "cited",
        "computed",
        "count-by",
        "covers",
        "date",
        "deadline",
        "declared",
        "differs",
        "done-by",
        "equals",
        "figured",
        "figures",
        "file-kind",
        "fraction",
        "gated",
        "incident",
        "industry",
        "leftovers",
        "length",
        "magnitude",
        "mention",
        "named-years",
        "one-of",
        "order",
        "present",
        "prompts",
        "proportions",
        "quota",
        "range",
        "ratio",
        "region",
        "same",
        "share",
        "shared",
        "signs",
        "since",
        "streak",
        "sum",
        "sum-rows",
        "swing",
        "term",
        "together",
        "told",
        "told-count",
        "told-date",
        "told-name",
        "told-range",
        "unique",
        "vouched",
        "words",
        "years",
    ),
)
#: The checks that find a text to be no answer at all, but a placeholder or a sign.
NO_ANSWER = frozenset({"prompts", "signs"})
