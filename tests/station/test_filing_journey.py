"""An applicant's way through the station in a real browser: begun, answered, typed, pasted, mended, downloaded."""

from __future__ import annotations

import base64
from pathlib import Path

from chrome import Served, enter, grave_faults
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from papers import example
from shipped import read_paper

BEGIN = "nm-2024/application|绿色园区"
_PASTE = """
const data = new DataTransfer();
data.setData('text/plain', arguments[1]);
arguments[0].focus();
arguments[0].dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
"""
_FETCH = """
const done = arguments[1];
fetch(arguments[0]).then((answer) => answer.blob()).then((blob) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.readAsDataURL(blob);
});
"""


class Page:
    """The page that is open, as its user sees it."""

    def __init__(self, chrome: Chrome) -> None:
        self.chrome = chrome

    def type(self, name: str, text: str) -> None:
        """Type into a field, and leave it."""
        self.chrome.find_element(By.NAME, name).send_keys(Keys.CONTROL, "a", Keys.NULL, text)
        self.leave(name)

    def leave(self, name: str) -> None:
        """Leave a field; what follows is seen once the change is checked."""
        before = self.version
        self.chrome.find_element(By.NAME, name).send_keys(Keys.TAB)
        self.wait(lambda: self.version != before)

    @property
    def version(self) -> str:
        """The version that is shown."""
        return str(self.chrome.execute_script("return document.getElementById('version').value"))

    def value(self, name: str) -> str:
        """What stands in a field."""
        script = "const field = document.getElementsByName(arguments[0])[0]; return field ? field.value : '';"
        return str(self.chrome.execute_script(script, name))

    def told(self, pointer: str) -> str:
        """What is said at a field."""
        script = "const told = document.getElementById('t:' + arguments[0]); return told ? told.textContent : '';"
        return str(self.chrome.execute_script(script, pointer))

    def wait(self, seen: object) -> None:
        """Wait until something is seen."""
        WebDriverWait(self.chrome, 20, 0.02, [StaleElementReferenceException]).until(lambda _: seen())  # type: ignore[operator]


def test_from_the_first_question_to_the_paper(chrome: Chrome, served: Served, tmp_path: Path) -> None:
    data = example("cultivation-schedule-nm-2024")
    page = Page(chrome)
    enter(chrome, served, "/filing")
    chrome.get(f"{served.address}/filing?edition=nm-2024")
    chrome.find_element(By.CSS_SELECTOR, f'input[value="{BEGIN}"]').click()
    chrome.find_element(By.ID, "unit").send_keys("包头晴屿装备制造产业园区", Keys.ENTER)
    page.wait(lambda: chrome.find_elements(By.LINK_TEXT, "逐条看，答复问题"))
    assert not grave_faults(chrome)

    chrome.find_element(By.LINK_TEXT, "逐条看，答复问题").click()
    answer = chrome.find_elements(By.CSS_SELECTOR, "input[name^='answer:']")[0]
    name = answer.get_attribute("name")
    answer.send_keys("是", Keys.ENTER)
    page.wait(lambda: page.value(str(name)) == "是" and served.workplace.who in chrome.page_source)
    assert not grave_faults(chrome)

    chrome.get(f"{served.address}/filing/1/papers/cultivation_schedule")
    page.type("/planner", data["planner"])
    page.type("/scope", data["scope"])
    page.type("/from", "明年")
    page.wait(lambda: page.told("/from") == "必须改：请写成2022或2022年")
    assert chrome.find_element(By.NAME, "/from").get_attribute("aria-invalid") == "true"
    (listed,) = chrome.find_elements(By.CSS_SELECTOR, '#findings li[data-at="/from"]')
    assert "明年" in listed.text
    assert not grave_faults(chrome)
    page.type("/from", str(data["from"]))
    page.wait(lambda: not page.told("/from"))
    page.type("/to", str(data["to"]))
    page.type("/date", "2026年3月5日")

    columns = ("region", "name", "industry", "kind", "level", "year", "titles", "contact")
    block = "".join("\t".join(str(row.get(name, "")) for name in columns) + "\r\n" for row in data["rows"])
    chrome.execute_script(_PASTE, chrome.find_element(By.NAME, "/rows/0/region"), block)
    page.wait(lambda: page.value("/rows/2/year") == "2028")
    chrome.find_element(By.CSS_SELECTOR, "button[aria-label$='加一行']").click()
    page.wait(lambda: chrome.switch_to.active_element.get_attribute("name") == "/rows/3/region")

    content = chrome.execute_async_script(_FETCH, "/filing/1/papers/cultivation_schedule/file")
    paper = tmp_path / "计划.docx"
    paper.write_bytes(base64.b64decode(content.partition(",")[2]))
    assert read_paper(paper).data == data
