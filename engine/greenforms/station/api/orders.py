"""Long work is ordered here: the answer comes at once, and says where to ask how it stands."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from greenforms.station.api.bodies import ExactJSON
from greenforms.station.api.jobs import PAUSE, address_of, state_json
from greenforms.station.api.shapes import JOB, answers
from greenforms.station.api.uploads import UPLOADS, Upload, Uploaded
from greenforms.station.place import Placed, Waiting
from greenforms.station.refused import Refused, refusals
from greenforms.station.work.idempotency import OtherRequest, once
from greenforms.station.work.jobs import Jobs, Kind
from greenforms.station.workplace import Workplace

router = APIRouter(tags=["jobs"])

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="同一个请求重发时带上同一个值，只做一次。",
    ),
]
_REUSED = (422, "这个 Idempotency-Key 已经用过", "它是另一个请求用过的，没有再做。请给每个请求一个新的值。")
_HEADERS = {
    "Location": {"description": "任务的地址", "required": True, "schema": {"type": "string"}},
    "Retry-After": {"description": "几秒以后再问", "required": True, "schema": {"type": "integer"}},
}
_ACCEPTED = answers(JOB, 202, "已收下，稍后到 Location 问结果")
_ACCEPTED[202]["headers"] = _HEADERS
_ORDER: dict[str, Any] = {
    "status_code": 202,
    "responses": refusals(400, 408, 413, 422, 507) | _ACCEPTED,
    "openapi_extra": UPLOADS,
}


@router.post("/extractions", summary="读取材料", **_ORDER)
async def extractions(upload: Uploaded, placed: Placed, jobs: Waiting, key: Key = None) -> Response:
    """Read papers, as `greenforms batch extract` does."""
    return await run_in_threadpool(_ordered, placed, jobs, "extract", upload, key)


@router.post("/checks", summary="核对材料", **_ORDER)
async def checks(upload: Uploaded, placed: Placed, jobs: Waiting, key: Key = None) -> Response:
    """Check the papers of each folder or archive together, as `greenforms batch check` does."""
    return await run_in_threadpool(_ordered, placed, jobs, "check", upload, key)


@router.post("/facts", summary="取材料里陈述的事实", **_ORDER)
async def facts(upload: Uploaded, placed: Placed, jobs: Waiting, key: Key = None) -> Response:
    """Read papers; what they state is then at the job's `facts`, as `greenforms facts` has it."""
    return await run_in_threadpool(_ordered, placed, jobs, "extract", upload, key)


def _ordered(workplace: Workplace, jobs: Jobs, kind: Kind, upload: Upload, key: str | None) -> Response:
    def begin(job: str) -> str:
        return jobs.start(kind, upload.files, form=upload.form, edition=upload.edition, day=upload.day, job=job).id

    if key is None:
        job = begin("")
    else:
        try:
            job = once(workplace.records, key, upload.fingerprint(kind), lambda id_: jobs.state(id_) is not None, begin)
        except OtherRequest:
            raise Refused(*_REUSED) from None
    state = jobs.state(job)
    assert state is not None
    headers = {"location": address_of(job), "retry-after": str(PAUSE)}
    return ExactJSON(state_json(state), 202, headers)
