"""The room 审核: what came in, taking more in, and one submission with its papers."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from greenforms.dossier.about import About
from greenforms.read.said import said_by
from greenforms.station.api.reviews import Id
from greenforms.station.pages.page import page
from greenforms.station.place import Placed, Waiting
from greenforms.station.refused import Refused
from greenforms.station.review.decisions import Verdict, decide, decisions_of, etag_of, latest_decisions
from greenforms.station.review.intake import progress_of, read_again, take_in
from greenforms.station.review.layered import layered
from greenforms.station.review.order import is_open, looks_of, sample_of
from greenforms.station.review.outcome import read_papers
from greenforms.station.review.standing import Reckoned, Standing
from greenforms.station.review.submissions import Paper, job_of, papers_of, submission_of, submissions
from greenforms.station.workplace import Workplace

router = APIRouter(prefix="/review")

_MOST_FILES = 5_000


@router.get("")
def room(request: Request, placed: Placed) -> HTMLResponse:
    """All submissions, and where to hand in more."""
    return page(request, "review.html", submissions=submissions(placed), decided=latest_decisions(placed))


@router.post("")
async def handed_in(request: Request, placed: Placed, jobs: Waiting) -> RedirectResponse:
    """Take files in: of a form, or of a folder that was dropped."""
    async with request.form(max_files=_MOST_FILES) as form:
        files = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
        name = str(form.get("name") or "").strip()[:200]
        given = [(str(each.filename), each.file) for each in files]
        taken = await run_in_threadpool(take_in, placed, jobs, name, given)
    return RedirectResponse(f"/review/{taken.id}", 303)


@router.get("/{submission}")
def one(request: Request, placed: Placed, jobs: Waiting, standings: Reckoned, submission: Id) -> HTMLResponse:
    """One submission: how far it is read, its papers, what was decided."""
    found, state = submission_of(placed, submission), progress_of(placed, jobs, submission)
    made = decisions_of(placed, submission)
    papers = papers_of(placed, submission)
    standing = standings.soon(papers)
    return page(
        request,
        "review_submission.html",
        submission=found,
        state=state,
        papers=[_listed(placed, each, standing) for each in papers],
        sample=sample_of(read_papers(placed, papers)).words,
        decisions=made,
        seen=etag_of(made),
    )


@router.get("/{submission}/progress")
def progress(request: Request, placed: Placed, jobs: Waiting, submission: Id) -> HTMLResponse:
    """How far the reading is; the page is loaded anew as soon as it is over."""
    state = progress_of(placed, jobs, submission)
    over = {"hx-refresh": "true"} if state is None or state.over else {}
    found = submission_of(placed, submission)
    return page(request, "review_progress.html", headers=over, submission=found, state=state)


@router.post("/{submission}/again")
def again(placed: Placed, jobs: Waiting, submission: Id) -> RedirectResponse:
    """Read all files once more."""
    submission_of(placed, submission)
    read_again(placed, jobs, submission)
    return RedirectResponse(f"/review/{submission}", 303)


@router.post("/{submission}/cancel")
def cancel(placed: Placed, jobs: Waiting, submission: Id) -> RedirectResponse:
    """Stop reading; what is read stays."""
    submission_of(placed, submission)
    job = job_of(placed, submission)
    if job is not None:
        jobs.cancel(job.id)
    return RedirectResponse(f"/review/{submission}", 303)


@router.post("/{submission}/decision")
def decision(
    placed: Placed,
    submission: Id,
    verdict: Annotated[Verdict, Form()],
    seen: Annotated[str, Form(max_length=40)],
    reason: Annotated[str, Form(max_length=2_000)] = "",
) -> RedirectResponse:
    """Accept, return, or open again."""
    submission_of(placed, submission)
    if verdict != "accepted" and not reason.strip():
        raise Refused(422, "没有写原因", "退回和重新打开都要写明原因，请返回填写。")
    decide(placed, submission, verdict, reason, seen)
    return RedirectResponse(f"/review/{submission}", 303)


def _listed(placed: Workplace, paper: Paper, standing: Standing) -> dict[str, Any]:
    """A paper as the list shows it."""
    if not paper.form:
        return {"paper": paper, "title": "", "unit": "", "counts": None, "left": 0}
    state = layered(placed, paper)
    grades = [each.grade for each in state.machine.fields]
    counts = {grade: grades.count(grade) for grade in ("green", "amber", "red")}
    waiting = sum(bool(look) and is_open(state, pointer) for pointer, look in looks_of(state, standing).items())
    own = said_by(state.form, state.settled())
    unit = About([own], placed.library.vocabulary).subject_of(own)
    return {"paper": paper, "title": state.form.title, "unit": unit or "", "counts": counts, "left": waiting}
