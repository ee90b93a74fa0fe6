"""A consistent pack passes, and of one that is spoilt exactly the reason for which it would be sent back is told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from greenforms.conformance.register import reasons_register
from pack.sent_packs import found_on, pack, spoilt, written
from shipped import LIBRARY

REASONS = {entry.id: entry for entry in reasons_register(LIBRARY)}
#: What people are told of evidence, which no program can judge: that somebody must look at it.
LOOK_AT = {"pack/unrecognised", "procedure/evidence"}


def named(case: Mapping[str, Any]) -> str:
    return f"{case['reason']} {case['rule']}"


@pytest.mark.parametrize("name", [entry["name"] for entry in written("packs")])
def test_a_consistent_pack_passes(name: str, tmp_path: Path) -> None:
    """nothing is found on it; where it has evidence, somebody is asked to look at that."""
    clean = pack(name)
    found = found_on(clean, tmp_path)
    assert {rule for rule, _ in found} <= (LOOK_AT if clean.evidence else set()), found


@pytest.mark.parametrize("case", written("reasons"), ids=named)
def test_a_spoilt_pack_is_sent_back_for_what_was_spoilt(case: Mapping[str, Any], tmp_path: Path) -> None:
    """the rule that the register has for the reason speaks, and no other does."""
    found = [(rule, said) for rule, said in found_on(spoilt(pack(case["pack"]), case), tmp_path) if rule not in LOOK_AT]
    assert {rule for rule, _ in found} == {case["rule"]}, found
    assert case["rule"] in REASONS[case["reason"]].rules


def test_every_procedure_and_reason_is_there() -> None:
    """there is a pack for each procedure, and a case for each reason that data decide."""
    assert {entry["procedure"] for entry in written("packs")} == set(LIBRARY.procedures)
    full = {id_ for id_, entry in REASONS.items() if entry.given["auto"] == "full"}
    assert {case["reason"] for case in written("reasons")} == full
