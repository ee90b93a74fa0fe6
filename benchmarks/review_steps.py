"""How long a step to the next field takes in the review, in a real browser, on a page of 400 boxes.

From the key to the frame that shows it. Ends with 1 over 50 ms at the 95th percentile. Run with `make steps`.
"""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from greenforms.form.library import open_library  # noqa: E402 - found among the tests
from greenforms.station.workplace import open_workplace  # noqa: E402
from station.chrome import enter, opened_chrome, serving  # noqa: E402
from station.reviewing import ID, hand_in  # noqa: E402

_ROWS, _WIDTH, _HEIGHT = 80, 1654, 2339
_STEPS_TAKEN, _MOST = 100, 50.0
_COLUMNS = ("year", "type", "region", "name", "level")
#: Presses Enter at every field, and tells the milliseconds from the key to the frame that
#: shows the next one; the one before is written down by then, as clerks are no faster.
_STEPS = """
const done = arguments[1], steps = arguments[0], taken = [];
const step = () => {
  const before = performance.now(), element = document.activeElement;
  if (!element.dataset.pointer || taken.length === steps) return done(taken);
  element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  const worked = performance.now() - before;
  requestAnimationFrame(() => setTimeout(() => {
    taken.push([worked, performance.now() - before]);
    rest();
  }));
};
const rest = () => (document.getElementById('left').textContent.includes('正在保存') ? setTimeout(rest, 5) : step());
step();
"""


def reading() -> dict[str, Any]:
    """A list of 80 rows in which all 400 fields want a look."""
    row = {"year": 2026, "type": "绿色工厂", "region": "包头市", "name": "甲有限公司", "level": "自治区级"}
    rows = [{**row, "name": f"包头第{number}机械制造有限公司"} for number in range(_ROWS)]
    fields = []
    for number, each in enumerate(rows):
        for column, name in enumerate(_COLUMNS):
            top, left = 40 + number * 9.5, 40 + column * 100
            place = {"page": 1, "box": [left, top, left + 95, top + 9]}
            told = {"path": f"/rows/{number}/{name}", "label": name, "value": each[name], "raw": str(each[name])}
            told |= {"unit": None, "confidence": 0.8, "grade": "amber", "source": "ocr", "doubt": "有字认得不准"}
            fields.append({**told, "evidence": place, "places": [place]})
    shape = {"file": "名单.png", "form": "nm-2024/cultivation-roster", "form_confidence": 1, "data": {"rows": rows}}
    return {**shape, "fields": fields, "missing": [], "findings": []}


def main() -> int:
    """Measure, and say it."""
    page = io.BytesIO()
    Image.new("L", (_WIDTH, _HEIGHT), 255).save(page, "PNG", dpi=(200, 200))
    with tempfile.TemporaryDirectory() as folder, opened_chrome() as chrome:
        workplace = open_workplace(Path(folder), open_library())
        hand_in(workplace, {"名单.png": (page.getvalue(), reading())})
        with serving(workplace) as served:
            enter(chrome, served, f"/review/{ID}/papers/1")
            chrome.set_script_timeout(110)
            taken = chrome.execute_async_script(_STEPS, _STEPS_TAKEN)
            left = chrome.execute_script("return document.getElementById('left').textContent")
    worked, shown = (sorted(each[part] for each in taken) for part in (0, 1))
    last = shown[round(0.95 * len(shown)) - 1]
    print(f"{len(taken)} 步；程序用时 中位 {statistics.median(worked):.1f} 毫秒、最长 {worked[-1]:.1f} 毫秒；")
    told = f"中位 {statistics.median(shown):.1f} 毫秒、95% 在 {last:.1f} 毫秒内、最长 {shown[-1]:.1f} 毫秒"
    print(f"按键到画面 {told}；{left}")
    return int(last > _MOST or len(taken) < _STEPS_TAKEN)


if __name__ == "__main__":
    sys.exit(main())
