"""Procedures: what is to be handed in, and how many days are left."""

from __future__ import annotations

from fastapi import APIRouter

from greenforms.check.deadlines import due_of
from greenforms.check.procedure_report import procedure_json
from greenforms.station.api.bodies import ExactJSON
from greenforms.station.api.days import Day, Since
from greenforms.station.api.names import Edition, Name
from greenforms.station.api.shapes import PROCEDURE, PROCEDURES, answers
from greenforms.station.place import Placed
from greenforms.station.refused import Refused, refusals

router = APIRouter(prefix="/procedures", tags=["procedures"])


@router.get("", summary="各项程序", responses=refusals(422) | answers(PROCEDURES))
def procedures(placed: Placed, day: Day, edition: Edition = None, since: Since = None) -> ExactJSON:
    """All procedures, or those of one edition, as `greenforms procedures --json` has them."""
    library = placed.library
    only = library.edition(edition).id if edition else None
    chosen = [each for each in library.procedures.values() if only in (None, each.edition)]
    return ExactJSON([procedure_json(library, each, due_of(library, each, day, since), day) for each in chosen])


@router.get("/{edition}/{name}", summary="一项程序", responses=refusals(404, 422) | answers(PROCEDURE))
def one_procedure(placed: Placed, edition: Name, name: Name, day: Day, since: Since = None) -> ExactJSON:
    """One procedure, such as nm-2024/application."""
    library = placed.library
    procedure = library.procedures.get(f"{edition}/{name}")
    if procedure is None:
        raise Refused(404, "没有这项程序", f"没有编号为“{edition}/{name}”的程序。全部程序见上一级地址。")
    return ExactJSON(procedure_json(library, procedure, due_of(library, procedure, day, since), day))
