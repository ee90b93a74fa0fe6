"""Rules, each with its clause."""

from __future__ import annotations

from fastapi import APIRouter

from greenforms.form.rule_report import rule_json
from greenforms.station.api.bodies import ExactJSON
from greenforms.station.api.names import Edition
from greenforms.station.api.shapes import RULES, answers
from greenforms.station.place import Placed
from greenforms.station.refused import refusals

router = APIRouter(prefix="/rules", tags=["rules"])


@router.get("", summary="全部规则", responses=refusals(422) | answers(RULES))
def rules(placed: Placed, edition: Edition = None) -> ExactJSON:
    """The rules of every edition, or of one, as `greenforms rules --json` has them."""
    library = placed.library
    chosen = library.rules_of(library.edition(edition).id) if edition else library.all_rules
    return ExactJSON([rule_json(library, rule) for rule in chosen])
