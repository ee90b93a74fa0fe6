"""The program of a child: does what it is asked, one file after the other, until its parent is gone."""

from __future__ import annotations

import faulthandler
import os
import queue
import signal
import threading
import traceback
from typing import IO

from greenforms_extractors.office.tether import confine
from greenforms_extractors.supervised.messages import (
    Begun,
    Done,
    OutOfMemory,
    Raised,
    Ready,
    Request,
    packed,
    receive,
    send,
)

#: Seconds after which a child ends itself although native code holds it and its parent did not: that one is gone.
_GRACE = 10.0
#: What libraries of C++ say when they get no memory.
_NO_MEMORY = ("insufficient memory", "bad_alloc", "bad allocation", "failed to allocate")


def main() -> None:
    """Answer requests for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    requests, answers = _pipes()
    inbox: queue.SimpleQueue[Request | Exception] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, inbox), daemon=True).start()
    send(answers, packed(Ready(os.getpid())))
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - no path of a file
        while True:
            send(answers, _answer(inbox.get(), answers, nowhere))


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the parent, taken out of the way of whatever a library prints."""
    pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return pipes


def _listen(requests: IO[bytes], inbox: queue.SimpleQueue[Request | Exception]) -> None:
    """Pass the requests on; the end of the pipe is the end of the parent, and ours whatever we are doing."""
    while True:
        try:
            inbox.put(receive(requests))
        except (EOFError, OSError):
            os._exit(0)
        except Exception as error:  # what is asked cannot be understood
            inbox.put(error)


def _answer(request: Request | Exception, answers: IO[bytes], nowhere: IO[str]) -> bytes:
    """Do the work and pack what it gave."""
    if isinstance(request, Exception):
        return _raised(request)

    def alive() -> None:
        faulthandler.dump_traceback_later(request.limits.silence + _GRACE, exit=True, file=nowhere)

    def tell(page: int, pages: int) -> None:
        alive()
        send(answers, packed(Begun(page, pages)))

    alive()
    confine(request.limits.memory)
    try:
        return packed(Done(request.work(request.path, tell)))
    except Exception as error:
        return packed(OutOfMemory()) if _lacks_memory(error) else _raised(error)
    finally:
        faulthandler.cancel_dump_traceback_later()


def _lacks_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or any(sign in str(error).lower() for sign in _NO_MEMORY)


def _raised(error: Exception) -> bytes:
    """The error as it is where it can travel, else what it says."""
    trace = "".join(traceback.format_exception(error))
    try:
        return packed(Raised(error, trace))
    except Exception:
        return packed(Raised(RuntimeError(f"{type(error).__name__}: {error}"), trace))
