"""The one LibreOffice behind old formats: started once, renewed when it dies or is too slow, never left behind."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from old_files import refusal

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.legacy.modern import frozen, modernised
from greenforms_extractors.office import program, supervisor
from greenforms_extractors.reading import read

ROOT = Path(__file__).resolve().parents[2]
needs_proc = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks for processes in /proc")


def processes(sign: str) -> list[tuple[int, str]]:
    """Process id and program of everything that runs with `sign` among its words."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode(errors="replace").split("\0")
        except OSError:  # the process ended meanwhile
            continue
        if any(sign in word for word in words):
            found.append((int(path.parent.name), words[0]))
    return found


def home_of(office: supervisor.Office) -> Path:
    assert office._instance is not None
    return office._instance._home


def test_without_libreoffice(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a machine without LibreOffice says so and names both ways out."""
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setattr(program, "_PLACES", {})
    monkeypatch.setattr(supervisor, "_OFFICE", supervisor.Office())
    error = refusal(roster)
    assert error.code == "no-office"
    assert "没有安装 LibreOffice" in str(error)
    assert "另存为 .docx" in str(error)


def test_one_instance_reads_many_files(roster: Path, sheet: Path) -> None:
    """This test ensures that LibreOffice is started once, not for each file."""
    read(roster)
    instance = supervisor._OFFICE._instance
    for path in (sheet, roster, sheet):
        read(path)
    assert supervisor._OFFICE._instance is instance


def test_a_slow_file_does_not_hold_up_the_next(roster: Path) -> None:
    """This test ensures that a file that takes too long is given up, and that the next one is read."""
    with pytest.raises(UnreadableFile) as caught, modernised(roster, frozen(roster, "doc"), timeout=0.05):
        pass
    assert caught.value.code == "office-timeout"
    assert "0.05 秒" in str(caught.value)
    assert read(roster).kind == "docx"


@needs_proc
@pytest.mark.parametrize("delay", [0.0, 0.08], ids=["between files", "during a file"])
def test_a_killed_instance_does_not_take_the_next_file_down(roster: Path, delay: float) -> None:
    """This test ensures that a file is read although LibreOffice was killed before or while it was converted."""
    read(roster)
    home = home_of(supervisor._OFFICE)
    office = [number for number, name in processes(str(home)) if name.endswith("soffice.bin")]
    assert len(office) == 1
    killer = threading.Timer(delay, os.kill, (office[0], signal.SIGKILL))
    killer.start()
    if not delay:
        killer.join()
        time.sleep(0.3)
    assert read(roster).kind == "docx"
    killer.join()
    time.sleep(0.3)
    assert read(roster).kind == "docx"
    assert not home.exists()


def test_what_libreoffice_cannot_load_is_refused(tmp_path: Path) -> None:
    """This test ensures that a file LibreOffice gives up on is refused in our words, with the way out."""
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1{{{{}")
    error = refusal(path)
    assert error.code == "office-failed"
    assert "另存为 .docx" in str(error)


CHILD = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
from pathlib import Path
from greenforms_extractors.office import supervisor
from greenforms_extractors.reading import read
read(Path(sys.argv[1]))
print(supervisor._OFFICE._instance._home, flush=True)
if sys.argv[2] == "wait":
    while True:
        read(Path(sys.argv[1]))
"""


def socket_of(home: Path) -> Path:
    """Where LibreOffice listens: outside its home, under a hash of its profile's address."""
    digest = hashlib.md5((home / "profile").as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    return Path(f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}")  # noqa: S108


@needs_proc
@pytest.mark.parametrize("end", ["exit", "SIGINT", "SIGKILL"])
def test_nothing_is_left_behind(end: str, roster: Path, tmp_path: Path) -> None:
    """This test ensures that LibreOffice and its files go with the process that used them, however that ends."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    path = os.pathsep.join(str(ROOT / each) for each in ("engine", "extractors"))
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": path}
    command = [sys.executable, "-c", CHILD, str(roster), "leave" if end == "exit" else "wait"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        home = Path(child.stdout.readline().decode().strip())
        assert home.parent == temporary
        if end != "exit":
            assert socket_of(home).exists()
            time.sleep(0.1)  # in the middle of a file
            child.send_signal(getattr(signal, end))
    deadline = time.monotonic() + 10
    while processes(str(temporary)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes(str(temporary)) == []
    assert not socket_of(home).exists()
    # What a killed process was itself writing is the one thing nobody can take away for it.
    left = [each for each in temporary.rglob("*") if each.is_file() and each.name != "paper.docx"]
    assert left == []
