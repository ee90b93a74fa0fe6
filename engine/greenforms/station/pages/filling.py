"""One paper, filled in where the authority prints it: saved on every change, checked by the engine, pasted into."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from greenforms.finding import Finding, Severity
from greenforms.form.tree import at
from greenforms.station.filing.changes import what_changed
from greenforms.station.filing.desk import Desk, desk_as_seen, desk_of
from greenforms.station.filing.drawing import Drawing, drawing_of
from greenforms.station.filing.drawn import DrawnPart, names_in
from greenforms.station.filing.enclosures import Enclosures
from greenforms.station.filing.filings import Filings
from greenforms.station.filing.pasting import pasted
from greenforms.station.filing.typed import Typed, items_of, typed_in
from greenforms.station.pages.filings import WORDS, counts_of, seen_in
from greenforms.station.pages.page import page
from greenforms.station.place import Filed, Number
from greenforms.submission.editing import repeats_in

router = APIRouter(prefix="/filing/{number}/papers/{key}")

_MORE = re.compile(r"(/.{1,300}):(\d{1,4})")
#: A finding, the input that it leads to ("" for none), and whether it is about that field alone.
Placed = tuple[Finding, str, bool]
#: How many rows more than are filled in a list can show.
_MOST_SPARE = 50
#: A list of thousands of rows is one form.
_MOST_FIELDS, _MOST_BYTES = 100_000, 20_000_000
#: How many pasted texts without a place are named.
_NAMED = 5


@router.get("")
def paper(
    request: Request, number: Number, key: str, filed: Filed, more: str = "", focus: str = "", left: str = ""
) -> HTMLResponse:
    """The paper as it stands. `more` are the rows a list shows at least, `focus` what is typed next."""
    desk = desk_of(filed, number)
    form = desk.paper(key)[1]
    content = desk.content(key)
    content = replace(content, spare=_spare(content.data, more))
    drawing = drawing_of(form, content)
    placed = _placed(desk.findings(key, content), drawing, Typed())
    return page(
        request,
        "paper.html",
        headers={"etag": desk.version.tag},
        desk=desk,
        key=key,
        address=f"/filing/{number}/papers/{key}",
        form=form,
        drawing=drawing,
        focus=f"{focus}/" if focus else "",
        left=left,
        pictures=[each for each in Enclosures(filed.workplace).of(number) if each.kind == "picture"],
        at_field=_by_field(placed),
        **_told(desk, placed, drawing),
    )


def _spare(data: Any, more: str) -> dict[str, int]:
    """How many rows of which list are shown at least; not many more than are filled in."""
    found = _MORE.fullmatch(more)
    if found is None:
        return {}
    there = at(data, found[1])
    return {found[1]: min(int(found[2]), (len(there) if isinstance(there, list) else 0) + _MOST_SPARE)}


@router.post("")
async def save(request: Request, number: Number, key: str, filed: Filed) -> Response:
    """Save what was typed, with a row more or less, or a block of cells in it, and show the paper again."""
    inputs = await _sent(request)
    return await run_in_threadpool(_saved, request, filed, number, key, inputs)


@router.post("/check")
async def check(request: Request, number: Number, key: str, filed: Filed) -> HTMLResponse:
    """Save what was typed, and say what there is to be said of it."""
    inputs = await _sent(request)
    return await run_in_threadpool(_checked, request, filed, number, key, inputs)


async def _sent(request: Request) -> dict[str, str]:
    async with request.form(max_fields=_MOST_FIELDS, max_part_size=_MOST_BYTES) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _saved(request: Request, filed: Filings, number: Number, key: str, inputs: dict[str, str]) -> Response:
    desk = desk_as_seen(filed, number, seen_in(request, inputs))
    form = desk.paper(key)[1]
    do, _, at = inputs.get("do", "save").partition(":")
    then: dict[str, str] = {}
    if do == "remove":
        inputs = {name: text for name, text in inputs.items() if not name.partition("/")[2].startswith(f"{at[1:]}/")}
    elif do == "add":
        count = items_of(inputs).get(at, (-1,))[-1] + 2
        then = {"more": f"{at}:{count}", "focus": f"{at}/{count - 1}"}
    elif do == "paste":
        place = inputs.get("paste-at", "")
        laid = pasted(form, inputs, repeats_in(desk.asking, key), place, inputs.get("paste", ""))
        inputs = laid.inputs
        then = {"focus": place.rpartition("/")[0], "left": "、".join(laid.left[:_NAMED])}
    _take_up(desk, key, typed_in(form, inputs))
    asked = "&".join(f"{name}={quote(text)}" for name, text in then.items() if text)
    return RedirectResponse(f"/filing/{number}/papers/{key}{'?' if asked else ''}{asked}", 303)


def _checked(request: Request, filed: Filings, number: Number, key: str, inputs: Mapping[str, str]) -> HTMLResponse:
    desk = desk_as_seen(filed, number, seen_in(request, inputs))
    form = desk.paper(key)[1]
    typed = typed_in(form, inputs)
    desk = _take_up(desk, key, typed)
    content = desk.content(key)
    drawing = drawing_of(form, content)
    told = _told(desk, _placed(desk.findings(key, content), drawing, typed), drawing)
    return page(request, "findings.html", headers={"etag": desk.version.tag}, desk=desk, **told)


def _take_up(desk: Desk, key: str, typed: Typed) -> Desk:
    held = desk.typed(key, typed)
    form = desk.paper(key)[1]
    return desk.change(held, what_changed(form, desk.content(key).data, typed.data))


def _placed(findings: Sequence[Finding], drawing: Drawing, typed: Typed) -> list[Placed]:
    """The findings, the gravest first, each with the input it leads to: its own, or the first of its part."""
    known: set[str] = set()
    first: dict[str, str] = {}
    for name in names_in((*drawing.body, *drawing.rest)):
        known.add(name)
        around = name
        while around := around.rpartition("/")[0]:
            first.setdefault(around, name)
    order = list(Severity)
    placed: list[Placed] = []
    for finding in sorted(findings, key=lambda each: order.index(each.severity)):
        path = finding.places[0].path if finding.places else ""
        own = next((name for name in (path, path.rpartition("/")[0]) if name in known), "")
        placed.append((finding, typed.place(own or first.get(path, "")), bool(own)))
    return placed


def _told(desk: Desk, placed: Sequence[Placed], drawing: Drawing) -> dict[str, Any]:
    """What the list of findings is made of."""
    when = datetime.fromisoformat(desk.version.at).astimezone()
    parts = [part for part in drawing.body if isinstance(part, DrawnPart)]
    return {
        "findings": placed,
        "counts": counts_of([finding for finding, *_ in placed]),
        "words": WORDS,
        "saved": f"{when:%H:%M:%S}",
        "barred": " ".join(part.pointer for part in parts if part.barred),
    }


def _by_field(placed: Sequence[Placed]) -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding, place, own in placed:
        if own:
            found.setdefault(place, []).append(finding)
    return found
