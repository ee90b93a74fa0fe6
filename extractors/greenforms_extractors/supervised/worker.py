"""One child process as its parent sees it: started, asked, watched, ended."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

from greenforms_extractors.office.tether import apart, put_behind
from greenforms_extractors.progress import Progress
from greenforms_extractors.refusals import reader_crashed, too_much_memory, too_slow
from greenforms_extractors.supervised.limits import Limits
from greenforms_extractors.supervised.messages import (
    Begun,
    Done,
    Message,
    OutOfMemory,
    Raised,
    Ready,
    Request,
    packed,
    receive,
    send,
)
from greenforms_extractors.supervised.resident import resident
from greenforms_extractors.threads import THREADS

#: Seconds between two looks at a child that works.
_TICK = 0.1
#: Seconds a child may take to start, however busy the machine is.
_START = 60.0
#: A child that kept more than this share of its memory after a file makes room for a new one.
_SATED = 0.5
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from greenforms_extractors.supervised.child import main; main()"


class RemoteTrace(Exception):
    """Where in the child an error was raised: its cause, as far as a traceback can tell."""


class Worker:
    """One child. It is asked for one thing at a time; `usable` says whether it may be asked again.

    `threads` is how many threads its libraries may start; else as many as there are cores. `behind`: other processes go
    first.
    """

    def __init__(self, threads: int | None = None, *, behind: bool = False) -> None:
        paths = [str(Path(each).absolute()) for each in sys.path]
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", _PROGRAM, *paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries complain in English
            env=os.environ if threads is None else {**os.environ, **dict.fromkeys(THREADS, str(threads))},
            # Out of reach of the terminal's Ctrl-C, which the parent answers; and on Windows without a window.
            start_new_session=True,
            creationflags=apart(behind=behind),
        )
        if behind:
            put_behind(self._process.pid)
        self._inbox: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._pid = self._process.pid
        self._started = False
        self._idle = True
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def usable(self) -> bool:
        """Whether it lives and waits for work."""
        return self._idle and self._process.poll() is None

    def run(self, request: Request, progress: Progress) -> Any:
        """Have the work done. Raises what the work raises, UnreadableFile when it leaves its bounds or crashes."""
        self._idle = False
        try:
            assert self._process.stdin is not None
            send(self._process.stdin, packed(request))
        except OSError:
            self._inbox.put(None)
        return self._wait(request, progress)

    def _wait(self, request: Request, progress: Progress) -> Any:
        heard, most = time.monotonic(), 0
        while True:
            try:
                message = self._inbox.get(timeout=_TICK)
            except queue.Empty:
                most = max(most, self._watch(request, heard))
                continue
            match message:
                case Ready(pid=pid):
                    self._pid, self._started = pid, True
                case Begun(page=page, pages=pages):
                    most = max(most, self._watch(request, time.monotonic()))
                    progress(page, pages)
                case Done(value=value):
                    self._rest(request.limits)
                    return value
                case Raised(error=error, trace=trace):
                    self._rest(request.limits)
                    raise error from RemoteTrace(trace)
                case OutOfMemory():
                    raise too_much_memory(request.path, request.limits.memory)
                case None:
                    self._mourn(request, most)
            heard = time.monotonic()

    def _watch(self, request: Request, heard: float) -> int:
        """Refuse a file that takes too much; answer how much memory the child holds."""
        holds = resident(self._pid)
        if holds > request.limits.memory:
            raise too_much_memory(request.path, request.limits.memory)
        silence = request.limits.silence
        if time.monotonic() - heard > (silence if self._started else max(silence, _START)):
            raise too_slow(request.path, request.limits.silence)
        return holds

    def _mourn(self, request: Request, most: int) -> NoReturn:
        """Refuse the file a child died of; near its limit it died of hunger."""
        if most > 0.8 * request.limits.memory:
            raise too_much_memory(request.path, request.limits.memory)
        raise reader_crashed(request.path)

    def _rest(self, limits: Limits) -> None:
        self._idle = resident(self._pid) < _SATED * limits.memory

    def kill(self) -> None:
        """End it, and leave the rest to whoever waits for it."""
        self._process.kill()

    def stop(self) -> None:
        """End it at once."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()

    def _listen(self) -> None:
        """Take in what the child says, until it says nothing any more."""
        assert self._process.stdout is not None
        try:
            while True:
                self._inbox.put(receive(self._process.stdout))
        except (EOFError, OSError, ValueError):  # it has ended, or we have let go of it
            self._inbox.put(None)
        except Exception as error:  # what it said cannot be taken in
            self._inbox.put(Raised(error, ""))
