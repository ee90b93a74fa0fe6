"""`greenforms serve` as a program: an address that works, Ctrl-C ends it, and what is refused."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2 as httpx
import pytest

from cli.console import call
from greenforms.errors import UsageError
from greenforms.station.alone import alone
from greenforms.station.server import listening
from greenforms.station.work.jobs import Jobs
from greenforms.station.workplace import Workplace


def test_it_answers_and_stops(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "greenforms", "serve", str(tmp_path / "台"), "--no-browser"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        page = httpx.get(address, follow_redirects=True)
        server.send_signal(signal.SIGINT)
        _, told = server.communicate(timeout=30)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=\S{40,}", address)
    assert "绿表" in page.text
    assert server.returncode == 0
    assert "已停止" in told


def test_other_machines_are_refused_with_the_reason(tmp_path: Path) -> None:
    call("serve", str(tmp_path / "台"), "--host", "192.0.2.1").refused(2, "只供一人在本机使用")


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        call("serve", str(tmp_path / "台"), "--no-browser", "--port", str(taken.getsockname()[1])).refused(
            2, "正被别的程序使用"
        )


def test_a_file_is_no_workplace(tmp_path: Path) -> None:
    (tmp_path / "台").write_text("x")
    call("serve", str(tmp_path / "台"), "--no-browser").refused(2, "不能作工作目录")


def test_a_workplace_has_one_server(tmp_path: Path) -> None:
    folder = tmp_path / "台"
    folder.mkdir()
    with alone(folder):
        call("serve", folder, "--no-browser").refused(2, "正由另一个绿表使用")
    with alone(folder):
        pass


def test_records_that_are_broken_are_told(tmp_path: Path) -> None:
    (tmp_path / "记录.sqlite").write_bytes(b"no database" * 1000)
    call("serve", tmp_path, "--no-browser").refused(2, "记录.sqlite", "读不了")


def test_a_server_that_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Jobs, workplace: Workplace) -> None:
        raise UsageError("磁盘满了。请腾出空间。")

    monkeypatch.setattr(Jobs, "__init__", full)
    said = call("serve", tmp_path, "--no-browser")
    assert said.code == 2
    assert "磁盘满了" in said.err
    assert "Traceback" not in said.err


def test_answers_do_not_wait_for_each_other() -> None:
    """connections send each piece at once: a form that is sent and an answer that comes cost no 40 ms of waiting."""
    with listening("127.0.0.1", None) as sock:
        assert sock.proto == socket.IPPROTO_TCP
