"""Readings under review: what the machine read, what people said of it, and their changes, each of one state."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

from greenforms.station.api.bodies import ExactJSON
from greenforms.station.etag import Seen
from greenforms.station.place import Placed
from greenforms.station.refused import refusals
from greenforms.station.review import changing, decisions, order, shown
from greenforms.station.review.layered import Layered, layered
from greenforms.station.review.standing import Reckoned, Standing, Standings
from greenforms.station.review.submissions import Paper, paper_of, papers_of, submission_of, submissions
from greenforms.station.workplace import Workplace

router = APIRouter(prefix="/reviews", tags=["reviews"])

Id = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", examples=["0123456789abcdef"])]
Number = Annotated[int, Path(ge=1, le=1_000_000)]


class ChangeAsked(BaseModel):
    """What is to be written down of one field; `undo` takes back the last change and names no field."""

    model_config = ConfigDict(extra="forbid")

    act: Literal["confirm", "change", "undo"]
    pointer: str = Field("", max_length=2_000, description="JSON Pointer（RFC 6901）")
    text: str = Field("", max_length=32_000, description="改成什么，写法和表上一样；空着表示原件上没有")
    reason: str = Field("", max_length=2_000)


#: How a change stands in the description of the interface.
_CHANGE: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": ChangeAsked.model_json_schema()}}}
}


async def change_asked(request: Request) -> ChangeAsked:
    """The body of a change. Raises RequestValidationError for another one."""
    try:
        return ChangeAsked.model_validate_json(await request.body())
    except ValidationError as error:
        faults = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(faults) from error


def paper_named(placed: Placed, submission: Id, number: Number) -> Paper:
    """The file of an address."""
    return paper_of(placed, submission, number)


Named = Annotated[Paper, Depends(paper_named)]
Asked = Annotated[ChangeAsked, Depends(change_asked)]


@router.get("", summary="交来审核的材料")
def reviews(placed: Placed) -> ExactJSON:
    """All submissions, the latest first."""
    decided = decisions.latest_decisions(placed)
    listed = [
        {
            "id": each.id,
            "name": each.name,
            "who": each.who,
            "at": each.at,
            "verdict": decided[each.id].verdict if each.id in decided else None,
        }
        for each in submissions(placed)
    ]
    return ExactJSON({"reviews": listed})


@router.get("/{submission}", summary="一批材料", responses=refusals(404, 422))
def one_review(placed: Placed, submission: Id) -> ExactJSON:
    """The files of a submission."""
    found = submission_of(placed, submission)
    names = ("number", "name", "sha256", "form", "message")
    papers = [{name: getattr(each, name) for name in names} for each in papers_of(placed, submission)]
    return ExactJSON({"id": found.id, "name": found.name, "who": found.who, "at": found.at, "papers": papers})


@router.get("/{submission}/papers/{number}", summary="一份材料的读取结果和人的更正", responses=refusals(404, 422))
def one_paper(placed: Placed, paper: Named, standings: Reckoned) -> ExactJSON:
    """Every field with what was read and what holds now; the ETag is wanted for changes."""
    state = layered(placed, paper)
    return paper_answer(state, standing_of(placed, paper, standings))


@router.post(
    "/{submission}/papers/{number}/changes",
    summary="确认、更正一栏，或撤销上一次",
    openapi_extra=_CHANGE,
    responses=refusals(404, 409, 412, 422, 428),
)
def changes(placed: Placed, paper: Named, asked: Asked, seen: Seen = None) -> ExactJSON:
    """Write a change down over the reading, which stays as it is. `If-Match` is the ETag of the state it is of.

    The answer says what holds of the field now; all else about it is as it was.
    """
    done = changing.change(placed, paper, changing.Asked(**asked.model_dump()), seen)
    told: dict[str, Any] = {
        "field": shown.held_of(done.paper, done.pointer),
        "notes": list(done.notes),
        "sample": order.sample_of([done.paper]).words,
    }
    return ExactJSON(told, headers={"etag": done.paper.etag})


@router.get("/{submission}/papers/{number}/changes", summary="谁什么时候改了什么", responses=refusals(404, 422))
def history(placed: Placed, paper: Named) -> ExactJSON:
    """All that was ever said of the fields of a paper, the oldest first."""
    state = layered(placed, paper)
    return ExactJSON({"changes": [asdict(each) for each in state.changes]}, headers={"etag": state.etag})


def standing_of(placed: Workplace, paper: Paper, standings: Standings) -> Standing:
    """The standing of the submission that a paper is of."""
    return standings.soon(papers_of(placed, paper.submission))


def paper_answer(state: Layered, standing: Standing) -> ExactJSON:
    """A paper with all its fields."""
    fields = shown.fields_of(state, standing)
    told = {
        "file": state.paper.name,
        "form": state.form.id,
        "fields": [each.to_json() for each in fields.values()],
        "order": order.in_order({pointer: each.look for pointer, each in fields.items()}),
        "sample": order.sample_of([state]).words,
    }
    return ExactJSON(told, headers={"etag": state.etag})
