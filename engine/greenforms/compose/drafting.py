"""The door: a report drafted for a unit from its papers. A later step never replaces what an earlier one filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from greenforms.carry.filling import prefilled
from greenforms.carry.material import Material, Statement
from greenforms.carry.result import source_text
from greenforms.compose.answers import take_answers
from greenforms.compose.computed import work_out
from greenforms.compose.draft import Draft
from greenforms.compose.earlier import Earlier, keep_narrative, keep_rest
from greenforms.compose.fixed import join_items, judge_tables, set_day, write_texts
from greenforms.compose.prompts import put_prompts
from greenforms.dossier.paper import Paper
from greenforms.form.form import Form


def drafted(
    form: Form,
    unit: str,
    material: Material,
    statements: Sequence[Statement],
    day: date,
    earlier: Earlier | None = None,
) -> Draft:
    """The report on a unit as of a day; `statements` are those of the material that speak of the unit.

    Of an `earlier` draft stays what a person wrote.
    """
    carried = prefilled(form, unit, statements, day)
    draft = Draft(form, unit, carried.data)
    for each in carried.carried:
        draft.fill(each.pointer, each.value, source_text(each.statement), each.statement)
    for left in carried.left:
        draft.leave(left.pointer, left.reason, disputed=left.disputed)
    set_day(draft, day)
    if earlier is not None:
        keep_narrative(draft, earlier)
    take_answers(draft, material, list(_own(material, statements)))
    join_items(draft, statements)
    work_out(draft)
    judge_tables(draft)
    write_texts(draft)
    if earlier is not None:
        keep_rest(draft, earlier)
    put_prompts(draft, statements)
    return draft


def _own(material: Material, statements: Sequence[Statement]) -> Iterator[Paper]:
    """The papers about the unit, and those that name no unit, such as what an institution says of itself."""
    about = {id(each.paper) for each in statements if not each.fact.listed}
    for paper in material.papers:
        names = any(fact.fact == paper.form.library.vocabulary.subject and fact.value for fact in paper.facts)
        if id(paper) in about or not names:
            yield paper
