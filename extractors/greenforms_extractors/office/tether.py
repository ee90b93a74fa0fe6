"""Runs a program that must not outlive whoever asked for it. Run as a script: `tether.py HOME PROGRAM ARGUMENT...`.

The tether is the script's standard input. When it ends (the asker let go, ended or was killed), the program is killed
with all its children and HOME is removed; an empty HOME removes nothing. Only the standard library is used, for this
runs without the package's path.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading

_PR_SET_CHILD_SUBREAPER = 36
#: Bytes of its own that the program may have, as whoever reads a file in a child (`supervised/limits.py`).
_MEMORY = 2_000_000_000
#: How far a process steps back, of the 19 steps that there are; a tenth of the time is left to it.
_BEHIND = 10


def run(home: str, command: list[str]) -> int:
    """Run the program to its end, or to the end of the tether, and return its exit code."""
    confine(_MEMORY)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, creationflags=apart())  # noqa: S603 - the asker's
    released = threading.Event()

    def follow() -> None:
        while os.read(0, 1024):
            pass
        released.set()
        kill(process)
        if home:
            sweep(home)

    follower = threading.Thread(target=follow, daemon=True)
    follower.start()
    code = process.wait()
    if released.is_set():
        follower.join()
    else:
        _kill_group(process)  # the launcher may have died before the real program
    return code


def apart(*, behind: bool = False) -> int:
    """The creation flags for Windows that do what a new session does elsewhere: Ctrl-C passes by, no console opens.

    `behind`: others go first, which `put_behind` sees to elsewhere.
    """
    if sys.platform == "win32":
        first = subprocess.BELOW_NORMAL_PRIORITY_CLASS if behind else 0
        return subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW | first
    return 0


def put_behind(pid: int) -> None:
    """Let other processes go before this one, which has just been started."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # it has ended, or the system does not let us
            os.setpriority(os.PRIO_PROCESS, pid, min(19, os.getpriority(os.PRIO_PROCESS, 0) + _BEHIND))


def confine(memory: int) -> None:
    """Let this process and those it starts have no more than so many bytes of their own, where the system sees to that.

    Not the address space is limited: thread pools and mapped libraries reserve much of it and never use it.
    """
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a program with its children, for `soffice` is only a launcher of the real one, and see them all gone."""
    if sys.platform == "win32":
        # By its full name: a program of that name in the current folder would come first.
        program = os.path.join(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")  # noqa: PTH118
        words = [program, "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(words, capture_output=True, check=False, creationflags=apart())  # noqa: S603 - Windows' own
        process.wait()
        return
    _adopt_orphans()
    _kill_group(process)
    process.wait()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a program's session; Windows has none."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError):  # all have ended
            os.killpg(process.pid, signal.SIGKILL)


def _adopt_orphans() -> None:
    """Let the killed launcher's children come to us: in a container nobody else may collect the dead."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def sweep(home: str) -> None:
    """Remove a home of LibreOffice, and the socket that it leaves outside of it when it is killed."""
    shutil.rmtree(home, ignore_errors=True)
    if sys.platform != "win32":
        _remove_socket(home, os.getuid())


def _remove_socket(home: str, user: int) -> None:
    """The socket's name is a hash of the profile's address (LibreOffice's desktop/unx/source/start.c)."""
    import hashlib
    from pathlib import Path

    address = (Path(home) / "profile").as_uri()
    digest = hashlib.md5(address.encode("utf-16-le"), usedforsecurity=False).digest()
    name = f"OSL_PIPE_{user}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}"
    for folder in ("/tmp", "/var/tmp"):  # noqa: S108 - where LibreOffice puts it, whatever TMPDIR says
        Path(folder, name).unlink(missing_ok=True)


if __name__ == "__main__":
    # Not sys.exit: the thread still waits at the tether when the program ends first.
    os._exit(run(sys.argv[1], sys.argv[2:]) & 0xFF)
