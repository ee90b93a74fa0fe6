"""The application, and the server that runs it on this machine alone."""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from importlib.resources import files

import uvicorn
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from greenforms import __version__
from greenforms.datafile import sweep
from greenforms.errors import UsageError
from greenforms.station.access.bounds import Bounds
from greenforms.station.access.headers import ToldHeaders
from greenforms.station.access.hosts import Hosts
from greenforms.station.access.origins import Origins
from greenforms.station.access.visitors import Visitors
from greenforms.station.alone import alone
from greenforms.station.api import forms, jobs, orders, procedures, reviews, rules
from greenforms.station.api.description import ADDRESS, describe
from greenforms.station.pages import (
    evaluating,
    filings,
    filling,
    handing_in,
    home,
    review,
    review_outcome,
    review_paper,
)
from greenforms.station.problem import API
from greenforms.station.refused import Faults, told_problems
from greenforms.station.review.tables import prepare
from greenforms.station.work.jobs import Jobs
from greenforms.station.workplace import Workplace

#: The port that is tried first, so that a page that was kept open finds us again.
PORT = 8737
#: Seconds that answers under way are given when the server stops.
_LAST_WORDS = 5
_PASSING = "正在接收"


def application(workplace: Workplace) -> FastAPI:
    """The web application of a workplace."""

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        try:
            prepare(workplace)
            app.state.jobs = Jobs(workplace)
        except Exception as error:  # the server would only say that it did not start
            app.state.failure = error
            workplace.records.close()
            raise
        yield
        app.state.jobs.close()
        workplace.records.close()

    app = FastAPI(
        lifespan=living,
        title="greenforms",
        version=__version__,
        openapi_url=ADDRESS,
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},  # nothing is told
        middleware=[
            Middleware(ToldHeaders),
            Middleware(Faults),
            Middleware(Hosts),
            Middleware(Visitors, token=workplace.token, key=workplace.key),
            Middleware(Origins),
            Middleware(Bounds),
        ],
    )
    app.state.workplace = workplace
    told_problems(app)
    describe(app)
    for resource in (forms, procedures, rules, orders, jobs, reviews):
        app.include_router(resource.router, prefix=API)
    for pages in (home, filings, filling, handing_in, review_outcome, review, review_paper, evaluating):
        app.include_router(pages.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=str(files("greenforms.station") / "static")))
    return app


def listening(host: str, port: int | None) -> socket.socket:
    """A socket on this machine. Without a port, the usual one is taken where it is free, else any.

    Raises UsageError when the port is taken, or may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for tried in (PORT, 0) if port is None else (port,):
        # Told by its protocol, else asyncio would not turn Nagle's algorithm off, and answers would wait for 40 ms.
        found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if sys.platform == "win32":  # there another program could take a port that is in use
                found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((host, tried))
        except OSError:
            found.close()
        else:
            return found
    raise UsageError(f"端口 {port} 正被别的程序使用，或不许使用。请换一个：greenforms serve --port 8800。")


def run(workplace: Workplace, sock: socket.socket, tell: Callable[[str], None], *, browser: bool) -> None:
    """Answer requests until Ctrl-C. `tell` is given the address, token and all, as soon as it can be called.

    What a server that was killed left half received is removed. Raises UsageError where another one runs there.
    """
    with sock, alone(workplace.folder), _receiving(workplace):
        sweep(workplace.folder, older=0)
        _serve(workplace, sock, tell, browser=browser)


@contextmanager
def _receiving(workplace: Workplace) -> Iterator[None]:
    """Uploads under way are written to a room of their own, which is empty at first, and nowhere else."""
    shutil.rmtree(workplace.room(_PASSING), ignore_errors=True)
    before, tempfile.tempdir = tempfile.tempdir, str(workplace.room(_PASSING))
    try:
        yield
    finally:
        tempfile.tempdir = before


def _serve(workplace: Workplace, sock: socket.socket, tell: Callable[[str], None], *, browser: bool) -> None:
    host, port = sock.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/?token={workplace.token}"
    sock.listen(128)  # whoever calls from now on is answered, if a moment later
    tell(address)
    if browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    app = application(workplace)
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="critical",  # what people need is told by us
        server_header=False,
        proxy_headers=False,  # nobody stands between, and what a request says of that is not believed
        ws="none",
        timeout_graceful_shutdown=_LAST_WORDS,
    )
    with suppress(SystemExit):
        uvicorn.Server(config).run(sockets=[sock])
    if (failure := getattr(app.state, "failure", None)) is not None:
        raise failure
