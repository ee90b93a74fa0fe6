"""The evaluator's pages: materials, workings, drafts, differences, proofs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from greenforms import datafile
from greenforms.carry.material import Material, material_of
from greenforms.carry.unit import statements_of_unit
from greenforms.compose.drafting import drafted
from greenforms.compose.paper import draft_paper
from greenforms.compose.result import result_json
from greenforms.diff.book import book_of
from greenforms.diff.document import document_of
from greenforms.diff.lines import lines_of
from greenforms.diff.result import Difference, difference
from greenforms.diff.side import Request as Wanted
from greenforms.diff.side import sides_of, told_apart
from greenforms.evidence.index import cells_of, index_book
from greenforms.evidence.indexing import indexed, report_of
from greenforms.finding import SEVERITY_WORDS
from greenforms.record import parse_json
from greenforms.report import json_text
from greenforms.station.evaluating.evaluations import MATERIALS, PROOFS, Evaluation, Evaluations
from greenforms.station.evaluating.workings import places_of, shown
from greenforms.station.pages.page import page
from greenforms.station.place import Placed
from greenforms.station.refused import Refused
from greenforms.station.work.intake import Stored, store
from greenforms.station.workplace import Workplace

router = APIRouter(prefix="/evaluating")

Uploads = list[UploadFile]
#: How a parameter begins that supposes a value; the pointer follows.
_AT = "at:"


def evaluations_of(placed: Placed) -> Evaluations:
    """The evaluations of the workplace."""
    return Evaluations(placed)


Kept = Annotated[Evaluations, Depends(evaluations_of)]


def one_of(evaluation: str, kept: Kept) -> Evaluation:
    """The evaluation of an address."""
    found = kept.one(evaluation)
    if found is None:
        raise Refused(404, "没有这项评价", "请回到“评价”，从列表里打开。")
    return found


One = Annotated[Evaluation, Depends(one_of)]


@router.get("")
def index(request: Request, kept: Kept) -> HTMLResponse:
    """All evaluations, and a form for a new one."""
    return page(request, "evaluating.html", evaluations=kept.listed())


@router.post("")
def begin(kept: Kept, placed: Placed, title: Annotated[str, Form()], files: Uploads) -> Response:
    """A new evaluation."""
    taken = _taken(placed, files)
    if not title.strip() or not taken:
        raise Refused(422, "还不能开始", "请写上评价的名称，并选好被评价单位的材料，再试一次。")
    return _to(kept.begin(title.strip(), taken))


@router.get("/{evaluation}")
def one(request: Request, found: One, placed: Placed) -> HTMLResponse:
    """One evaluation: what there is, and what one can do with it."""
    library = placed.library
    forms = [form for form in library.forms if form.layout in library.drafting]
    return page(request, "evaluation.html", evaluation=found, forms=forms)


@router.post("/{evaluation}/files")
def add(kept: Kept, found: One, placed: Placed, part: Annotated[str, Form()], files: Uploads) -> Response:
    """More materials or proofs."""
    if part not in (MATERIALS, PROOFS):
        raise Refused(422, "没有这个地方", "请回到这项评价的页面，再试一次。")
    kept.add(found.id, part, _taken(placed, files))
    return _to(found.id)


@router.get("/{evaluation}/workings")
def workings(request: Request, found: One, placed: Placed, paper: int = 0, path: str = "") -> HTMLResponse:
    """What follows from the figures; further parameters `at:/pointer` suppose other values."""
    papers = _material(placed, found).papers
    if not 0 <= paper < len(papers):
        raise Refused(404, "没有这份材料", "请回到这项评价的页面，从列表里打开。")
    prefix = "at:"
    suppose = [
        (key[len(prefix) :], text) for key, text in request.query_params.items() if key.startswith(prefix) and text
    ]
    result = shown(papers[paper], path, suppose) if path else None
    return page(
        request,
        "workings.html",
        evaluation=found,
        papers=papers,
        chosen=paper,
        places=places_of(papers[paper]),
        path=path,
        shown=result,
        suppose=dict(suppose),
    )


@router.post("/{evaluation}/drafts")
def draft(found: One, placed: Placed, form: Annotated[str, Form()], unit: Annotated[str, Form()] = "") -> Response:
    """The next draft of a report."""
    definition, material = placed.library.form(form), _material(placed, found)
    name, statements = statements_of_unit(material, placed.library.vocabulary, unit.strip() or None)
    made, target = drafted(definition, name, material, statements, placed.as_of), found.next_draft()
    target.parent.mkdir(exist_ok=True)
    text = f"{json_text(result_json(made, target.name))}\n"
    datafile.write(str(target.with_suffix(".json")), text.encode(), force=True)
    datafile.write(str(target), draft_paper(made))
    return _to(f"{found.id}/drafts/{quote(target.stem)}")


@router.get("/{evaluation}/drafts/{name}")
def drafts(request: Request, found: One, name: str) -> Response:
    """A draft: what is still to be filled in; with its ending, the file or its data."""
    known = {file.stem: file for file in found.drafts}
    stem, dot, kind = name.partition(".")
    if stem not in known or (dot and kind not in ("docx", "json")):
        raise Refused(404, "没有这一稿", "请回到这项评价的页面，从列表里下载。")
    if dot:
        return FileResponse(known[stem].with_suffix(f".{kind}"), filename=name)
    told = parse_json(known[stem].with_suffix(".json").read_text("utf-8"))
    return page(request, "draft.html", evaluation=found, draft=told)


@router.get("/{evaluation}/diff")
def diff(request: Request, found: One, placed: Placed, old: str, new: str, kind: str = "") -> Response:
    """What differs between two papers or drafts: a page, or a file."""
    result = _difference(placed, found, old, new)
    if kind in ("docx", "xlsx"):
        return _file(document_of(result) if kind == "docx" else book_of(result), f"变更清单.{kind}")
    return page(
        request, "difference.html", evaluation=found, old=old, new=new, found=result, lines=list(lines_of(result))
    )


@router.get("/{evaluation}/evidence")
def evidence(request: Request, found: One, placed: Placed, of: str = "", kind: str = "") -> Response:
    """The papers of evidence, listed with their pages and held against a report: a page, or a workbook."""
    if not found.proofs:
        raise Refused(422, "还没有证明材料", "请先在这项评价的页面放入证明材料，再试一次。")
    report = report_of(placed.library, _known(found, of), silent) if of else None
    index = indexed(placed.library, found.folder / PROOFS, report, placed.as_of, silent)
    if kind == "xlsx":
        return _file(index_book(index), "证明材料索引.xlsx")
    rows = [(each.number, *cells_of(each)) for each in index.files]
    return page(request, "evidence.html", evaluation=found, of=of, index=index, rows=rows, severities=SEVERITY_WORDS)


def _difference(placed: Workplace, found: Evaluation, old: str, new: str) -> Difference:
    sides = sides_of(placed.library, (str(_known(found, old)), str(_known(found, new))), Wanted(), silent)
    return difference(*told_apart(sides))


def _known(found: Evaluation, name: str) -> Path:
    """A material or draft by its place below the evaluation's folder."""
    known = {str(file.relative_to(found.folder)): file for file in (*found.materials, *found.drafts)}
    if name not in known:
        raise Refused(404, "没有这份文件", "请回到这项评价的页面，从列表里选。")
    return known[name]


def _file(content: bytes, name: str) -> Response:
    told = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, headers=told, media_type="application/octet-stream")


def _material(placed: Workplace, found: Evaluation) -> Material:
    return material_of(placed.library, found.materials, silent, None, None)


def _taken(placed: Workplace, files: Uploads) -> list[Stored]:
    """What was chosen; a field in which nothing was chosen sends one file without a name."""
    return [store(placed, file.filename, file.file) for file in files if file.filename]


def _to(evaluation: str) -> Response:
    return RedirectResponse(f"/evaluating/{evaluation}", 303)


def silent(number: int, total: int, name: str) -> None:
    """Nobody is told which file is read: the page comes when all are."""
