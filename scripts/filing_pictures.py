"""The pictures of filling in, in the handbook: pages of the station in a real browser, with shipped examples."""

from __future__ import annotations

import copy
import io
import sys
import tempfile
from pathlib import Path
from typing import Any

from page_pictures import FOLDER, save, shrunk
from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.by import By

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.form.library import open_library
from greenforms.station.filing.desk import desk_of
from greenforms.station.filing.filings import Filings
from greenforms.station.filing.typed import Typed
from greenforms.station.workplace import open_workplace

WIDTH = 900


def write() -> None:
    """Take them all."""
    sys.path.insert(0, str(FOLDER.parents[1] / "tests"))
    from station.chrome import enter, opened_chrome, serving

    with tempfile.TemporaryDirectory() as folder, opened_chrome() as chrome:
        workplace = open_workplace(Path(folder) / "绿表工作台", open_library())
        with serving(workplace) as served:
            enter(chrome, served)
            _filing(chrome, served.address, Filings(workplace))


def _filing(chrome: webdriver.Chrome, address: str, filings: Filings) -> None:
    """能不能报, half answered; and a paper with something wrong in it."""
    data = datafile.load(str(examples_dir() / "cultivation-plan-factory.json")).data
    unit = data["unit"]
    asked = filings.begin("nm-2024/application", "绿色工厂", unit, None)
    filings.answer(asked.id, {"nm-2024/eligible-legal": "是", "nm-2024/eligible-efficiency": "3级"})
    _take(chrome, f"{address}/filing/{asked.id}/eligibility", "main", "station-eligible")
    desk = desk_of(filings, filings.begin("nm-2024/cultivation", "绿色工厂", unit, None).id)
    desk.change(desk.typed("cultivation_plan", Typed(_spoilt(data))), "填写")
    page = f"{address}/filing/{desk.filing.id}/papers/cultivation_plan"
    _take(chrome, page, "[data-part='/enterprise']", "station-filling")


def _spoilt(data: Any) -> Any:
    """A telephone number with a digit too few, and a product without its energy."""
    spoilt = copy.deepcopy(data)
    spoilt["enterprise"]["legal_phone"] = "0472-51782"
    del spoilt["enterprise"]["products"][1]["energy"]
    return spoilt


def _take(chrome: webdriver.Chrome, page: str, top: str, name: str) -> None:
    """A page, from an element of it downwards."""
    chrome.get(page)
    place = chrome.find_element(By.CSS_SELECTOR, top)
    chrome.execute_script("window.scrollTo(0, arguments[0].getBoundingClientRect().top - 60)", place)
    picture = Image.open(io.BytesIO(chrome.get_screenshot_as_png())).convert("RGB")
    save(shrunk(picture, WIDTH), name)
