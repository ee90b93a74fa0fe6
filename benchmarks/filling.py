"""How long a clerk waits who fills in a form in the browser: from a key to the frame that shows it, and for the check.

The table has six hundred fields; the check is that of the longest report, in this process with everything loaded. Needs
chromium and its driver, as the tests do:

    .venv/bin/python benchmarks/filling.py
"""

from __future__ import annotations

import copy
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.form.library import open_library
from greenforms.station.filing.desk import Desk, desk_of
from greenforms.station.filing.filings import Filings
from greenforms.station.filing.typed import Typed
from greenforms.station.workplace import open_workplace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from station.chrome import enter, opened_chrome, serving

#: Five fields a row.
ROWS, KEYS, ROUNDS = 120, 60, 9
_TIMED = """
window.waited = [];
document.addEventListener('keydown', () => {
  const pressed = performance.now();
  requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => window.waited.push(performance.now() - pressed);
    after.port2.postMessage(0);
  });
}, true);
const lines = document.querySelectorAll('table.form textarea');
lines[lines.length >> 1].focus();
"""


def main() -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        workplace = open_workplace(Path(folder), open_library())
        filings = Filings(workplace)
        report = _begun(filings, "nm-2024/review", "绿色工厂", "review_report", _example("review-report"))
        checked = [_seconds(report) for _ in range(ROUNDS)]
        roster = _example("cultivation-roster")
        (name,) = (name for name, value in roster.items() if isinstance(value, list))
        roster[name] = [copy.deepcopy(roster[name][row % len(roster[name])]) for row in range(ROWS)]
        table = _begun(filings, "nm-2024/cultivation", "主管部门", "cultivation_roster", roster)
        with serving(workplace) as served, opened_chrome() as chrome:
            enter(chrome, served)
            waited = _keys(chrome, f"{served.address}/filing/{table.filing.id}/papers/cultivation_roster")
    print(f"check of a report with 459 fields: {1000 * statistics.median(checked[1:]):.0f} ms of CPU time")
    print(f"key to frame, {5 * ROWS} fields: median {statistics.median(waited):.0f} ms, worst {max(waited):.0f} ms")


def _example(name: str) -> Any:
    return datafile.load(str(examples_dir() / f"{name}.json")).data


def _begun(filings: Filings, procedure: str, type_: str, key: str, data: Any) -> Desk:
    desk = desk_of(filings, filings.begin(procedure, type_, "某单位", None).id)
    return desk.change(desk.typed(key, Typed(data)), "填写")


def _seconds(desk: Desk) -> float:
    (key,) = desk.asking.papers
    content = desk.content(key)
    start = time.process_time()
    desk.findings(key, content)
    return time.process_time() - start


def _keys(chrome: webdriver.Chrome, address: str) -> list[float]:
    """Milliseconds from each key to the end of the frame that follows it."""
    chrome.get(address)
    chrome.execute_script(_TIMED)
    field = chrome.switch_to.active_element
    assert len(chrome.find_elements(By.CSS_SELECTOR, "table.form .entry > :first-child")) >= 5 * ROWS
    for _ in range(KEYS):
        field.send_keys("绿")
        time.sleep(0.05)
    waited: list[float] = chrome.execute_script("return window.waited")
    return waited


if __name__ == "__main__":
    main()
