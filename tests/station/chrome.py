"""A real browser and a running station: `chrome` is one for all tests of a process, `served` a station of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from selenium import webdriver

from greenforms.station.server import application, listening
from greenforms.station.workplace import Workplace

_AXE = Path(__file__).resolve().parents[2] / ".venv" / "axe.min.js"


@dataclass(frozen=True, slots=True)
class Served:
    """A running station: its address without a slash at the end, and the workplace behind it."""

    address: str
    workplace: Workplace

    @property
    def token(self) -> str:
        """What lets one browser in."""
        return self.workplace.token


@contextmanager
def opened_chrome() -> Iterator[webdriver.Chrome]:
    """Debian's chromium, without a window."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1400,1000"):
        options.add_argument(argument)
    with webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver")) as driver:
        driver.set_page_load_timeout(60)
        driver.set_script_timeout(60)
        yield driver


@contextmanager
def serving(workplace: Workplace) -> Iterator[Served]:
    """A station that answers from a thread of this process."""
    sock = listening("127.0.0.1", None)
    sock.listen(128)
    server = uvicorn.Server(uvicorn.Config(application(workplace), log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    yield Served(f"http://127.0.0.1:{sock.getsockname()[1]}", workplace)
    server.should_exit = True
    thread.join(10)
    sock.close()


@pytest.fixture(scope="session")
def chrome() -> Iterator[webdriver.Chrome]:
    with opened_chrome() as driver:
        yield driver


@pytest.fixture
def served(workplace: Workplace) -> Iterator[Served]:
    with serving(workplace) as station:
        yield station


def enter(chrome: webdriver.Chrome, served: Served, path: str = "/") -> None:
    """Come in by the token, then open a page."""
    chrome.delete_all_cookies()
    chrome.get(f"{served.address}{path}?token={served.token}")


def grave_faults(chrome: webdriver.Chrome) -> list[dict[str, Any]]:
    """What axe-core finds on the page that is open, of grave impact: the rule, and where."""
    chrome.execute_cdp_cmd("Runtime.evaluate", {"expression": _AXE.read_text("utf-8")})
    found = chrome.execute_async_script(
        "const done = arguments[0]; axe.run().then((found) => done(found.violations), (fault) => done(String(fault)));"
    )
    assert isinstance(found, list), found
    return [
        {"rule": each["id"], "help": each["help"], "where": [node["target"] for node in each["nodes"]][:5]}
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
