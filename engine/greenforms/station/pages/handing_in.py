"""What leaves a filing and what comes into it: papers and packs, page pictures, evidence, earlier papers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from greenforms.carry.choosing import Left
from greenforms.finding import Finding, Severity
from greenforms.station.api.forms import MEDIA
from greenforms.station.filing.desk import Desk, desk_as_seen, desk_of
from greenforms.station.filing.earlier import carry
from greenforms.station.filing.enclosures import Enclosures, Kind
from greenforms.station.filing.filings import Filings
from greenforms.station.filing.printed import page_of, pages_of, paper_file
from greenforms.station.pages.filings import seen_in
from greenforms.station.pages.page import page
from greenforms.station.place import Filed, Number, Waiting
from greenforms.station.refused import Refused
from greenforms.station.work.intake import store

router = APIRouter(prefix="/filing/{number}")

_NAMED = 3


@router.get("/papers/{key}/file")
def paper(number: Number, key: str, filed: Filed, kind: str = "docx", draft: bool = False) -> Response:
    """A paper as a file. One with something that must be put right is given as a draft alone, which says so."""
    desk = desk_of(filed, number)
    form = desk.paper(key)[1]
    if kind not in form.entry.outputs or kind not in MEDIA:
        raise Refused(422, "没有这种格式", f"《{form.title}》可选：{'、'.join(form.entry.outputs)}。")
    if not draft:
        _refuse_unready(desk.findings(key, desk.content(key)), f"《{form.title}》")
    name = f"{'草稿 ' if draft else ''}{form.entry.titles[0] if form.entry.titles else form.title}.{kind}"
    return _file(paper_file(desk, key, kind, draft=draft), name, MEDIA[kind])


@router.get("/pack.zip")
def pack(number: Number, filed: Filed, draft: bool = False) -> Response:
    """The whole pack: papers, numbered attachments, lists and manifest."""
    from greenforms.submission.build import build, zipped

    desk = desk_of(filed, number)
    if not desk.plan.papers:
        raise Refused(409, "还没有可以生成的材料", "一份材料也没有填。请先填写。")
    if not draft:
        _refuse_unready(desk.plan.findings, "整套材料")
    pictures = Enclosures(filed.workplace).pictures(number)
    files = build(desk.asking, desk.plan, pictures, draft=draft)
    return _file(zipped(files), f"{'草稿 ' if draft else ''}{desk.asking.form.title}.zip", "application/zip")


def _refuse_unready(findings: Sequence[Finding], what: str) -> None:
    must = [finding.message for finding in findings if finding.severity is Severity.BLOCK]
    if must:
        listed = "\n".join(must[:_NAMED]) + ("\n……" if len(must) > _NAMED else "")
        told = f"{what}有 {len(must)} 处必须改，没有生成。请改好再下载；先看样子，下载草稿。\n{listed}"
        raise Refused(409, "还有必须改的问题", told)


def _file(content: bytes, name: str, media: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media, headers={"content-disposition": disposition})


# -- the real pages --------------------------------------------------------------------------------------------------


@router.get("/papers/{key}/preview")
def preview(request: Request, number: Number, key: str, filed: Filed) -> HTMLResponse:
    """The pages of a paper as they are printed."""
    desk = desk_of(filed, number)
    form = desk.paper(key)[1]
    return page(request, "preview.html", desk=desk, key=key, form=form, pages=pages_of(desk, key))


@router.get("/papers/{key}/preview/{sheet}.png")
def preview_page(number: Number, key: str, sheet: Number, filed: Filed) -> Response:
    """One page as a picture."""
    desk = desk_of(filed, number)
    desk.paper(key)
    return Response(page_of(desk, key, sheet), media_type="image/png")


# -- evidence and pictures -------------------------------------------------------------------------------------------


@router.post("/enclosures")
async def enclose(request: Request, number: Number, filed: Filed) -> Response:
    """Take files in: evidence for what is wanted, or pictures of papers."""
    desk = await run_in_threadpool(desk_of, filed, number)
    async with request.form() as form:
        title = str(form.get("title", ""))
        kind: Kind = "picture" if form.get("kind") == "picture" else "evidence"
        if title and title not in {each.title for each in desk.asking.procedure.attachments_of(desk.asking.type)}:
            raise Refused(422, "没有这一项证明材料", "请从页面上列出的证明材料里选。")
        uploads = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
        if not uploads:
            raise Refused(422, "没有收到文件", "请先选好文件，再点“放入”。")
        for each in uploads:
            enclosures = Enclosures(filed.workplace)
            await run_in_threadpool(enclosures.add, number, kind, title, each.filename or "", each.file)
    return RedirectResponse(f"/filing/{number}#enclosures", 303)


@router.post("/enclosures/{enclosure}/remove")
def take_out(number: Number, enclosure: Number, filed: Filed) -> Response:
    """Enclose a file no longer."""
    filed.filing(number)
    Enclosures(filed.workplace).take_out(number, enclosure)
    return RedirectResponse(f"/filing/{number}#enclosures", 303)


# -- earlier papers --------------------------------------------------------------------------------------------------


@router.post("/earlier")
async def hand_in_earlier(request: Request, number: Number, filed: Filed, jobs: Waiting) -> Response:
    """Take earlier papers of the unit in, to be read."""
    filed.filing(number)
    async with request.form() as form:
        uploads = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
        stored = [await run_in_threadpool(store, filed.workplace, each.filename or "", each.file) for each in uploads]
    job = await run_in_threadpool(jobs.start, "extract", stored)
    return RedirectResponse(f"/filing/{number}/earlier/{job.id}", 303)


@router.get("/earlier/{job}")
def earlier(request: Request, number: Number, job: str, filed: Filed, jobs: Waiting) -> HTMLResponse:
    """How far the reading of earlier papers is."""
    state = jobs.state(job)
    if state is None:
        raise Refused(404, "没有这项任务", "请从单位档案重新放入旧材料。")
    return page(request, "earlier.html", desk=desk_of(filed, number), state=state, left=None, count=0)


@router.post("/earlier/{job}")
async def take_over(request: Request, number: Number, job: str, filed: Filed, jobs: Waiting) -> Response:
    """Fill in what earlier papers state, where nothing stands yet."""
    async with request.form() as form:
        sent = {name: str(value) for name, value in form.items()}
    state = jobs.state(job)
    if state is None or state.status != "done":
        raise Refused(409, "旧材料还没有读完", "请等读完再带入。")
    seen = seen_in(request, sent)
    desk, count, left = await run_in_threadpool(_carried, filed, number, seen, jobs.results(job))
    return page(request, "earlier.html", desk=desk, state=state, left=left, count=count)


def _carried(filed: Filings, number: Number, seen: str | None, results: Path) -> tuple[Desk, int, Sequence[Left]]:
    return carry(desk_as_seen(filed, number, seen), results)
