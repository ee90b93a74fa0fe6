"""What goes out of the review: the check of a submission, the 补正通知, readings with corrections, summaries."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from greenforms.finding import SEVERITY_WORDS
from greenforms.report import severity_counts
from greenforms.station.api.forms import MEDIA, paper_answer
from greenforms.station.api.reviews import Id
from greenforms.station.pages.page import page
from greenforms.station.place import Placed
from greenforms.station.review import outcome
from greenforms.station.review.decisions import latest_decisions
from greenforms.station.review.outcome import Rule
from greenforms.station.review.standing import Reckoned, Standing, Standings
from greenforms.station.review.submissions import papers_of, submission_of
from greenforms.station.workplace import Workplace

router = APIRouter(prefix="/review")


def rule_of(
    procedure: Annotated[str, Query(max_length=100)] = "",
    type: Annotated[str, Query(max_length=100)] = "",  # noqa: A002
) -> Rule:
    """By what a submission is to be judged."""
    return Rule(procedure, type)


Ruled = Annotated[Rule, Depends(rule_of)]


@router.get("/summary")
def summaries(request: Request, placed: Placed) -> HTMLResponse:
    """Which summary forms can be filled from what was accepted."""
    accepted = _accepted(placed)
    editions = {each.form.partition("/")[0] for id_ in accepted for each in papers_of(placed, id_) if each.form}
    named = [submission_of(placed, id_) for id_ in accepted]
    forms = list(outcome.summary_forms(placed.library, editions))
    return page(request, "review_summary.html", accepted=named, forms=forms)


@router.get("/summary/file")
def summary(placed: Placed, standings: Reckoned, form: Annotated[str, Query(max_length=100)]) -> Response:
    """A summary of what was accepted."""
    found = {f"{id_}/{submission_of(placed, id_).name}": _standing(placed, standings, id_) for id_ in _accepted(placed)}
    made = outcome.summary(placed, form, found)
    return paper_answer(made.form, made.kind, made.content)


@router.get("/{submission}/check")
def check(request: Request, placed: Placed, standings: Reckoned, submission: Id, rule: Ruled) -> HTMLResponse:
    """The register of units and papers, and all findings."""
    found = submission_of(placed, submission)
    examined = outcome.examined(placed, _standing(placed, standings, submission), rule)
    numbers = {each.name: each.number for each in papers_of(placed, submission) if each.form}
    return page(
        request,
        "review_check.html",
        submission=found,
        report=examined.report,
        units=examined.units,
        rule=rule,
        procedures=sorted(placed.library.procedures.values(), key=lambda each: each.id),
        numbers=numbers,
        words=SEVERITY_WORDS,
        counts=severity_counts(examined.report.findings),
    )


@router.get("/{submission}/notice.docx")
def notice(placed: Placed, standings: Reckoned, submission: Id, rule: Ruled) -> Response:
    """The 补正通知."""
    submission_of(placed, submission)
    examined = outcome.examined(placed, _standing(placed, standings, submission), rule)
    return _file("补正通知.docx", MEDIA["docx"], outcome.notice(placed, examined, rule))


@router.get("/{submission}/readings.json")
def readings_json(placed: Placed, submission: Id) -> Response:
    """The readings with their corrections, as data."""
    name = submission_of(placed, submission).name
    papers = outcome.read_papers(placed, papers_of(placed, submission))
    return _file(f"{name}-读取结果.json", "application/json", outcome.readings_json(papers))


@router.get("/{submission}/readings.xlsx")
def readings_book(placed: Placed, submission: Id) -> Response:
    """The readings with their corrections, as a workbook."""
    name = submission_of(placed, submission).name
    papers = outcome.read_papers(placed, papers_of(placed, submission))
    return _file(f"{name}-读取结果.xlsx", MEDIA["xlsx"], outcome.readings_book(placed.library, papers))


def _standing(placed: Workplace, standings: Standings, submission: str) -> Standing:
    return standings.of(papers_of(placed, submission))


def _accepted(placed: Workplace) -> list[str]:
    """What counts as accepted, the earliest first."""
    return [id_ for id_, decision in latest_decisions(placed).items() if decision.verdict == "accepted"]


def _file(name: str, media: str, content: bytes) -> Response:
    """A file to be saved."""
    told = f"attachment; filename*=UTF-8''{quote(name.replace('/', '_'))}"
    return Response(content, media_type=media, headers={"content-disposition": told})
