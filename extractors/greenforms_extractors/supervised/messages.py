"""What parent and child say to each other: pickles over two pipes, each after its length."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from greenforms_extractors.progress import Progress
from greenforms_extractors.supervised.limits import Limits

#: What is done with a file: a function of a module, or a partial of one, so that it can be named to another process.
Work = Callable[[Path, Progress], Any]

_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Request:
    """Asks for one piece of work."""

    work: Work
    path: Path
    limits: Limits


@dataclass(frozen=True, slots=True)
class Ready:
    """The child has started. Its number may be another than that of the program started: a launcher lies between."""

    pid: int


@dataclass(frozen=True, slots=True)
class Begun:
    """A page is begun."""

    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Done:
    """What the work gave."""

    value: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """What the work raised, and where: a traceback does not travel."""

    error: Exception
    trace: str


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The work needs more memory than it may have."""


Message = Ready | Begun | Done | Raised | OutOfMemory


def packed(message: Request | Message) -> bytes:
    """The bytes of a message."""
    return pickle.dumps(message, pickle.HIGHEST_PROTOCOL)


def send(stream: IO[bytes], content: bytes) -> None:
    """Write one packed message."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next message; raise EOFError when the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return pickle.loads(content)  # noqa: S301 - from our own process
