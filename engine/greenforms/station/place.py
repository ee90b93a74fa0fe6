"""The workplace that a request is about, and its jobs."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path
from starlette.requests import Request

from greenforms.station.filing.filings import Filings
from greenforms.station.work.jobs import Jobs
from greenforms.station.workplace import Workplace


def workplace_of(request: Request) -> Workplace:
    """The workplace of the application that answers."""
    found: Workplace = request.app.state.workplace
    return found


async def _placed(request: Request) -> Workplace:
    """The same without a thread of its own, which costs more than the look."""
    return workplace_of(request)


Placed = Annotated[Workplace, Depends(_placed)]


def jobs_of(request: Request) -> Jobs:
    """The jobs of the application that answers."""
    found: Jobs = request.app.state.jobs
    return found


async def _waiting(request: Request) -> Jobs:
    """The same without a thread of its own."""
    return jobs_of(request)


Waiting = Annotated[Jobs, Depends(_waiting)]


def filings_of(request: Request) -> Filings:
    """The filings of the application that answers."""
    state = request.app.state
    if not hasattr(state, "filings"):
        state.filings = Filings(state.workplace)
    found: Filings = state.filings
    return found


Filed = Annotated[Filings, Depends(filings_of)]
#: A number in an address; larger ones no database has.
Number = Annotated[int, Path(ge=1, lt=2**31)]
