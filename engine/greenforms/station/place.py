"""The workplace that a request is about, and its jobs."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from greenforms.station.work.jobs import Jobs
from greenforms.station.workplace import Workplace


def workplace_of(request: Request) -> Workplace:
    """The workplace of the application that answers."""
    found: Workplace = request.app.state.workplace
    return found


Placed = Annotated[Workplace, Depends(workplace_of)]


def jobs_of(request: Request) -> Jobs:
    """The jobs of the application that answers."""
    found: Jobs = request.app.state.jobs
    return found


Waiting = Annotated[Jobs, Depends(jobs_of)]
