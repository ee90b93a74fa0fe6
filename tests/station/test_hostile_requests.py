"""Requests made by hand, broken connections, a full disk: refused or told, and nothing lost."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from greenforms.errors import UsageError
from greenforms.form.library import Library
from greenforms.station.access import bounds
from greenforms.station.api import bodies
from greenforms.station.refused import Faults
from greenforms.station.server import application
from greenforms.station.workplace import Workplace, open_workplace

FORMS = "/api/v1/forms"
VALIDATE = f"{FORMS}/nm-2024/cultivation-plan/validate"
RENDER = f"{FORMS}/nm-2024/cultivation-plan/render"


def _problem(answer: Any, status: int) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize("host", ["[", "[::1", "127.0.0.1:8737:9", "127.0.0.1@example.invalid", "127.0.0.1:x"])
def test_a_host_that_is_no_host_is_refused(browser: TestClient, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://[", "https://127.0.0.1:8737", "http://u@127.0.0.1:8737"])
def test_an_origin_that_is_not_ours_is_refused(browser: TestClient, origin: str) -> None:
    _problem(browser.post(VALIDATE, json={}, headers={"origin": origin}), 403)


def test_a_length_that_is_no_length_is_refused(program: TestClient) -> None:
    for length in ("9" * 5000, "-1", "1e3", "²"):
        _problem(program.post(VALIDATE, content=b"{}", headers={"content-length": length.encode()}), 413)


def test_cookies_of_other_programs_do_not_shut_us_out(browser: TestClient) -> None:
    (ours,) = (f"{each.name}={each.value}" for each in browser.cookies.jar)
    browser.cookies.clear()
    for cookie in (f'x={{"a": [1, 2]}}; {ours}', f"\xff\xfe=\xff; ; {ours}", f"{ours}; {ours.partition('=')[0]}=other"):
        assert browser.get("/", headers={"cookie": cookie.encode("latin-1")}).status_code == 200


def test_two_stations_keep_their_sessions(browser: TestClient, tmp_path: Path, library: Library) -> None:
    other = open_workplace(tmp_path / "另一个台", library)
    with TestClient(application(other), "http://127.0.0.1:8737") as second:
        second.cookies = browser.cookies
        assert second.get("/").status_code == 401
        assert second.get("/", params={"token": other.token}).status_code == 200
    assert browser.get("/").status_code == 200


def test_programs_are_told_of_the_key(stranger: TestClient) -> None:
    for header in ("", "Bearer", "Bearer ", "Basic eDp4", "Bearer é"):
        told = _problem(stranger.get(FORMS, headers={"authorization": header.encode()}), 401)
        assert "Authorization: Bearer" in told["detail"]


@pytest.mark.parametrize("kept", ["", "\n", "short", "密钥" * 30, "k" * 20 + " " + "k" * 20])
def test_what_is_no_key_opens_nothing(workplace: Workplace, library: Library, kept: str) -> None:
    (place,) = workplace.folder.glob("*钥匙*")
    place.write_text(kept, "utf-8")
    with pytest.raises(UsageError, match="请删除这个文件再运行"):
        open_workplace(workplace.folder, library)
    place.unlink()
    assert len(open_workplace(workplace.folder, library).key) >= 40


def test_the_key_is_never_readable_for_others(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    replace = Path.replace

    def watched(draft: Path, target: Path) -> Path:
        seen.append(draft.stat().st_mode & 0o077)
        return replace(draft, target)

    monkeypatch.setattr(Path, "replace", watched)
    workplace = open_workplace(tmp_path / "台", library)
    assert os.name == "nt" or seen == [0]
    assert os.name == "nt" or workplace.folder.stat().st_mode & 0o077 == 0


def test_a_data_set_that_fills_the_memory_is_refused(program: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_DATA", 1_000)
    assert program.post(VALIDATE, content=b'{"a": "' + b"x" * 900 + b'"}').status_code == 200
    _problem(program.post(VALIDATE, content=b'{"a": "' + b"x" * 1_000 + b'"}'), 413)


def test_wrong_parameters_are_told_in_chinese(program: TestClient) -> None:
    told = _problem(program.get(f"{FORMS}/nm-2024/cultivation-plan/blank", params={"kind": "{x}"}), 422)
    assert told["errors"] == [{"pointer": "/query/kind", "detail": "只能是 'docx', 'xlsx' or 'pdf'"}]


def test_a_connection_that_breaks_is_no_fault(workplace: Workplace) -> None:
    pieces: list[dict[str, Any]] = [
        {"type": "http.request", "body": b'{"a"', "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return pieces.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"127.0.0.1"), (b"authorization", f"Bearer {workplace.key}".encode())]
    scope = {"type": "http", "method": "POST", "path": VALIDATE, "headers": headers, "query_string": b""}
    asyncio.run(application(workplace)(scope, receive, send))
    assert sent == []
    assert not list(workplace.folder.glob("出错*"))


def _full_file(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_told(program: TestClient, workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "mkstemp", _full_file)
    monkeypatch.setattr("greenforms.render.paper._word", _full_file)
    assert "腾出空间" in _problem(program.get(f"{FORMS}/nm-2024/cultivation-plan/blank"), 507)["detail"]
    monkeypatch.setattr("greenforms.render.paper._word", lambda *_, **__: 1 / 0)
    told = _problem(program.get(f"{FORMS}/nm-2024/cultivation-plan/blank"), 500)
    assert "工作目录里写不进文件" in told["detail"]
    assert not list(workplace.folder.glob("出错*"))


def test_records_that_do_not_fit_are_told_and_the_old_ones_stay(
    program: TestClient, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = workplace.records

    def few(connection: Any) -> None:
        connection.exec_driver_sql("CREATE TABLE kept (text TEXT)")
        connection.exec_driver_sql("INSERT INTO kept VALUES ('早先的')")

    def many(connection: Any) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.exec_driver_sql("INSERT INTO kept VALUES (?)", ("后来的" * 100_000,))

    records.transact(few)
    monkeypatch.setattr("greenforms.station.api.forms.catalogue_json", lambda *_: records.transact(many))
    assert "以前保存的都在" in _problem(program.get(FORMS), 507)["detail"]
    with sqlite3.connect(workplace.folder / "记录.sqlite") as kept:
        assert kept.execute("SELECT text FROM kept").fetchall() == [("早先的",)]
    kept.close()


def test_a_layer_that_breaks_is_one_answer(program: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds.Bounds, "refusal", lambda *_: 1 / 0)
    assert "程序自身出错" in _problem(program.get(FORMS), 500)["detail"]


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("PATCH", "/api/v1/jobs/0123456789abcdef", "GET, DELETE"),
        ("GET", "/api/v1/facts", "POST"),
        ("POST", FORMS, "GET"),
    ],
)
def test_the_methods_of_an_address_are_told(program: TestClient, method: str, address: str, allowed: str) -> None:
    answer = program.request(method, address)
    _problem(answer, 405)
    assert answer.headers["allow"] == allowed


def test_files_of_ours_are_only_looked_at(program: TestClient) -> None:
    answer = program.post("/static/station.css")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_fault_behind_the_first_word_is_written_down(workplace: Workplace) -> None:
    async def breaks(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ZeroDivisionError

    async def nothing(*_: Any) -> Any:
        return None

    scope = {"type": "http", "path": "/", "app": application(workplace)}
    with pytest.raises(ZeroDivisionError):
        asyncio.run(Faults(breaks)(scope, nothing, nothing))
    (kept,) = workplace.folder.glob("出错-*.txt")
    assert "ZeroDivisionError" in kept.read_text("utf-8")
