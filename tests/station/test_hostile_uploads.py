"""Uploads that are too slow, too large, sent by another page, named to lead elsewhere, or do not fit on the disk."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from greenforms.station.access import bounds
from greenforms.station.server import application
from greenforms.station.work.idempotency import OtherRequest, once
from greenforms.station.work.jobs import Jobs
from greenforms.station.workplace import Workplace
from station.conftest import HOME

ORDER = "/api/v1/extractions"
HEAD = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
NAMES = [
    "../../../外面.docx",
    "C:\\Windows\\a.docx",
    "/etc/passwd",
    "<script>.docx",
    "con.docx",
    "..",
    "a\0b.docx",
    "甲" * 300,
]


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs wait: what comes of them is told elsewhere."""

    def waits(jobs: Jobs) -> None:
        while jobs._waiting.get() is not None:
            pass

    monkeypatch.setattr(Jobs, "_work", waits)


@pytest.fixture
def sender(workplace: Workplace) -> Iterator[TestClient]:
    headers = {"authorization": f"Bearer {workplace.key}"}
    with TestClient(application(workplace), HOME, headers=headers, raise_server_exceptions=False) as client:
        yield client


def _left(workplace: Workplace) -> list[str]:
    """What was kept of uploads, whole or half."""
    rooms = (workplace.folder / name for name in ("收到的文件", "任务"))
    return [path.name for room in rooms for path in room.rglob("*") if path.is_file()]


def _told(workplace: Workplace, pieces: list[tuple[float, bytes]]) -> int:
    """The status of the answer to a body that comes in pieces, each after a pause."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        pause, piece = pieces.pop(0)
        await asyncio.sleep(pause)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Any) -> None:
        sent.append(message)

    app = application(workplace)
    app.state.jobs = None
    headers = [(b"host", b"127.0.0.1"), (b"authorization", f"Bearer {workplace.key}".encode())]
    headers += [(b"content-type", b"multipart/form-data; boundary=x")]
    scope = {"type": "http", "method": "POST", "path": ORDER, "headers": headers, "query_string": b""}
    asyncio.run(app(scope, receive, send))
    status: int = sent[0]["status"]
    return status


def test_a_slow_upload_is_refused_and_nothing_is_kept(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds.Bounds.__init__, "__defaults__", (bounds.MOST_BYTES, 0.05))
    assert _told(workplace, [(0, HEAD), (0, b"x" * 100), (1, b"x")]) == 408
    assert _left(workplace) == []


def test_an_upload_that_grows_too_large_is_refused(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds.Bounds.__init__, "__defaults__", (1_000, bounds.PATIENCE))
    assert _told(workplace, [(0, HEAD), (0, b"x" * 600), (0, b"x" * 600)]) == 413
    assert _left(workplace) == []


def test_another_page_sends_nothing(stranger: TestClient, workplace: Workplace) -> None:
    stranger.get("/", params={"token": workplace.token})
    for headers in ({"origin": "http://example.invalid"}, {}):
        assert stranger.post(ORDER, files={"files": ("a.pdf", b"x")}, headers=headers).status_code == 403
    assert _left(workplace) == []
    assert stranger.post(ORDER, files={"files": ("a.pdf", b"x")}, headers={"origin": HOME}).status_code == 202


@pytest.mark.parametrize("name", NAMES)
def test_a_name_leads_nowhere(sender: TestClient, workplace: Workplace, name: str) -> None:
    before = {path for path in workplace.folder.parent.rglob("*") if path.is_file()}
    assert sender.post(ORDER, files={"files": (name, b"x")}).status_code == 202
    made = {path for path in workplace.folder.parent.rglob("*") if path.is_file()} - before
    assert {path.relative_to(workplace.folder).parts[0] for path in made} <= {"收到的文件", "任务", "记录.sqlite"}
    assert len([path for path in made if "任务" in path.parts]) == 1


@pytest.mark.parametrize("where", ["starlette.datastructures.UploadFile.write", "shutil.copyfileobj", "os.link"])
def test_an_upload_that_does_not_fit_is_told(
    sender: TestClient, workplace: Workplace, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(where, full)
        if where == "os.link":
            patch.setattr("shutil.copyfile", full)
        answer = sender.post(ORDER, files={"files": ("a.pdf", b"x")}, headers={"idempotency-key": "k"})
    assert (answer.status_code, answer.headers["content-type"]) == (507, "application/problem+json")
    assert not [name for name in _left(workplace) if name.startswith(".")]
    assert sender.post(ORDER, files={"files": ("a.pdf", b"x")}, headers={"idempotency-key": "k"}).status_code == 202


def test_a_job_that_was_not_begun_is_begun_when_it_is_asked_for_again(workplace: Workplace) -> None:
    begun: list[str] = []

    def asked(fingerprint: str = "f") -> str:
        return once(workplace.records, "key", fingerprint, begun.__contains__, begun.append)

    with pytest.raises(ZeroDivisionError):
        once(workplace.records, "key", "f", begun.__contains__, lambda _: 1 / 0)
    first = asked()
    assert (asked(), begun) == (first, [first])
    with pytest.raises(OtherRequest):
        asked("g")
