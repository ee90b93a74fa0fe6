"""What reading one file may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`silence`: seconds without progress; `memory`: bytes of the process that reads."""

    silence: float = 60.0
    memory: int = 2_000_000_000
