"""What reading one file may cost."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`silence`: seconds without progress; `memory`: bytes of the process that reads."""

    silence: float = 60.0
    memory: int = 2_000_000_000


def confine(memory: int) -> None:
    """Let this process have no more than so many bytes of its own, where the system can see to that.

    Not the address space is limited: thread pools and mapped libraries reserve much of it and never use it.
    """
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
