"""Settings for all tests.

Libraries are loaded on first use, so there is no deadline per example. The main run draws the same examples every
time; `make explore` draws new and more ones. `--scans` adds the tests that read many pictures, which take minutes.
"""

import gc
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("main", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=500, suppress_health_check=list(HealthCheck))
settings.load_profile("main")

# All forms stay open from the first test to the last: looking through them for garbage takes a sixth of the time.
gc.set_threshold(200_000, 20, 100)


@pytest.fixture(autouse=True, scope="session")
def _few_rows_made_ready() -> Iterator[None]:
    """Workbooks get a few dozen empty rows a list: those for thousands of units cost the tests minutes."""
    with patch.multiple("greenforms.workbook.plan", _ROWS=20, _ROSTER_ROWS=40):
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the tests that take minutes."""
    parser.addoption("--scans", action="store_true", help="also print drawn forms, scan them and read the scans")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for."""
    if not config.getoption("--scans"):
        left_out = [item for item in items if item.get_closest_marker("scans")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
