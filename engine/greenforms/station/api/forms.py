"""Forms: the catalogue, schemas, blanks; data sets held against them and printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from greenforms.errors import UsageError
from greenforms.form.form import Form
from greenforms.pack.paper import paper_of
from greenforms.read.extraction import Extraction
from greenforms.report import catalogue_json, findings_json
from greenforms.station.api import statements
from greenforms.station.api.bodies import DATA_SET, ExactJSON, data_set, worked_out
from greenforms.station.api.days import Day
from greenforms.station.api.names import Name
from greenforms.station.api.shapes import EXPLANATION, FINDINGS, FORM, FORMS, SCHEMA, answers
from greenforms.station.api.statements import FACTS
from greenforms.station.place import Placed
from greenforms.station.refused import Refused, refusals

router = APIRouter(prefix="/forms", tags=["forms"])

Kind = Literal["docx", "xlsx", "pdf"]
Data = Annotated[Any, Depends(data_set)]
Pointer = Annotated[str, Query(max_length=1_000, description="数据里的位置，如 /indicators。")]
Supposed = Annotated[list[str] | None, Query(max_length=100, description="假设，写成“位置=值”，可以有几个。")]

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
#: How an answer that is a file stands in the description of the interface.
FILE: dict[int | str, dict[str, Any]] = {200: {"description": "文件", "content": {kind: {} for kind in MEDIA.values()}}}


@router.get("", summary="全部表单", responses=answers(FORMS))
def forms(placed: Placed) -> ExactJSON:
    """The catalogue, as `greenforms forms --json` has it."""
    library = placed.library
    editions = map(library.edition, library.edition_ids)
    return ExactJSON({"forms": [catalogue_json(edition, entry) for edition in editions for entry in edition.forms]})


def form_named(placed: Placed, edition: Name, name: Name) -> Form:
    """The form of an address."""
    try:
        return placed.library.form(f"{edition}/{name}")
    except UsageError as error:
        raise Refused(404, "没有这种表", str(error)) from error


Named = Annotated[Form, Depends(form_named)]


@router.get("/{edition}/{name}", summary="一种表", responses=refusals(404, 422) | answers(FORM))
def one_form(form: Named) -> ExactJSON:
    """What the catalogue says of one form."""
    return ExactJSON(catalogue_json(form.edition, form.entry))


@router.get("/{edition}/{name}/schema", summary="一种表的数据结构", responses=refusals(404, 422) | answers(SCHEMA))
def schema(form: Named) -> ExactJSON:
    """The JSON Schema (2020-12)."""
    return ExactJSON(form.schema)


@router.get(
    "/{edition}/{name}/blank",
    summary="官方空表",
    responses=refusals(404, 422, 503) | FILE,
    response_class=Response,
)
def blank(form: Named, kind: Kind = "docx") -> Response:
    """The empty official form."""
    from greenforms.render.paper import render_blank

    return paper_answer(form, kind, render_blank(form, _printable(form, kind)))


@router.post(
    "/{edition}/{name}/validate",
    summary="校验一份数据",
    responses=refusals(404, 408, 413, 422) | answers(FINDINGS),
    openapi_extra=DATA_SET,
)
async def validate(form: Named, data: Data, day: Day) -> ExactJSON:
    """All findings on a data set, as `greenforms validate --json` has them."""
    from greenforms.pack.crosscheck import check_data

    return await worked_out(lambda: findings_json(check_data(form, data, as_of=day)))


@router.post(
    "/{edition}/{name}/explain",
    summary="说明一个数或一个得分怎样算出来",
    responses=refusals(404, 408, 413, 422) | answers(EXPLANATION),
    openapi_extra=DATA_SET,
)
async def explain(form: Named, data: Data, path: Pointer, what_if: Supposed = None) -> ExactJSON:
    """How what stands at a place follows from the others, as `greenforms explain --json` has it."""
    return await worked_out(_explained, form, data, path, what_if)


@router.post(
    "/{edition}/{name}/facts",
    summary="一份数据陈述的事实",
    responses=refusals(404, 408, 413, 422) | FACTS,
    response_class=Response,
    openapi_extra=DATA_SET,
)
async def facts(form: Named, data: Data, kind: statements.Kind = "jsonl") -> Response:
    """What a data set states, as `greenforms facts --form` writes it."""

    def stated() -> Response:
        paper = paper_of(form, Extraction("", form.id, 1.0, data, (), (), ()))
        return statements.stated_answer(form.library, [paper], kind)

    return await run_in_threadpool(stated)


@router.post(
    "/{edition}/{name}/render",
    summary="把一份数据填进官方表格",
    responses=refusals(404, 408, 413, 422, 503) | FILE,
    response_class=Response,
    openapi_extra=DATA_SET,
)
async def render(form: Named, data: Data, kind: Kind = "docx") -> Response:
    """The filled paper. Pictures are looked for nowhere: a data set names files of its sender's machine."""
    from greenforms.render.paper import render as rendered

    return paper_answer(form, kind, await run_in_threadpool(rendered, form, data, _printable(form, kind)))


def _explained(form: Form, data: Any, path: str, what_if: Sequence[str] | None) -> dict[str, Any]:
    from greenforms.check.working.explaining import explain as explained
    from greenforms.check.working.explaining import supposed, supposing
    from greenforms.check.working.telling import explanation_json

    shape = explanation_json(explained(form, data, path))
    if not what_if:
        return shape
    other = supposing(form, data, tuple(map(supposed, what_if)))
    return {**shape, "what_if": explanation_json(explained(form, other, path))}


def paper_answer(form: Form, kind: Kind, content: bytes) -> Response:
    """A file to be saved under the form's title."""
    name = f"attachment; filename*=UTF-8''{quote(form.title)}.{kind}"
    return Response(content, media_type=MEDIA[kind], headers={"content-disposition": name})


def _printable(form: Form, kind: Kind) -> Kind:
    if kind not in form.entry.outputs:
        outputs = "、".join(form.entry.outputs)
        raise Refused(422, "没有这种格式", f"《{form.title}》不输出 {kind} 格式，可选：{outputs}。")
    return kind
