"""The review of one paper: its pages beside its form."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from greenforms.station.api.reviews import Named, standing_of
from greenforms.station.pages.page import page
from greenforms.station.place import Placed
from greenforms.station.review.layered import kept, layered
from greenforms.station.review.order import in_order, sample_of
from greenforms.station.review.paper_sides import picture_of, side_of
from greenforms.station.review.shown import blocks_of, fields_of
from greenforms.station.review.standing import Reckoned
from greenforms.station.review.submissions import papers_of, submission_of

router = APIRouter(prefix="/review/{submission}/papers/{number}")

Page = Annotated[int, Path(ge=1, le=100_000)]


@router.get("")
def one_paper(request: Request, placed: Placed, paper: Named, standings: Reckoned) -> HTMLResponse:
    """The paper with boxes, the fields of its form, and the order in which they are to be looked at."""
    state = layered(placed, paper)
    fields = fields_of(state, standing_of(placed, paper, standings))
    order = in_order({pointer: each.look for pointer, each in fields.items()})
    told = {"etag": state.etag, "order": order, "fields": [each.to_json() for each in fields.values()]}
    others = [each for each in papers_of(placed, paper.submission) if each.form]
    return page(
        request,
        "review_paper.html",
        submission=submission_of(placed, paper.submission),
        paper=paper,
        form=state.form,
        side=side_of(paper, state.machine),
        blocks=blocks_of(state, fields),
        fields=fields,
        told=told,
        following=next((each for each in others if each.number > paper.number), None),
        sample=sample_of([state]).words,
    )


@router.get("/pages/{wanted}.jpg")
def picture(placed: Placed, paper: Named, wanted: Page) -> Response:
    """The picture of a page."""
    return FileResponse(
        picture_of(placed, paper, kept(placed, paper), wanted),
        media_type="image/jpeg",
        headers={"cache-control": "private, max-age=86400"},
    )


@router.get("/file")
def original(paper: Named) -> Response:
    """The file as it came, to be saved: nothing of it is shown by the browser itself."""
    name = f"attachment; filename*=UTF-8''{quote(paper.name.rpartition('/')[2])}"
    return FileResponse(paper.path, media_type="application/octet-stream", headers={"content-disposition": name})
