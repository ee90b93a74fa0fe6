"""One running LibreOffice: its home, its start, the files handed to it, its end.

It is started with an empty document of ours open, which keeps it running. A file is handed to it by calling the same
program with the same profile: LibreOffice passes such a call on to the instance that runs and waits until it is done.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from greenforms_extractors.office import tether

#: The typefaces official forms ask for, and the free ones shown where the machine lacks them.
FONT_MAP = Path(__file__).with_name("fonts.conf")

_PROFILE = Path(__file__).with_name("profile.xcu")
_KEEPER = "keeper.rtf"
_POLL = 0.02
#: Where it and the libraries below it write, all of it in the home that is removed. The user's fonts stay in sight.
_FOLDERS = {
    **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), "temporary"),
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
}


class OfficeFailure(Exception):
    """LibreOffice gave no result. `said` is what it complained of, in English, or empty."""

    def __init__(self, code: Literal["no-office", "office-timeout", "office-failed"], said: str = "") -> None:
        self.code = code
        self.said = said
        super().__init__(f"{code}: {said}")


@dataclass(frozen=True, slots=True)
class Job:
    """One file to convert.

    `suffix` tells LibreOffice the kind (".doc"), `target` is as its option --convert-to takes it
    ("docx:MS Word 2007 XML"), `reader` names its import filter where the kind leaves a choice.
    """

    content: bytes
    suffix: str
    target: str
    reader: str = ""


class Instance:
    """One running LibreOffice with a home of its own: settings, temporary files and log."""

    def __init__(self, program: Path) -> None:
        self._program = program
        self._folder = tempfile.TemporaryDirectory(prefix="greenforms-", ignore_cleanup_errors=True)
        self._home = Path(self._folder.name).resolve()
        self._owner = os.getpid()
        self._log = self._home / "log"
        self._read = 0
        self.files = 0
        for name in _FOLDERS.values():
            (self._home / name).mkdir(mode=0o700, exist_ok=True)
        settings = self._home / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        shutil.copyfile(_PROFILE, settings)
        keeper = self._home / _KEEPER
        keeper.write_text(r"{\rtf1}", "ascii")
        self._process = self._start(str(self._home), [str(keeper)])

    def wait_until_ready(self, deadline: float) -> None:
        """Wait until it has locked the keeper, as it does with a document it opens. Raises OfficeFailure."""
        lock = self._home / f".~lock.{_KEEPER}#"
        while not lock.exists():
            if not self.alive():
                raise OfficeFailure("office-failed", self._complaints())
            if time.monotonic() > deadline:
                raise OfficeFailure("office-timeout")
            time.sleep(_POLL)

    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def convert(self, job: Job, deadline: float) -> bytes:
        """Convert one file. Raises OfficeFailure when the time is up or there is no result."""
        self.files += 1
        with tempfile.TemporaryDirectory(dir=self._home, ignore_cleanup_errors=True) as folder:
            source, results = Path(folder, f"paper{job.suffix}"), Path(folder, "results")
            source.write_bytes(job.content)
            options = [f"--infilter={job.reader}"] if job.reader else []
            self._hand_over([*options, "--convert-to", job.target, "--outdir", str(results), str(source)], deadline)
            said = self._complaints()
            result = results / f"paper.{job.target.partition(':')[0]}"
            if not result.is_file():
                raise OfficeFailure("office-failed", said)
            return result.read_bytes()

    def stop(self) -> None:
        """End it and leave nothing behind."""
        if self._owner != os.getpid():  # a forked child must leave its parent's alone
            return
        _release(self._process)
        tether.sweep(str(self._home))
        self._folder.cleanup()

    def _hand_over(self, arguments: list[str], deadline: float) -> None:
        messenger = self._start("", arguments)
        try:
            messenger.wait(max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired as error:
            raise OfficeFailure("office-timeout") from error
        finally:
            _release(messenger)

    def _start(self, home: str, arguments: list[str]) -> subprocess.Popen[bytes]:
        profile = f"-env:UserInstallation={(self._home / 'profile').as_uri()}"
        command = [str(self._program), profile, "--headless", "--norestore", "--nologo", *arguments]
        with self._log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - LibreOffice with arguments of ours
                [sys.executable, "-I", "-S", tether.__file__, home, *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=self._environment(),
                start_new_session=True,
                creationflags=tether.apart(),
            )

    def _environment(self) -> dict[str, str]:
        places = {variable: str(self._home / name) for variable, name in _FOLDERS.items()}
        if sys.platform != "win32":
            # A shell script starts it, which needs the system's own programs whatever the search path says.
            places["PATH"] = os.pathsep.join(filter(None, (os.environ.get("PATH"), os.defpath)))
        return {**os.environ, **places, "FONTCONFIG_FILE": str(FONT_MAP)}

    def _complaints(self) -> str:
        """What it has complained of since it was last asked."""
        with self._log.open("rb") as log:
            log.seek(self._read)
            said = log.read()
        self._read += len(said)
        lines = said.decode(errors="replace").splitlines()
        return " ".join(line.strip() for line in lines if line.startswith("Error"))


def _release(process: subprocess.Popen[bytes]) -> None:
    """Let go of a program on its tether and wait for its end."""
    if process.stdin is not None:
        process.stdin.close()
    process.wait()
