"""Each case read once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cases_of import Case, read_case


@pytest.fixture(scope="session")
def case_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Case]:
    """A case by its name."""
    known: dict[str, Case] = {}

    def read(name: str) -> Case:
        if name not in known:
            known[name] = read_case(name, tmp_path_factory.mktemp(name))
        return known[name]

    return read
