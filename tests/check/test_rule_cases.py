"""The conformance suite: each rule speaks of every variation as its clause says, and no other rule does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import pytest

from greenforms.check.rules import run_on
from greenforms.conformance.suite import KINDS, Variation, all_rules, variations
from greenforms.conformance.trial import complaints, dossier_of, everything_on
from greenforms.errors import FormPackageError
from greenforms.finding import Outcome
from shipped import LIBRARY, spread

RULES = all_rules(LIBRARY)
#: Rules whose papers cannot be made to pass them: there is nothing to look at where nothing is wrong.
IDLE = {"nm-2024/plan-project-sum", "nm-2024/third-party-success", "pack/copies", "pack/unread", "pack/unrecognised"}


def by_rule() -> Mapping[str, list[Variation]]:
    found: dict[str, list[Variation]] = defaultdict(list)
    for variation in variations(LIBRARY):
        found[variation.rule.id].append(variation)
    return found


SUITE = by_rule()


def first_of_kind(rule: str) -> list[Variation]:
    """The first variation of each kind that a rule has."""
    return list({variation.kind: variation for variation in reversed(SUITE[rule])}.values())


@pytest.mark.parametrize("rule", SUITE)
def test_a_rule_stands_its_variations(rule: str) -> None:
    """the rule faults exactly the places it should, and no other rule faults the first variation of each kind.

    `make rules` holds all other rules against every variation.
    """
    asked = first_of_kind(rule)
    assert [
        line
        for variation in SUITE[rule]
        for line in complaints(LIBRARY, variation, others=any(variation is each for each in asked))
    ] == []


def test_every_rule_is_proven() -> None:
    """each rule has variations that hold and that break it, more than two thousand of all kinds; others see most."""
    kinds = {rule: {variation.expected for variation in found} for rule, found in SUITE.items()}
    assert {rule for rule in RULES if not {"silent", "fires"} <= kinds.get(rule, set())} == set()
    assert sum(map(len, SUITE.values())) >= 2000
    assert sum(len(first_of_kind(rule)) for rule in SUITE) >= 1500
    assert {variation.kind for found in SUITE.values() for variation in found} == set(KINDS)


def test_what_passes_was_looked_at() -> None:
    """a variation that passes shows something only when its rule applies to it."""
    silent = {rule: [each for each in found if each.expected == "silent"] for rule, found in SUITE.items()}
    idle = {
        rule
        for rule, found in silent.items()
        if not any(run_on(dossier_of(LIBRARY, each), [each.rule])[0].outcome is Outcome.PASSED for each in found[:3])
    }
    assert idle == IDLE


def test_messages_are_whole() -> None:
    """no message has a placeholder left in it, or two full stops."""
    broken = [next(each for each in found if each.expected == "fires") for found in spread(SUITE.values(), 60)]
    dossiers = [(dossier_of(LIBRARY, each), each.procedure) for each in broken]
    found = [finding.message for each in dossiers for finding in everything_on(LIBRARY, *each)]
    assert found
    assert [message for message in found if "{" in message or "。。" in message] == []


def test_a_wrong_verdict_is_told() -> None:
    """a variation whose verdict is turned round is told with its rule, its kind and its name."""
    fires = next(each for each in SUITE["nm-2024/third-party-cap"] if each.expected == "fires")
    [said] = complaints(LIBRARY, replace(fires, expected="silent", places=None))
    assert said == "nm-2024/third-party-cap 不合要求 “不合要求”：不应当报，报在"
    [said] = complaints(LIBRARY, replace(fires, answers=()))
    assert said.endswith("应当报出，没有报")
    holds = next(each for each in SUITE["nm-2024/third-party-cap"] if each.expected == "silent")
    [said] = complaints(LIBRARY, replace(holds, answers=()))
    assert "应当能判断，却说不能：没有人回答" in said
    [said] = complaints(LIBRARY, replace(holds, expected="open"))
    assert said.endswith("应当说不能判断，没有说")


def test_another_rule_that_speaks_is_told() -> None:
    """a finding of another rule on the papers of a variation is told."""
    case = next(each for each in SUITE["facts/magnitude"] if each.also)
    [said] = complaints(LIBRARY, replace(case, also=()))
    assert said.endswith("别的规则也报了：facts/swing")


def test_a_table_of_a_rule_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """a table names rules that exist."""
    table = {"title": "x", "rules": ["nm-2024/none"], "variations": [{"kind": "holds", "name": "x"}]}
    monkeypatch.setitem(vars(LIBRARY), "conformance", ([table],))
    with pytest.raises(FormPackageError, match="nm-2024/none"):
        list(variations(LIBRARY))
