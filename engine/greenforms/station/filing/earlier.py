"""Earlier papers of a unit, carried into a filing: where nothing stands yet, and with where each value is from."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path

from greenforms.carry.choosing import Left
from greenforms.carry.material import material_of
from greenforms.carry.result import source_text
from greenforms.carry.unit import statements_of_unit
from greenforms.form.edit import put
from greenforms.form.tree import ABSENT, at
from greenforms.station.filing.desk import Desk
from greenforms.station.filing.filings import Held
from greenforms.submission.new import carried_into


def carry(desk: Desk, results: Path) -> tuple[Desk, int, Sequence[Left]]:
    """The desk with what papers that were read (`results`: as `greenforms batch` writes them) state about the unit.

    Gives how many values were carried as well, and what was not, with the reasons. What is filled in stays. Raises
    InputError where nothing was read, UsageError where the papers are of other units.
    """
    library = desk.filings.workplace.library
    material = material_of(library, [results / "逐份"], lambda *_: None, None, None)
    unit, statements = statements_of_unit(material, library.vocabulary, desk.filing.unit)
    found = carried_into(desk.asking, unit, statements, desk.day)
    given = copy.deepcopy(dict(desk.version.held.given))
    taken = [each for each in found.carried if at(given, each.pointer) is ABSENT]
    for each in taken:
        put(given, each.pointer, each.value)
    held = desk.version.held
    desk = desk.change(Held(given, held.texts, held.reasons), f"带入旧材料{len(taken)}处")
    sources = {each.pointer: (each.value, source_text(each.statement)) for each in taken}
    desk.filings.note_sources(desk.filing.id, sources)
    return desk, len(taken), found.left
