"""A station of its own for each test, called without a network; `browser` has come in by the token."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chrome import chrome, served
from starlette.testclient import TestClient

from greenforms.form.library import Library
from greenforms.station.server import application
from greenforms.station.workplace import Workplace, open_workplace
from shipped import LIBRARY

__all__ = ["chrome", "served"]  # fixtures
HOME = "http://127.0.0.1:8737"


@pytest.fixture(scope="session")
def library() -> Library:
    return LIBRARY


@pytest.fixture
def workplace(tmp_path: Path, library: Library) -> Workplace:
    return open_workplace(tmp_path / "工作台", library)


@pytest.fixture
def stranger(workplace: Workplace) -> Iterator[TestClient]:
    with TestClient(application(workplace), HOME, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def browser(stranger: TestClient, workplace: Workplace) -> TestClient:
    """Who has a session, and whose requests come from our own pages."""
    stranger.get("/", params={"token": workplace.token})
    stranger.headers["origin"] = HOME
    return stranger


@pytest.fixture
def program(stranger: TestClient, workplace: Workplace) -> TestClient:
    """Who shows the key."""
    stranger.headers["authorization"] = f"Bearer {workplace.key}"
    return stranger
