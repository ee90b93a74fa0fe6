"""The server is killed in the midst of an upload and of a job: nothing taken in is lost, nothing is half there."""

from __future__ import annotations

import io
import json
import re
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2 as httpx

from greenforms import load_form
from greenforms.bundled import examples_dir
from greenforms.datafile import load
from greenforms.station.workplace import open_workplace
from shipped import LIBRARY
from station.reviewing import Reviewed, contradicting, hand_in

COUNT = 4


@contextmanager
def _served(folder: Path) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """A station as a program of its own, which is killed at the end, and a program with the key."""
    command = [sys.executable, "-m", "greenforms", "serve", str(folder), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            address = urlsplit(server.stdout.readline())
            key = next(folder.glob("*钥匙*")).read_text("ascii")
            home = f"http://{address.netloc}"
            with httpx.Client(base_url=home, headers={"authorization": f"Bearer {key}"}, timeout=60) as client:
                yield client, server
        finally:
            server.kill()


def _papers() -> bytes:
    """Papers in an archive, for which one child is started."""
    packed, form = io.BytesIO(), load_form("nm-2024/cultivation-roster")
    rows = load(str(examples_dir() / "cultivation-roster.json")).data["rows"]
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(COUNT):
            archive.writestr(zipfile.ZipInfo(f"{number}.docx"), form.render({"rows": rows[: number + 1]}))
    return packed.getvalue()


def _ordered(client: httpx.Client) -> Any:
    files = {"files": ("包.zip", _papers())}
    answer = client.post("/api/v1/extractions", files=files, headers={"idempotency-key": "the same"})
    assert answer.status_code == 202
    return answer.json()


def _wait_for(client: httpx.Client, job: str, *statuses: str) -> Any:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        state = client.get(f"/api/v1/jobs/{job}").json()
        if state["status"] in statuses:
            return state
        time.sleep(0.02)
    raise AssertionError(f"the job is not {statuses}")


def _half_an_upload(client: httpx.Client) -> socket.socket:
    """Send half of what was announced, and more than is kept in memory."""
    head = (
        f"POST /api/v1/checks HTTP/1.1\r\nHost: {client.base_url.host}\r\n"
        f"Authorization: {client.headers['authorization']}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 8000000\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="files"; filename="half.pdf"\r\n\r\n'
    )
    connection = socket.create_connection((client.base_url.host, client.base_url.port or 80))
    connection.sendall(head.encode() + b"half" * 1_000_000)
    return connection


def test_nothing_is_lost_and_nothing_is_half_there(tmp_path: Path) -> None:
    folder = tmp_path / "工作台"
    with _served(folder) as (client, server):
        begun = _ordered(client)
        with _half_an_upload(client):
            _wait_for(client, begun["id"], "running")
            server.kill()
            server.wait()
    assert not list(folder.rglob("汇总.xlsx")), "it was killed before the job was over"
    received = folder / "收到的文件"
    (received / ".greenforms-half").write_bytes(b"half")

    with _served(folder) as (client, _):
        state = _wait_for(client, begun["id"], "done", "failed")
        assert (state["status"], state["done"], state["total"]) == ("done", COUNT, COUNT)
        listed = client.get(state["links"]["results"]).json()["files"]
        assert [each["file"] for each in listed] == [f"包.zip/{number}.docx" for number in range(COUNT)]
        assert _ordered(client)["id"] == begun["id"]
    assert len(list(received.iterdir())) == 1
    assert not list((folder / "正在接收").iterdir())
    assert len(list((folder / "任务").iterdir())) == 1


def test_what_was_answered_stays(tmp_path: Path) -> None:
    """what an applicant typed and a clerk changed is there after a kill in the midst of building a pack."""
    folder = tmp_path / "工作台"
    workplace = open_workplace(folder, LIBRARY)
    hand_in(workplace, contradicting())
    workplace.records.close()
    begun = {"procedure": "nm-2024/reassessment|绿色工厂", "unit": "甲公司"}
    with _served(folder) as (client, server):
        filing = client.post("/filing", data=begun).headers["location"]
        paper = f"{filing}/papers/reassessment_application"
        version = re.search(r'name="version" value="([^"]+)"', client.get(paper).text)
        assert version is not None
        assert client.post(paper, data={"version": unescape(version[1]), "/name": "乙公司"}).status_code == 303
        assert Reviewed(client).ask("change", "/rows/0/region", "赤峰市").status_code == 200
        with socket.create_connection((client.base_url.host, client.base_url.port or 80)) as building:
            asked = f"GET {filing}/pack.zip?draft=true HTTP/1.1\r\nHost: {client.base_url.host}\r\n"
            building.sendall(f"{asked}Authorization: {client.headers['authorization']}\r\n\r\n".encode())
            server.kill()
            server.wait()

    with _served(folder) as (client, _):
        assert "乙公司" in client.get(paper).text
        assert "赤峰市" in json.dumps(Reviewed(client).field("/rows/0/region"), ensure_ascii=False)
        assert client.get(f"{filing}/pack.zip", params={"draft": True}).content.startswith(b"PK")
