"""What Windows lacks is not needed to load us: shown on any system, by taking it away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: Loads every module of ours with what it uses, then ours alone once more in a Python that has only what Windows has.
#: The libraries stay as they are: they choose by themselves what they load on which system.
PROGRAM = """
import importlib, os, pkgutil, runpy, signal, socket, sys

OURS = ("greenforms", "greenforms_extractors")
LACKING = ("curses", "fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty")
POSIX = {
    os: "fork forkpty getuid geteuid getgid getegid getpgid getpgrp setpgid setsid setuid killpg chown fchown mkfifo "
        "mknod nice openpty pread pwrite sched_getaffinity sysconf uname wait wait4 waitid O_NOFOLLOW O_NONBLOCK "
        "O_CLOEXEC WNOHANG statvfs sync register_at_fork",
    signal: "SIGKILL SIGALRM SIGHUP SIGPIPE SIGCHLD SIGUSR1 SIGUSR2 SIGQUIT SIGXCPU alarm setitimer pthread_sigmask",
    socket: "AF_UNIX socketpair",
}


def modules():
    for name in OURS:
        package = importlib.import_module(name)
        yield name
        yield from (found.name for found in pkgutil.walk_packages(package.__path__, f"{name}."))


def ours():
    return [name for name in sys.modules if name.partition(".")[0] in OURS]


names = [] if sys.argv[1] else list(modules())
for name in names:
    importlib.import_module(name)
for name in ours():
    del sys.modules[name]
for name in LACKING:
    sys.modules[name] = None
for module, lacking in POSIX.items():
    for name in lacking.split():
        if hasattr(module, name):
            delattr(module, name)
sys.platform = "win32"
exec(sys.argv[1])
for name in names:
    importlib.import_module(name)
print(len(ours()))
os._exit(sys.stdout.flush() or 0)
"""


def loaded(before: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, before],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / each) for each in ("engine", "extractors"))},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_every_module_loads_without_posix() -> None:
    """no module of ours needs a module, a call or a signal that Windows lacks in order to be imported."""
    done = loaded()
    assert done.returncode == 0, done.stderr
    sources = [path for folder in ("engine", "extractors") for path in (ROOT / folder).rglob("*.py")]
    assert int(done.stdout) == len(sources)


@pytest.mark.parametrize("need", ["import fcntl", "import os\nos.getuid()", "import signal\nsignal.SIGKILL"])
def test_what_is_taken_away_is_missed(need: str) -> None:
    """the Python of the test above really has nothing of POSIX."""
    assert loaded(need).returncode == 1


@pytest.mark.parametrize("module", ["fcntl", "resource", "pwd", "grp", "termios", "msvcrt"])
def test_the_lint_refuses_what_one_system_lacks(module: str) -> None:
    """a module of one system may be imported inside a function behind a guard, and not at the top of ours."""
    assert "TID253" in _linted(f"import {module}\n")
    assert "TID253" not in _linted(f"def guarded() -> None:\n    import {module}\n")


def test_the_lint_asks_for_encodings() -> None:
    """a text that is read or written says in which encoding, for a Chinese Windows would take cp936."""
    source = "from pathlib import Path\n\ntext = Path('a').read_text({})\n"
    assert "PLW1514" in _linted(source.format(""))
    assert "PLW1514" not in _linted(source.format("'utf-8'"))


def _linted(source: str) -> str:
    ruff = Path(sys.executable).with_name("ruff")
    words = [ruff, "check", "--no-cache", "--output-format=json", "--stdin-filename", "engine/greenforms/new.py", "-"]
    done = subprocess.run(words, cwd=ROOT, input=source, capture_output=True, encoding="utf-8", check=False)
    return done.stdout


@pytest.mark.parametrize(("call", "is_refused"), [("os.getuid()", True), ("os.getpid()", False)])
def test_the_types_of_windows_are_checked(call: str, is_refused: bool, tmp_path: Path) -> None:
    """`make lint` checks the types for Windows, where an unguarded call that only POSIX has does not exist."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "mypy --platform win32" in makefile
    (tmp_path / "new.py").write_text(f"import os\n\nprint({call})\n", "utf-8")
    words = [sys.executable, "-m", "mypy", "--config-file=", "--platform", "win32", "--cache-dir", os.devnull, "new.py"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode == 1) is is_refused, done.stdout
