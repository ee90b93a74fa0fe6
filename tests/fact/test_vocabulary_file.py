"""The vocabulary file and the forms that refer to it."""

from __future__ import annotations

import pytest

from greenforms.codec.units import is_unit, same_dimension
from greenforms.form.tree import leaves, rows_of
from shipped import form_ids, load_form, load_vocabulary


@pytest.mark.parametrize("form_id", form_ids())
def test_number_fields_carry_the_unit_of_their_fact(form_id: str) -> None:
    """a field that prints a unit prints one the vocabulary's unit can be converted to."""
    for leaf in leaves(load_form(form_id).root):
        kind = load_vocabulary().facts[leaf.fact.fact] if leaf.fact else None
        if kind and kind.unit and leaf.unit:
            assert same_dimension(kind.unit, leaf.unit), leaf.pattern


def test_units_of_the_vocabulary_exist() -> None:
    """no fact has a unit that numbers cannot be converted to."""
    assert [kind.id for kind in load_vocabulary().facts.values() if kind.unit and not is_unit(kind.unit)] == []


def test_sections_of_the_summary_state_the_type() -> None:
    """standing in a section of the recommendation summary states what a unit applies for."""
    form = load_form("he-2024/recommendation-summary")
    stated = {rows.pattern: dict(rows.states) for rows in rows_of(form.root)}
    assert stated == {
        "/factories": {"unit.type": "绿色工厂"},
        "/parks": {"unit.type": "绿色工业园区"},
        "/supply_chains": {"unit.type": "绿色供应链管理企业"},
    }
