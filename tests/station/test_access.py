"""Who is let in, with what, and what every answer tells the browser."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.testclient import TestClient

from greenforms.form.library import Library
from greenforms.station.access import bounds
from greenforms.station.access.bounds import Bounds
from greenforms.station.refused import told_problems
from greenforms.station.workplace import Workplace, open_workplace

VALIDATE = "/api/v1/forms/nm-2024/cultivation-plan/validate"


@pytest.mark.parametrize("address", ["/", "/forms", "/static/station.css", "/api/v1/forms", VALIDATE, "/nowhere"])
def test_a_stranger_sees_nothing(stranger: TestClient, address: str) -> None:
    assert stranger.get(address).status_code == 401


def test_a_stranger_is_told_what_to_do(stranger: TestClient) -> None:
    page, answer = stranger.get("/"), stranger.get("/api/v1/forms")
    assert "请从程序打开的地址进入" in page.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 401


def test_the_token_works_once_and_leaves_the_address(stranger: TestClient, workplace: Workplace) -> None:
    first = stranger.get("/forms", params={"token": workplace.token}, follow_redirects=False)
    assert (first.status_code, first.headers["location"]) == (303, "/forms")
    assert stranger.get("/forms").status_code == 200
    stranger.cookies.clear()
    assert stranger.get("/", params={"token": workplace.token}).status_code == 401


def test_a_redirect_leads_nowhere_else(stranger: TestClient, workplace: Workplace) -> None:
    answer = stranger.get(f"http://127.0.0.1:8737//example.invalid/?token={workplace.token}", follow_redirects=False)
    assert answer.headers["location"] == "/example.invalid/"


def test_the_session_is_never_one_that_was_brought_along(stranger: TestClient, workplace: Workplace) -> None:
    stranger.cookies.set("greenforms", "chosen-by-somebody-else", domain="127.0.0.1")
    answer = stranger.get("/", params={"token": workplace.token}, follow_redirects=False)
    told = answer.headers["set-cookie"]
    assert "chosen-by-somebody-else" not in told
    assert "HttpOnly" in told
    assert "SameSite=strict" in told


@pytest.mark.parametrize("host", ["example.invalid", "example.invalid:8737", "127.0.0.1.example.invalid", ""])
def test_this_machine_has_no_other_name(browser: TestClient, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://example.invalid", "null", "", "http://127.0.0.1:9"])
def test_another_page_changes_nothing(browser: TestClient, origin: str) -> None:
    assert browser.post(VALIDATE, json={}, headers={"origin": origin}).status_code == 403
    del browser.headers["origin"]
    assert browser.post(VALIDATE, json={}).status_code == 403


def test_our_own_pages_and_programs_with_the_key_do(browser: TestClient, workplace: Workplace) -> None:
    assert browser.post(VALIDATE, json={}).status_code == 200
    browser.cookies.clear()
    del browser.headers["origin"]
    assert browser.post(VALIDATE, json={}, headers={"authorization": f"Bearer {workplace.key}"}).status_code == 200
    assert browser.post(VALIDATE, json={}, headers={"authorization": "Bearer wrong"}).status_code == 401


def test_the_key_is_kept_and_is_the_owners_alone(workplace: Workplace, library: Library) -> None:
    again = open_workplace(workplace.folder, library)
    assert (again.key, again.token == workplace.token) == (workplace.key, False)
    (kept,) = workplace.folder.glob("*钥匙*")
    assert os.name == "nt" or kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("address", ["/", "/nowhere", "/static/station.css", "/api/v1/forms", "/api/v1/nowhere"])
def test_every_answer_forbids_what_is_not_ours(browser: TestClient, address: str) -> None:
    for answer in (browser.get(address), browser.get(address, headers={"host": "example.invalid"})):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_fault_is_one_answer_and_is_written_down(
    browser: TestClient, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenforms.report.catalogue_json", lambda *_: 1 / 0)
    monkeypatch.setattr("greenforms.station.api.forms.catalogue_json", lambda *_: 1 / 0)
    answer = browser.get("/api/v1/forms")
    assert answer.status_code == 500
    assert "不是您的操作有误" in answer.json()["detail"]
    assert "content-security-policy" in answer.headers
    (kept,) = workplace.folder.glob("出错-*.txt")
    assert "ZeroDivisionError" in kept.read_text("utf-8")


@pytest.mark.parametrize("address", ["/static/../server.py", "/static/%2e%2e/server.py", "/static/..%2fserver.py"])
def test_no_file_beside_the_public_ones(browser: TestClient, address: str) -> None:
    assert browser.get(address).status_code == 404


def test_an_oversize_body_is_refused_before_it_comes(browser: TestClient) -> None:
    answer = browser.post(VALIDATE, content=b"{}", headers={"content-length": str(bounds.MOST_BYTES + 1)})
    assert answer.status_code == 413


def _bounded(pieces: list[tuple[float, bytes]], **limits: Any) -> int:
    """The status of an answer to a body that comes in pieces, each after a pause."""
    inner, told = FastAPI(), []
    told_problems(inner)

    @inner.post("/api/v1/x")
    async def taken(request: Request) -> int:
        return len(await request.body())

    async def receive() -> dict[str, Any]:
        pause, piece = pieces.pop(0)
        await asyncio.sleep(pause)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Any) -> None:
        told.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/v1/x", "headers": [], "query_string": b""}
    asyncio.run(Bounds(inner, **limits)(scope, receive, send))
    status: int = told[0]["status"]
    return status


def test_a_body_that_grows_too_large_is_refused() -> None:
    assert _bounded([(0, b"x" * 50), (0, b"x" * 50)], most=100) == 200
    assert _bounded([(0, b"x" * 50), (0, b"x" * 51)], most=100) == 413


def test_a_slow_body_is_refused() -> None:
    assert _bounded([(0, b"x"), (1, b"x")], patience=0.05) == 408
    assert _bounded([(0.02, b"x")] * 9, patience=0.05) == 408
