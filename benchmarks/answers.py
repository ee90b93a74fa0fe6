"""What the station answers: small calls while nothing else runs and while a batch does, and large documents.

`make station` starts a station of its own, calls it over HTTP and writes docs/station.md. Latency is counted from when
a call was due, so that one slow answer is told of all that waited behind it.
"""

from __future__ import annotations

import argparse
import http.client
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.form.library import open_library
from greenforms.render.paper import render
from greenforms.report import json_text

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "station.md"
ROSTER = "nm-2024/cultivation-roster"
#: Calls a second, and connections that make them, as many as a browser has to one address, and one more.
RATE, CONNECTIONS = 200, 8
ROWS = (1, 10, 100, 1_000, 10_000)
#: Papers of the batch, which must outlast the calls.
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Call:
    """One request, by path and body."""

    path: str
    body: bytes | None = None


@dataclass(slots=True)
class Answers:
    """What came of many calls: milliseconds of each, and the statuses that were no success."""

    took: list[float] = field(default_factory=list)
    wrong: list[object] = field(default_factory=list)
    seconds: float = 0.0

    def row(self, name: str) -> str:
        """It as a row of the table."""
        cuts = statistics.quantiles(self.took, n=100)
        figures = " | ".join(f"{each:.0f}" for each in (cuts[49], cuts[94], cuts[98], max(self.took)))
        return f"| {name} | {len(self.took)} | {len(self.took) / self.seconds:.0f} | {len(self.wrong)} | {figures} |"


HEAD = [
    "| while | calls | calls a second | errors | median, ms | 95 % | 99 % | slowest |",
    "|---|---:|---:|---:|---:|---:|---:|---:|",
]


class Station:
    """A station that runs, and its key."""

    def __init__(self, address: str, key: str) -> None:
        self.place = urlsplit(address).netloc
        self._headers = {"authorization": f"Bearer {key}"}

    def ask(self, connection: http.client.HTTPConnection, call: Call, **headers: str) -> tuple[int, bytes]:
        """The status and the body of one answer."""
        method = "GET" if call.body is None else "POST"
        connection.request(method, f"/api/v1{call.path}", call.body, self._headers | headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    @contextmanager
    def connected(self) -> Iterator[http.client.HTTPConnection]:
        """A connection that is kept for many calls."""
        connection = http.client.HTTPConnection(self.place, timeout=60)
        try:
            yield connection
        finally:
            connection.close()


@contextmanager
def served(folder: Path) -> Iterator[Station]:
    """A station as a program of its own."""
    words = [sys.executable, "-m", "greenforms", "serve", str(folder), "--no-browser"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8") as server:
        assert server.stdout is not None
        address = server.stdout.readline()
        try:
            yield Station(address, next(folder.glob("*钥匙*")).read_text("ascii"))
        finally:
            server.terminate()


def called(station: Station, calls: Sequence[Call], seconds: float) -> Answers:
    """Make so many calls a second for so long, in turn, whatever the answers take."""
    answers, begun = Answers(), time.perf_counter() + 0.2

    def caller(first: int) -> None:
        with station.connected() as connection:
            for number in range(first, round(RATE * seconds), CONNECTIONS):
                due = begun + number / RATE
                time.sleep(max(0.0, due - time.perf_counter()))
                try:
                    status, _ = station.ask(connection, calls[number % len(calls)])
                except (OSError, http.client.HTTPException) as error:
                    answers.wrong.append(error)
                else:
                    answers.wrong += [status] if status >= 400 else []
                answers.took.append(1000 * (time.perf_counter() - due))

    callers = [threading.Thread(target=caller, args=(first,)) for first in range(CONNECTIONS)]
    for each in callers:
        each.start()
    for each in callers:
        each.join()
    answers.seconds = time.perf_counter() - begun
    return answers


def roster(rows: int) -> dict[str, Any]:
    """A data set of so many rows."""
    row = datafile.load(str(examples_dir() / "cultivation-roster.json")).data["rows"][0]
    return {"rows": [{**row, "name": f"内蒙古第{number}新材料有限公司"} for number in range(rows)]}


def archive(first: int) -> bytes:
    """Papers packed, for which one child is started."""
    form, packed, row = open_library().form(ROSTER), io.BytesIO(), roster(1)["rows"][0]
    with zipfile.ZipFile(packed, "w") as target:
        for number in range(first, first + BATCH // 2):
            target.writestr(f"{number}.docx", render(form, {"rows": [{**row, "name": f"第{number}公司"}]}, "docx"))
    return packed.getvalue()


def ordered(station: Station) -> str:
    """Begin a batch on so many papers that it outlasts the calls; its address."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="files"; filename="{first}.zip"\r\n\r\n'.encode()
        + archive(first)
        + b"\r\n"
        for first in (0, BATCH // 2)
    ]
    with station.connected() as connection:
        media = "multipart/form-data; boundary=x"
        body = b"".join(parts) + b"--x--\r\n"
        status, told = station.ask(connection, Call("/extractions", body), **{"content-type": media})
    assert status == 202, told
    return f"/jobs/{json.loads(told)['id']}"


def status_of(station: Station, job: str) -> str:
    """How a job stands."""
    with station.connected() as connection:
        return str(json.loads(station.ask(connection, Call(job))[1])["status"])


def small_calls(job: str) -> list[Call]:
    """Calls that a page makes all the time."""
    return [
        Call(f"/forms/{ROSTER}"),
        Call(f"/forms/{ROSTER}/validate", json_text(roster(3)).encode()),
        Call(job),
        Call(f"/forms/{ROSTER}/schema"),
        Call("/procedures/nm-2024/application"),
    ]


def pace(station: Station, seconds: float) -> Iterator[str]:
    """The rows on small calls, at first while a batch runs."""
    job = ordered(station)
    calls = small_calls(job)
    with station.connected() as connection:
        for each in calls:
            assert station.ask(connection, each)[0] == 200, each
    busy = called(station, calls, seconds).row("a batch runs")
    assert status_of(station, job) == "running", "the batch was over too soon"
    while status_of(station, job) == "running":
        time.sleep(0.5)
    yield called(station, calls, seconds).row("nothing else runs")
    yield busy


def documents(station: Station) -> Iterator[str]:
    """The rows on documents: the best of three."""
    with station.connected() as connection:
        for rows in ROWS:
            body = json_text(roster(rows)).encode()
            took = []
            for what in ("validate", "render?kind=docx"):
                times = []
                for _ in range(3):
                    begun = time.perf_counter()
                    status, told = station.ask(connection, Call(f"/forms/{ROSTER}/{what}", body))
                    assert status == 200, told
                    times.append(1000 * (time.perf_counter() - begun))
                took.append(f"{min(times):.0f}")
            yield f"| {rows} | {len(body) / 1000:.0f} | {' | '.join(took)} |"


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long the small calls go on")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "station") as station:
        calls, sizes = list(pace(station, seconds)), list(documents(station))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        "# What the station answers",
        "",
        f"Written by `make station` ({machine}). The calls are made over HTTP from the same machine, {RATE} a second",
        f"over {CONNECTIONS} connections: one form of the catalogue, its schema, a small data set validated, how a job",
        "stands, one procedure. Latency is counted from when a call was due.",
        "",
        *HEAD,
        *calls,
        "",
        "A roster of so many rows, sent whole each time:",
        "",
        "| rows | kB | validated, ms | printed (docx), ms |",
        "|---:|---:|---:|---:|",
        *sizes,
        "",
    ]
    datafile.write(str(PAGE), "\n".join(lines).encode(), force=True)
    print(*lines, sep="\n")


if __name__ == "__main__":
    main()
