"""Jobs: how they stand, what came of them, and that they stop."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from greenforms.batch import places
from greenforms.batch.ledger import Outcome
from greenforms.batch.running import outcomes_in
from greenforms.pack.paper import paper_of
from greenforms.readings.paper import extraction_of, is_reading
from greenforms.record import parse_json
from greenforms.station.api import statements
from greenforms.station.api.bodies import ExactJSON, WholeFile
from greenforms.station.api.shapes import JOB, RESULT, RESULTS, answers
from greenforms.station.api.statements import FACTS
from greenforms.station.place import Placed, Waiting
from greenforms.station.problem import API
from greenforms.station.refused import Refused, refusals
from greenforms.station.work.jobs import Jobs, State

router = APIRouter(prefix="/jobs", tags=["jobs"])

#: Seconds after which it is worth asking again.
PAUSE = 2
_TABLES = {
    "summary": (places.BOOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "readings": (places.READINGS, "text/csv"),
    "findings": (places.FINDINGS, "text/csv"),
    "failed": (places.FAILED, "text/csv"),
}


def job_named(jobs: Waiting, job: Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]) -> State:
    """The job of an address."""
    state = jobs.state(job)
    if state is None:
        raise Refused(404, "没有这项任务", "请核对任务的编号：收下任务时，回答里的 Location 就是它的地址。")
    return state


Named = Annotated[State, Depends(job_named)]


def address_of(job: str) -> str:
    """Where a job is asked about."""
    return f"{API}/jobs/{job}"


def state_json(state: State) -> dict[str, Any]:
    """How a job stands, and where what came of it is."""
    shape = {name: getattr(state, name) for name in ("id", "kind", "status", "created", "done", "failed", "total")}
    here = address_of(state.id)
    links = {"self": here, "results": f"{here}/results"}
    links |= {"facts": f"{here}/facts"} if state.kind == "extract" else {}
    return {**shape, "told": state.told or None, "links": links}


@router.get("/{job}", summary="任务做到哪里", responses=refusals(404, 422) | answers(JOB))
def one_job(state: Named) -> ExactJSON:
    """How a job stands; `Retry-After` as long as it is worth asking again."""
    return ExactJSON(state_json(state), headers={} if state.over else {"retry-after": str(PAUSE)})


@router.delete("/{job}", summary="停止任务", responses=refusals(404, 422) | answers(JOB))
def cancelled(state: Named, jobs: Waiting) -> ExactJSON:
    """Stop a job where it is not over; what it has done stays."""
    jobs.cancel(state.id)
    return ExactJSON(state_json(jobs.state(state.id) or state))


@router.get("/{job}/results", summary="任务的结果", responses=refusals(404, 422) | answers(RESULTS))
def results(state: Named, jobs: Waiting) -> ExactJSON:
    """What became of each file so far, as `greenforms batch --json` tells it, and where its own result is."""
    here = address_of(state.id)
    listed = [
        {"file": each.name, "state": each.state, **json.loads(each.note or "{}"), "result": f"{here}/results/{number}"}
        for number, each in enumerate(outcomes_in(jobs.results(state.id)), 1)
    ]
    tables = [name for name, (file, _) in _TABLES.items() if (jobs.results(state.id) / file).is_file()]
    return ExactJSON({"files": listed, "tables": {name: f"{here}/tables/{name}" for name in tables}})


@router.get(
    "/{job}/results/{number}",
    summary="一个文件的结果",
    responses=refusals(404, 422) | answers(RESULT),
    response_class=Response,
)
def one_result(state: Named, jobs: Waiting, number: Annotated[int, Path(ge=1, le=1_000_000)]) -> Response:
    """What came of one file, as `greenforms extract --json` or `check --json` has it."""
    outcomes = outcomes_in(jobs.results(state.id))
    kept = places.kept_of(jobs.results(state.id), outcomes[number - 1].name) if number <= len(outcomes) else None
    if kept is None:
        raise Refused(404, "还没有这个结果", "这个文件还没有做完，或没有做成。请先看任务的结果里它的状态和说明。")
    return WholeFile(kept, media_type="application/json")


@router.get(
    "/{job}/tables/{table}",
    summary="汇总表",
    responses=refusals(404, 422) | {200: {"content": {media: {} for _, media in _TABLES.values()}}},
    response_class=Response,
)
def table(state: Named, jobs: Waiting, table: Literal["summary", "readings", "findings", "failed"]) -> Response:
    """The tables of all files, written when the job is done."""
    file, media = _TABLES[table]
    kept = jobs.results(state.id) / file
    if not kept.is_file():
        raise Refused(404, "还没有汇总表", "任务做完以后才有汇总表。")
    return WholeFile(kept, media_type=media, filename=file)


@router.get(
    "/{job}/facts",
    summary="任务读到的事实",
    responses=refusals(404, 422) | FACTS,
    response_class=Response,
)
def facts(state: Named, jobs: Waiting, placed: Placed, kind: statements.Kind = "jsonl") -> Response:
    """What the papers that were read so far state, as `greenforms facts` writes it."""
    shapes = [_shape(jobs, state, each) for each in outcomes_in(jobs.results(state.id)) if each.state == "done"]
    readings = [extraction_of(shape, shape["file"]) for shape in shapes if is_reading(shape)]
    papers = [paper_of(placed.library.form(each.form), each) for each in readings]
    return statements.stated_answer(placed.library, papers, kind)


def _shape(jobs: Jobs, state: State, outcome: Outcome) -> Any:
    kept = places.kept_of(jobs.results(state.id), outcome.name)
    return None if kept is None else parse_json(kept.read_text("utf-8"))
