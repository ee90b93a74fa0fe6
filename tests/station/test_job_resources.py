"""Long work by the interface for programs: ordered, asked about, fetched, stopped; a hostile file costs one result."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from cli.console import call
from greenforms import load_form
from greenforms.bundled import examples_dir
from greenforms.datafile import load
from greenforms.form.library import Library
from greenforms.station.server import application
from greenforms.station.workplace import open_workplace
from station.conftest import HOME

API = "/api/v1"
ROSTER = "nm-2024/cultivation-roster"
FORMULA = '=HYPERLINK("http://example.invalid","点我")'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[TestClient]:
    """One station for all tests here: a job takes a while."""
    workplace = open_workplace(tmp_path_factory.mktemp("jobs") / "台", library)
    with TestClient(application(workplace), HOME) as found:
        found.headers["authorization"] = f"Bearer {workplace.key}"
        yield found


@pytest.fixture(scope="module")
def paper() -> bytes:
    data = load(str(examples_dir() / "cultivation-roster.json")).data
    data["rows"][0]["name"] = FORMULA
    return load_form(ROSTER).render(data)


def _packed(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _over(client: TestClient, address: str) -> Any:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answer = client.get(address)
        if "retry-after" not in answer.headers:
            return answer.json()
        time.sleep(0.05)
    raise AssertionError("the job is not over")


@pytest.fixture(scope="module")
def done(client: TestClient, paper: bytes) -> Any:
    """A job on a paper, a broken one, and a bomb, packed: a child is started for each file that is sent."""
    bomb = _packed({"../../炸弹.docx": b"\0" * (64 << 20), "甲/说明.txt": "没有表".encode()})
    sent = _packed({"a.docx": paper, "b.docx": b"x", "c.zip": bomb})
    answer = client.post(f"{API}/extractions", files={"files": ("包.zip", sent)}, data={"form": ROSTER})
    assert (answer.status_code, answer.headers["retry-after"]) == (202, "2")
    assert answer.headers["location"] == answer.json()["links"]["self"] == f"{API}/jobs/{answer.json()['id']}"
    return _over(client, answer.headers["location"])


def test_a_job_tells_how_it_stands(done: Any) -> None:
    assert (done["kind"], done["status"], done["total"]) == ("extract", "done", 4)
    assert done["done"] + done["failed"] == 4
    assert done["told"] is None


def test_what_came_of_each_file_is_that_of_the_command(
    client: TestClient, done: Any, paper: bytes, tmp_path: Path
) -> None:
    told = client.get(done["links"]["results"]).json()["files"]
    listed = {each["file"].removeprefix("包.zip/"): each for each in told}
    assert {name: each["state"] for name, each in listed.items()} == {
        "a.docx": "done",
        "b.docx": "failed",
        "c.zip/炸弹.docx": "failed",
        "c.zip/甲/说明.txt": "failed",
    }
    assert "展开后大得不正常" in listed["c.zip/炸弹.docx"]["message"]
    (tmp_path / "a.docx").write_bytes(paper)
    alone = call("extract", tmp_path / "a.docx", "--form", ROSTER, "--json").json
    assert client.get(listed["a.docx"]["result"]).json() == alone | {"file": "包.zip/a.docx"}
    for part in ("bytes=0-1", "bytes=9999999-", "x"):
        whole = client.get(listed["a.docx"]["result"], headers={"range": part})
        assert (whole.status_code, whole.json()["form"]) == (200, ROSTER)
    assert client.get(listed["b.docx"]["result"]).status_code == 404
    assert client.get(f"{done['links']['results']}/5").status_code == 404


def test_a_formula_in_an_exported_table_is_text(client: TestClient, done: Any) -> None:
    tables = client.get(done["links"]["results"]).json()["tables"]
    assert set(tables) == {"summary", "readings", "findings", "failed"}
    book = openpyxl.load_workbook(io.BytesIO(client.get(tables["summary"]).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if FORMULA in str(cell.value)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert f",'{FORMULA.replace(chr(34), chr(34) * 2)}" in client.get(tables["readings"]).text.replace(",\"'", ",'")


def test_what_the_papers_state_is_told(client: TestClient, done: Any) -> None:
    lines = [json.loads(line) for line in client.get(done["links"]["facts"]).text.splitlines()]
    assert {each["document"] for each in lines} == {"包.zip/a.docx"}
    assert lines[0]["form"] == ROSTER
    assert client.get(done["links"]["facts"], params={"kind": "xbrl.json"}).json()["documentInfo"]


def test_a_request_that_is_sent_again_begins_nothing_new(client: TestClient, paper: bytes) -> None:
    def sent(key: str, name: str = "a.docx", **data: str) -> Any:
        return client.post(f"{API}/checks", files={"files": (name, paper)}, data=data, headers={"idempotency-key": key})

    first, again = sent("一次".encode().hex()), sent("一次".encode().hex())
    assert first.json()["id"] == again.json()["id"]
    for other in (sent("一次".encode().hex(), "b.docx"), sent("一次".encode().hex(), as_of="2026-01-01")):
        assert (other.status_code, other.json()["title"]) == (422, "这个 Idempotency-Key 已经用过")
    stopped = sent("another")
    assert stopped.json()["id"] != first.json()["id"]
    assert client.delete(stopped.headers["location"]).json()["status"] == "cancelled"
    assert client.get(stopped.headers["location"]).json()["status"] == "cancelled"
    state = _over(client, first.headers["location"])
    assert (state["kind"], state["status"], state["done"]) == ("check", "done", 1)
    assert client.delete(first.headers["location"]).json()["status"] == "done"
    (listed,) = client.get(state["links"]["results"]).json()["files"]
    assert client.get(listed["result"]).json()["papers"][0]["form"] == ROSTER


@pytest.mark.parametrize(
    ("files", "data", "status", "pointers"),
    [
        ([], {}, 422, []),
        ([("file", ("a.docx", b"x"))], {}, 422, ["/body/file"]),
        ([("files", ("a.docx", b"x"))], {"who": "x"}, 422, ["/body/who"]),
        ([("files", ("a.docx", b"x"))], {"form": "no/form", "as_of": "now"}, 422, ["/body/form", "/body/as_of"]),
        ([("files", ("a.docx", b"x"))], {"edition": "../.."}, 422, ["/body/edition"]),
        ([("files", ("a.docx", b"x"))], {"form": "x", "edition": "x", "as_of": "x", "more": "x"}, 400, []),
        ([("files", (f"{number}", b"x")) for number in range(2_001)], {}, 400, []),
    ],
)
def test_an_order_that_is_wrong_is_refused(
    client: TestClient, files: Any, data: dict[str, str], status: int, pointers: list[str]
) -> None:
    answer = client.post(f"{API}/extractions", files=files or None, data=data)
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert [each["pointer"] for each in told.get("errors", [])] == pointers


@pytest.mark.parametrize(
    "body", [b"", b"--x", b"--x\r\nContent-Disposition: form-data\r\n\r\n", b"--y\r\n\r\n", b"\xff" * 100]
)
def test_a_body_of_no_parts_is_refused(client: TestClient, body: bytes) -> None:
    for media in ("multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary=\xff"):
        answer = client.post(f"{API}/extractions", content=body, headers={"content-type": media.encode("latin-1")})
        assert answer.status_code in (400, 422)
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["jobs/0123456789abcdef", "jobs/0123456789abcdef/results", "jobs/..%2f..%2fetc"])
def test_a_job_that_is_not_there_is_a_problem(client: TestClient, address: str) -> None:
    for answer in (client.get(f"{API}/{address}"), client.delete(f"{API}/{address}")):
        assert answer.status_code in (404, 405)
        assert answer.headers["content-type"] == "application/problem+json"
