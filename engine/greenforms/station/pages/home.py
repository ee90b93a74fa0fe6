"""The first page, and the catalogue of forms."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from greenforms.station.pages.page import page
from greenforms.station.place import Placed

router = APIRouter()


@router.get("/")
def home(request: Request, placed: Placed) -> HTMLResponse:
    """What one can do here."""
    return page(request, "home.html", folder=placed.folder.resolve())


@router.get("/forms")
def forms(request: Request, placed: Placed) -> HTMLResponse:
    """All forms, by edition."""
    library = placed.library
    return page(request, "forms.html", editions=[library.edition(each) for each in library.edition_ids])
