"""申报: what can be applied for, 能不能报 with its clauses, and one 单位档案 with its papers and versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from greenforms.check.deadlines import Due, due_of
from greenforms.check.eligibility import Line
from greenforms.finding import SEVERITY_WORDS, Finding, Severity
from greenforms.form.form import Form
from greenforms.form.procedure import DuePaper, Procedure
from greenforms.form.tree import values
from greenforms.station.filing.desk import Desk, asking_for, desk_of
from greenforms.station.filing.enclosures import Enclosures
from greenforms.station.pages.page import page
from greenforms.station.place import Filed, Number, Placed
from greenforms.station.refused import Refused

router = APIRouter(prefix="/filing")

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure as it is offered, with what it wants and by when."""

    procedure: Procedure
    document: str
    papers: Sequence[tuple[DuePaper, Form]]
    due: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in the list of a filing: how much of it is filled in, and what is to be said of it, by severity."""

    key: str
    due: DuePaper
    form: Form
    filled: int
    total: int
    counts: Mapping[str, int]


@router.get("")
def filings(request: Request, filed: Filed, placed: Placed, edition: str = "") -> HTMLResponse:
    """The filings there are, and what can be begun."""
    library = placed.library
    if edition and edition not in library.edition_ids:
        raise Refused(404, "没有这个版本", "请从列表里选省份和年度。")
    known = dict.fromkeys(each.edition for each in library.procedures.values() if each.papers)
    titles = {procedure.id: procedure.title for procedure in library.procedures.values()}
    return page(
        request,
        "filings.html",
        filings=filed.every(),
        titles=titles,
        editions=[library.edition(each) for each in known],
        chosen=edition,
        offers=list(_offers(placed, edition)),
    )


def _offers(placed: Placed, edition: str) -> Iterator[Offer]:
    library = placed.library
    for each in library.procedures.values():
        if each.edition == edition and each.papers:
            papers = [(paper, library.form(paper.form)) for paper in each.papers]
            document = library.edition(edition).document_title(each.citation.document)
            yield Offer(each, document, papers, due_of(library, each, placed.as_of))


@router.post("")
async def begin(request: Request, filed: Filed) -> Response:
    """A new filing."""
    async with request.form() as form:
        sent = {name: value for name, value in form.items() if isinstance(value, str)}
    procedure, _, type_ = sent.get("procedure", "").partition("|")
    unit = sent.get("unit", "").strip()[:_LONGEST_NAME]
    if not (procedure and unit):
        raise Refused(422, "还没有选好", "请选一项程序和类型，并写上单位名称，再点“开始填报”。")
    asking_for(filed, procedure, type_)
    filing = await run_in_threadpool(filed.begin, procedure, type_, unit, _day(sent.get("since", "")))
    return RedirectResponse(f"/filing/{filing.id}", 303)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said.strip()) if said.strip() else None
    except ValueError as error:
        raise Refused(422, "日期写得不对", f"“{said}”应写成 2026-03-31 的样子。") from error


@router.get("/{number}")
def filing(request: Request, number: Number, filed: Filed) -> HTMLResponse:
    """One filing: its papers, what is still wrong, evidence, deadlines."""
    desk = desk_of(filed, number)
    library = filed.workplace.library
    return page(
        request,
        "filing.html",
        headers={"etag": desk.version.tag},
        desk=desk,
        document=library.edition(desk.asking.procedure.edition).document_title(desk.asking.procedure.citation.document),
        lines=list(_lines(desk)),
        counts=counts_of(desk.plan.findings),
        words=WORDS,
        general=[each for each in desk.plan.findings if not _about_a_paper(desk, each)],
        attachments=desk.asking.procedure.attachments_of(desk.asking.type),
        spare=desk.asking.procedure.not_needed_of(desk.asking.type),
        enclosed=Enclosures(filed.workplace).of(number),
    )


WORDS = {severity.value: words for severity, words in SEVERITY_WORDS.items()}


def counts_of(findings: Sequence[Finding]) -> Mapping[str, int]:
    """How many findings there are of each severity, the gravest first."""
    found = Counter(finding.severity.value for finding in findings)
    return {severity.value: found[severity.value] for severity in Severity}


def _lines(desk: Desk) -> Iterator[PaperLine]:
    for key, (due, form) in desk.asking.papers.items():
        content = desk.content(key)
        found = list(values(form.root, content.data))
        filled = sum(value.present for value in found)
        counts = counts_of(desk.findings(key, content)) if key in desk.version.held.given else {}
        yield PaperLine(key, due, form, filled, len(found), counts)


def _about_a_paper(desk: Desk, finding: Finding) -> bool:
    files = {paper.file for paper in desk.plan.papers}
    return any(place.document in files for place in finding.places) or finding.rule.startswith(("filing/", "read/"))


# -- 能不能报 --------------------------------------------------------------------------------------------------------


@router.get("/{number}/eligibility")
def eligibility(request: Request, number: Number, filed: Filed) -> HTMLResponse:
    """能不能报: each requirement with its clause, the question that only people can answer, and the verdict."""
    desk = desk_of(filed, number)
    return page(request, "eligibility.html", desk=desk, offered=_offered, said=filed.answers(number))


@router.post("/{number}/eligibility")
async def answer(request: Request, number: Number, filed: Filed) -> Response:
    """Keep answers."""
    async with request.form() as form:
        sent = {name.removeprefix("answer:"): str(text).strip() for name, text in form.items() if name != "do"}
    desk = await run_in_threadpool(desk_of, filed, number)
    asked = {line.result.rule.id for sheet in desk.sheets for line in sheet.lines}
    await run_in_threadpool(filed.answer, number, {rule: text for rule, text in sent.items() if rule in asked})
    return RedirectResponse(f"/filing/{number}/eligibility", 303)


def _offered(line: Line) -> Sequence[str]:
    """Words that answer a question, as its rule knows them."""
    parameters = line.result.rule.parameters
    known = (parameters.get(name, ()) for name in ("wanted", "none"))
    return [str(word) for words in known if isinstance(words, list | tuple) for word in words]


# -- versions --------------------------------------------------------------------------------------------------------


@router.get("/{number}/versions")
def versions(request: Request, number: Number, filed: Filed) -> HTMLResponse:
    """Every version, who made it and when."""
    return page(request, "versions.html", desk=desk_of(filed, number), history=filed.history(number))


@router.post("/{number}/undo")
async def undo(request: Request, number: Number, filed: Filed) -> Response:
    """Back by one version."""
    async with request.form() as form:
        sent = {name: str(value) for name, value in form.items()}
    filed.filing(number)
    await run_in_threadpool(filed.undo, number, seen_in(request, sent))
    return RedirectResponse(_back(sent, number), 303)


@router.post("/{number}/versions/{version}")
async def restore(request: Request, number: Number, version: Number, filed: Filed) -> Response:
    """Back to a version."""
    async with request.form() as form:
        sent = {name: str(value) for name, value in form.items()}
    filed.filing(number)
    await run_in_threadpool(filed.restore, number, seen_in(request, sent), version)
    return RedirectResponse(f"/filing/{number}", 303)


def _back(sent: Mapping[str, str], number: Number) -> str:
    """The paper that something was asked from, else the filing."""
    key = sent.get("paper", "")
    return f"/filing/{number}/papers/{key}" if key.isidentifier() else f"/filing/{number}"


def seen_in(request: Request, sent: Mapping[str, str]) -> str | None:
    """The tag of the version that is to be changed: by If-Match, else by the hidden input of a form."""
    return request.headers.get("if-match") or sent.get("version")
