"""The pages of the review: what they show, and that nothing of what was handed in is ever run."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image
from starlette.testclient import TestClient

from cli.console import call
from greenforms import load_form
from greenforms.bundled import examples_dir
from greenforms.datafile import load
from greenforms.report import extraction_json
from greenforms.station.workplace import Workplace
from station.reviewing import ADDRESS, EMAIL, ID, SCAN, Reviewed, hand_in, scan_reading

SCRIPT, FORMULA = "<script>alert(1)</script>", "=cmd|' /C calc'!A0"


@pytest.fixture
def scan(browser: TestClient, workplace: Workplace) -> Reviewed:
    hand_in(workplace, {"工作方案.tif": (SCAN.read_bytes(), scan_reading())})
    return Reviewed(browser)


def test_the_list_tells_form_unit_and_colours(scan: Reviewed) -> None:
    page = scan.client.get(f"/review/{ID}").text
    for shown in (
        "工作方案.tif",
        "绿色制造体系示范单位培育创建工作方案",
        "锡林郭勒盟嵘峰装备制造有限公司",
        ">5<",
        ">62<",
    ):
        assert shown in page
    assert f'href="/review/{ID}"' in scan.client.get("/review").text


def test_the_form_stands_in_its_own_order_with_labels_and_units(scan: Reviewed) -> None:
    page = scan.page
    labels = ["单位（盖章）", "企业名称", "所属行业", "总资产（万元）", "创建思路"]
    places = [page.index(label) for label in labels]
    assert places == sorted(places)
    assert '<th scope="row">3</th>' in page  # rows of a table


def test_each_page_is_a_picture_with_a_box_for_each_field(scan: Reviewed) -> None:
    page = scan.page
    assert page.count('<div class="page"') == 5
    boxes = {part.partition('"')[0] for part in page.split('data-for="')[1:]}
    assert boxes == {each["pointer"] for each in scan.told()["fields"]}
    answer = scan.client.get(f"/review/{ID}/papers/1/pages/2.jpg")
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.format == "JPEG"
    width, height = (float(each) for each in page.split('viewBox="0 0 ')[2].partition('"')[0].split())
    assert picture.width / picture.height == pytest.approx(width / height, abs=0.01)
    assert scan.client.get(f"/review/{ID}/papers/1/pages/6.jpg").status_code == 404


def test_a_file_that_cannot_be_drawn_is_reviewed_all_the_same(browser: TestClient, workplace: Workplace) -> None:
    hand_in(workplace, {"坏.tif": (SCAN.read_bytes()[:500], scan_reading())})
    page = Reviewed(browser).page
    assert "请取原件对照" in page
    assert 'data-pointer="/enterprise/email"' in page


def test_a_paper_without_pages_shows_its_cells(browser: TestClient, workplace: Workplace, tmp_path: Path) -> None:
    form = load_form("nm-2024/cultivation-roster")
    file = tmp_path / "名单.docx"
    file.write_bytes(form.render(load(str(examples_dir() / "cultivation-roster.json")).data))
    hand_in(workplace, {file.name: (file.read_bytes(), extraction_json(form.extract(file)))})
    page = Reviewed(browser).page
    first = Reviewed(browser).told()["fields"][0]
    assert f'data-place="{first["place"]}"' in page
    assert "<img src" not in page


def test_the_file_that_was_handed_in_is_only_saved(scan: Reviewed) -> None:
    answer = scan.client.get(f"/review/{ID}/papers/1/file")
    assert answer.content == SCAN.read_bytes()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize("address", [f"/review/{ID}/papers/2", "/review/fedcba9876543210", f"/review/{ID}/papers/0"])
def test_what_is_not_there_is_told(scan: Reviewed, address: str) -> None:
    answer = scan.client.get(address)
    assert answer.status_code in (404, 422)
    assert 'role="alert"' in answer.text


def _spoilt() -> dict[str, Any]:
    """The reading with mischief in two fields."""
    shape = scan_reading()
    shape["data"]["enterprise"]["name"], shape["data"]["enterprise"]["address"] = SCRIPT, FORMULA
    for each in shape["fields"]:
        mischief = {"/enterprise/name": SCRIPT, ADDRESS: FORMULA}.get(each["path"])
        if mischief:
            each["value"] = each["raw"] = each["doubt"] = mischief
            each["grade"] = "amber"
    return shape


def test_html_and_formulas_are_text_on_pages_and_in_excel(
    browser: TestClient, workplace: Workplace, tmp_path: Path
) -> None:
    hand_in(workplace, {f"{SCRIPT}.tif": (SCAN.read_bytes(), _spoilt())})
    paper = Reviewed(browser)
    assert paper.ask("change", "/enterprise/contact", FORMULA).status_code == 200
    assert paper.ask("change", "/contact/name", SCRIPT, reason=SCRIPT).status_code == 200
    for address in (f"/review/{ID}", f"/review/{ID}/papers/1", f"/review/{ID}/check", "/review"):
        page = browser.get(address).text
        assert "<script>alert" not in page
        assert "\\u003cscript\\u003ealert" in page or "&lt;script&gt;alert" in page or address == "/review"
    book = tmp_path / "结果.xlsx"
    book.write_bytes(browser.get(f"/review/{ID}/readings.xlsx").content)
    cells = [cell for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row]
    mischief = [cell for cell in cells if cell.value in (FORMULA, SCRIPT)]
    assert len(mischief) >= 4
    assert {cell.data_type for cell in mischief} == {"s"}


def test_what_goes_out_is_taken_up_by_the_commands(scan: Reviewed, tmp_path: Path) -> None:
    """JSON and workbook hold the reading and the corrections; the commands go on with what people wrote."""
    scan.ask("change", EMAIL, "green_01@example.net")
    scan.ask("change", "/enterprise/fax", "")
    scan.ask("confirm", "/plan/approach")
    for kind in ("json", "xlsx"):
        file = tmp_path / f"结果.{kind}"
        file.write_bytes(scan.client.get(f"/review/{ID}/readings.{kind}").content)
        (checked,) = call("check", file, "--json").json["papers"]
        assert checked["data"]["enterprise"]["email"] == "green_01@example.net"
        made = call("summary", "nm-2024/region-list", file, "-o", tmp_path / f"汇总-{kind}.docx")
        assert "嵘峰装备" in (tmp_path / f"汇总-{kind}.json").read_text("utf-8"), made.text
    (shape,) = json.loads((tmp_path / "结果.json").read_text("utf-8"))
    fields = {each["path"]: each for each in shape["fields"]}
    assert shape["data"]["enterprise"]["email"] == "green_01@example.net"
    assert "fax" not in shape["data"]["enterprise"]
    assert fields[EMAIL]["value"] == "green_O1@example.net"
    assert fields["/plan/approach"]["grade"] == "green"
    assert fields["/plan/projects/0/period"]["grade"] == "amber"
