"""The pictures of the review in the handbook: a scan of the tests as a clerk sees it, in a real browser."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from page_pictures import FOLDER, save, shrunk
from PIL import Image
from selenium.webdriver import Chrome

from greenforms.form.library import open_library
from greenforms.station.workplace import open_workplace

_TESTS = FOLDER.parents[1] / "tests"
_WIDTH, _COLOURS = 1100, 128
#: The pictures, each with its page and the field that is looked at.
_SHOWN = {
    "station-review": ("papers/1", "/enterprise/email"),
    "station-review-check": ("check?procedure=nm-2024/cultivation&type=绿色供应链管理企业", ""),
}


def write() -> None:
    """Take them all."""
    sys.path.insert(0, str(_TESTS))
    from station.chrome import enter, opened_chrome, serving
    from station.reviewing import ID, SCAN, contradicting, hand_in, scan_reading

    with tempfile.TemporaryDirectory() as folder, opened_chrome() as chrome:
        workplace = open_workplace(Path(folder), open_library())
        hand_in(workplace, {"工作方案.tif": (SCAN.read_bytes(), scan_reading()), **contradicting()})
        with serving(workplace) as served:
            enter(chrome, served)
            for name, (page, pointer) in _SHOWN.items():
                chrome.get(f"{served.address}/review/{ID}/{page}{f'#{pointer}' if pointer else ''}")
                _take(chrome, name)


def _take(chrome: Chrome, name: str) -> None:
    """The page when its pictures are there."""
    chrome.execute_async_script(
        "const done = arguments[0];"
        "Promise.all([...document.images].map((each) => each.decode())).then(() => setTimeout(done, 300), done)"
    )
    picture = Image.open(io.BytesIO(chrome.get_screenshot_as_png())).convert("RGB")
    save(shrunk(picture, _WIDTH), name, _COLOURS)
