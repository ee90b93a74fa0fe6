"""The forms that stand for all others."""

from __future__ import annotations

from shipped import layouts, load_form
from telling import cover, telling, traits


def test_every_shape_is_shown() -> None:
    """the telling forms show together what all forms show."""
    shown = {form: traits(load_form(form)) for form in layouts()}
    assert set().union(*(shown[form] for form in telling())) == set().union(*shown.values())


def test_few_are_chosen() -> None:
    """what others show already is left out, and what only one shows is in."""
    assert cover({"a": frozenset("xy"), "b": frozenset("xyz"), "c": frozenset("z"), "d": frozenset("w")}) == ("b", "d")
