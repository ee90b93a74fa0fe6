"""Forms by the interface for programs: the same answers as the command line's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from greenforms import load_form
from greenforms.bundled import examples_dir
from greenforms.report import findings_json, json_text

PLAN = "/api/v1/forms/nm-2024/cultivation-plan"
EXAMPLE = examples_dir() / "cultivation-plan-factory.json"


def test_the_catalogue_has_all_forms(program: TestClient) -> None:
    listed = {each["form"] for each in program.get("/api/v1/forms").json()["forms"]}
    assert "nm-2024/cultivation-plan" in listed
    assert all(program.get(f"/api/v1/forms/{form}").status_code == 200 for form in sorted(listed)[:3])


def test_the_schema_is_that_of_the_form(program: TestClient) -> None:
    assert program.get(f"{PLAN}/schema").json() == json.loads(json.dumps(load_form("nm-2024/cultivation-plan").schema))


def test_findings_are_those_of_the_command(program: TestClient) -> None:
    data = json.loads(EXAMPLE.read_text("utf-8")) | {"unknown": 1}
    found = load_form("nm-2024/cultivation-plan").validate(data)
    assert found
    assert program.post(f"{PLAN}/validate", json=data).json() == json.loads(json_text(findings_json(found)))


def test_numbers_keep_their_digits(program: TestClient) -> None:
    told = program.post(f"{PLAN}/validate", content=b'{"prepared_by": 1234567890123456789.10}')
    assert '"value": 1234567890123456789.10' in told.text


def test_a_paper_is_read_back_exactly(program: TestClient, tmp_path: Path) -> None:
    answer = program.post(f"{PLAN}/render", params={"kind": "docx"}, content=EXAMPLE.read_bytes())
    paper = tmp_path / "工作方案.docx"
    paper.write_bytes(answer.content)
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    read = load_form("nm-2024/cultivation-plan").extract(paper)
    assert json.loads(json_text(read.data)) == json.loads(EXAMPLE.read_text("utf-8"))


def test_the_blank_is_a_paper(program: TestClient) -> None:
    assert program.get(f"{PLAN}/blank").content.startswith(b"PK")


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [
        ("/api/v1/forms/nm-2024/nothing", None, 404),
        ("/api/v1/forms/..%2f..%2fetc/passwd", None, 404),
        (f"{PLAN}/blank?kind=exe", None, 422),
        (f"{PLAN}/blank?kind=xlsx", None, 422),
        (f"{PLAN}/validate", b"{", 422),
        (f"{PLAN}/validate", b"", 422),
        (f"{PLAN}/validate", b"\xff\xff\xff", 422),
        (f"{PLAN}/validate", b"[" * 100_000, 422),
        (f"{PLAN}/render", b'{"enterprise": 5}', 422),
    ],
)
def test_what_cannot_be_done_is_a_problem(program: TestClient, address: str, body: bytes | None, status: int) -> None:
    answer = program.get(address) if body is None else program.post(address, content=body)
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]


def test_wrong_parameters_are_named(program: TestClient) -> None:
    assert [each["pointer"] for each in program.get(f"{PLAN}/blank?kind=exe").json()["errors"]] == ["/query/kind"]
