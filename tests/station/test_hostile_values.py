"""What stands in a value is text: no page, no workbook and no paper takes it for more, and it names no file of ours."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from greenforms.bundled import examples_dir
from greenforms.station.pages.page import page
from greenforms.station.problem import Problem, Wrong

FORMS = "/api/v1/forms"
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
FORMULAS = ('=HYPERLINK("http://example.invalid","点我")', "=1+1", "+cmd|' /C calc'!A1", "@SUM(A1)", "-2+3", "\t=1")


def _example(name: str) -> Any:
    return json.loads((examples_dir() / f"{name}.json").read_text("utf-8"))


def test_html_in_a_page_is_text() -> None:
    app = FastAPI()

    @app.get("/")
    def shown(request: Request) -> Response:
        return page(request, "problem.html", problem=Problem(422, SCRIPT, SCRIPT, [Wrong(SCRIPT, SCRIPT)]))

    with TestClient(app) as client:
        text = client.get("/").text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&gt;") == 5


def test_html_in_an_answer_is_never_a_page(program: TestClient) -> None:
    told = program.post(f"{FORMS}/nm-2024/cultivation-plan/validate", json={SCRIPT: SCRIPT})
    assert SCRIPT in [place["value"] for finding in told.json()["findings"] for place in finding["places"]]
    assert (told.headers["content-type"], told.headers["x-content-type-options"]) == ("application/json", "nosniff")
    assert "unsafe" not in told.headers["content-security-policy"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_a_workbook_is_text(program: TestClient, formula: str) -> None:
    data = _example("cultivation-roster")
    data["rows"][0]["name"] = formula
    paper = program.post(f"{FORMS}/nm-2024/cultivation-roster/render", params={"kind": "xlsx"}, json=data)
    cells = [
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(paper.content))
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and formula.strip() in cell.value
    ]
    assert [(cell.data_type, cell.hyperlink) for cell in cells] == [("s", None)]


@pytest.mark.parametrize(
    "file", ["{picture}", "../factory-solvent.png", "../../../../etc/passwd", "file:///etc/passwd"]
)
def test_a_data_set_cannot_have_a_file_of_this_machine_printed(program: TestClient, file: str) -> None:
    data = _example("typical-experience-factory")
    picture = examples_dir() / "pictures" / "factory-solvent.png"
    assert picture.is_file()
    data["highlights"][0]["pictures"] = [{"file": file.format(picture=picture), "caption": "图"}]
    answer = program.post(f"{FORMS}/he-2024/typical-experience/render", json=data)
    assert answer.status_code == 422
    assert "没有放在数据文件旁边" in answer.json()["detail"]
