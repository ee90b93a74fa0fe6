"""The evaluator's pages: figures worked out and supposed otherwise, a report drafted, two papers compared."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from greenforms import load_form
from greenforms.station.workplace import Workplace
from papers import example

UPDATE, PLAN, REPORT = "cn-2024/annual-update-factory", "nm-2024/cultivation-plan", "nm-2024/factory-evaluation-report"


@pytest.fixture(scope="module")
def papers() -> dict[str, bytes]:
    update, plan = example("annual-update-factory"), example("cultivation-plan-factory")
    other = {**plan, "enterprise": {**plan["enterprise"], "name": f"{plan['enterprise']['name']}（改）"}}
    sets = {"动态管理表.docx": (UPDATE, update), "方案.docx": (PLAN, plan), "改过的方案.docx": (PLAN, other)}
    return {file: load_form(form).render(data) for file, (form, data) in sets.items()}


@pytest.fixture
def place(browser: TestClient, papers: dict[str, bytes]) -> str:
    """The address of an evaluation of two papers."""
    files = [("files", (name, papers[name])) for name in ("动态管理表.docx", "方案.docx")]
    answer = browser.post("/evaluating", data={"title": "某厂<b>评价</b>"}, files=files, follow_redirects=False)
    assert answer.status_code == 303
    return answer.headers["location"]


def test_materials_are_listed_and_names_are_text(browser: TestClient, place: str) -> None:
    page = browser.get(place).text
    assert "动态管理表.docx" in page
    assert "某厂&lt;b&gt;评价&lt;/b&gt;" in page
    assert "某厂&lt;b&gt;评价&lt;/b&gt;" in browser.get("/evaluating").text


def test_a_figure_is_walked_to_the_figures_of_the_paper(browser: TestClient, place: str) -> None:
    page = browser.get(f"{place}/workings", params={"paper": 0, "path": "/indicators/renewable_share"}).text
    assert "算式" in page
    assert "代入" in page
    assert 'name="at:/indicators/renewable"' in page or re.search(r'name="at:/indicators/\w+"', page)


def test_another_figure_is_supposed_and_nothing_changes(browser: TestClient, place: str, workplace: Workplace) -> None:
    address, path = f"{place}/workings", "/indicators/renewable_share"
    before = {file: file.read_bytes() for file in workplace.folder.rglob("材料/*")}
    plain = browser.get(address, params={"paper": 0, "path": path}).text
    (first, *_) = re.findall(r'name="(at:/[^"]+)" value="" placeholder="([^"]+)"', plain)
    tried = browser.get(address, params={"paper": 0, "path": path, first[0]: "1"}).text
    assert 'class="supposed"' not in plain
    assert 'class="supposed"' in tried
    assert {file: file.read_bytes() for file in workplace.folder.rglob("材料/*")} == before


def test_what_is_no_value_is_said(browser: TestClient, place: str) -> None:
    path = "/indicators/renewable_share"
    asked = {"paper": 0, "path": path, f"at:{path}": "<script>"}
    answer = browser.get(f"{place}/workings", params=asked)
    assert answer.status_code == 422
    assert "<script>" not in answer.text


def test_a_report_is_drafted_with_its_prompts(browser: TestClient, place: str) -> None:
    page = browser.post(f"{place}/drafts", data={"form": REPORT, "unit": ""}).text
    assert re.search(r"待填的 \d+ 处", page)
    draft = browser.get(f"{place}/drafts/第1稿.docx")
    told = json.loads(browser.get(f"{place}/drafts/第1稿.json").content)
    assert draft.content.startswith(b"PK")
    assert told["form"] == REPORT
    browser.post(f"{place}/drafts", data={"form": REPORT})
    assert "第2稿.docx" in browser.get(place).text


def test_two_papers_are_compared(browser: TestClient, place: str, papers: dict[str, bytes]) -> None:
    name = "改过的方案.docx"
    browser.post(f"{place}/files", data={"part": "材料"}, files=[("files", (name, papers[name]))])
    asked = {"old": "材料/方案.docx", "new": f"材料/{name}"}
    assert "（改）" in browser.get(f"{place}/diff", params=asked).text
    assert browser.get(f"{place}/diff", params={**asked, "kind": "xlsx"}).content.startswith(b"PK")


@pytest.mark.parametrize(
    "address",
    ["x", "{}/drafts/..%2f..%2f记录.sqlite", "{}/diff?old=../../记录.sqlite&new=材料/方案.docx", "{}/workings?paper=9"],
)
def test_what_is_not_there_is_not_shown(browser: TestClient, place: str, address: str) -> None:
    answer = browser.get(address.format(place))
    assert answer.status_code == 404
    assert "请回到" in answer.text or "首页" in answer.text


def test_nothing_begins_without_materials(browser: TestClient, workplace: Workplace) -> None:
    answer = browser.post("/evaluating", data={"title": " "}, files=[("files", ("方案.docx", b"x"))])
    assert answer.status_code == 422
    assert "请写上评价的名称" in answer.text
    assert not (Path(workplace.folder) / "评价").exists()
