"""A reading with the layer over it: what the engine takes up as corrections, and what each field says now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from greenforms.datafile import decode
from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, at
from greenforms.read.extraction import Extraction
from greenforms.read.paper import named
from greenforms.readings.choosing import confirmed, settled
from greenforms.readings.correcting import corrected
from greenforms.readings.paper import Correction, PaperReading, extraction_of
from greenforms.record import canonical_json, parse_json
from greenforms.station.etag import tag_of
from greenforms.station.refused import Refused
from greenforms.station.review.layer import Change, changes_of, in_force
from greenforms.station.review.submissions import Paper, reading_place
from greenforms.station.workplace import Workplace
from greenforms_extractors.origin import MarginOrigin

#: Where a correction stands whose field was found nowhere on the paper.
_HERE = MarginOrigin("审核记录")


@dataclass(frozen=True, slots=True)
class Layered:
    """A paper as it was read (`machine`), all that was said of it, and what holds of it by field."""

    paper: Paper
    form: Form
    machine: Extraction
    changes: tuple[Change, ...]
    held: Mapping[str, Change]

    @property
    def version(self) -> tuple[int, int]:
        """The state: which reading, and the last that was said of it."""
        return self.paper.reading, max((each.id for each in self.changes), default=0)

    @property
    def etag(self) -> str:
        """The state as a tag."""
        return tag_of("review", self.paper.sha256, *self.version)

    @property
    def reading(self) -> PaperReading:
        """The reading with the corrections beside it, and what was confirmed no longer doubtful."""
        places = {each.path: each.evidence for each in self.machine.fields}
        corrections = {
            pointer: Correction(each.after, places.get(pointer) or _HERE)
            for pointer, each in self.held.items()
            if each.kind == "changed"
        }
        sure = {pointer for pointer, each in self.held.items() if each.kind == "confirmed" and not self.moved(pointer)}
        return PaperReading(confirmed(self.machine, sure), corrections=corrections)

    @property
    def data(self) -> Any:
        """The data as people left them."""
        return corrected(self.form, self.reading, self.machine.file)[0]

    def settled(self) -> Extraction:
        """The reading as the engine goes on with it."""
        return settled(self.form.library, self.reading, self.machine.file)

    def moved(self, pointer: str) -> bool:
        """Whether the machine reads something else now than when somebody spoke of a field, and not what he said."""
        said = self.held.get(pointer)
        if said is None or said.read == read_of(self.machine, pointer):
            return False
        return said.kind == "confirmed" or at(self.data, pointer) != at(self.machine.data, pointer)


def read_of(machine: Extraction, pointer: str) -> str:
    """The value as it was read, as canonical JSON; "" where none was."""
    value = at(machine.data, pointer)
    return "" if value is ABSENT else canonical_json(value)


def layered(workplace: Workplace, paper: Paper, connection: Connection | None = None) -> Layered:
    """The paper with what people said of it. Raises Refused for a file that gave no paper."""
    if not paper.form:
        raise Refused(404, "这个文件没有可审核的内容", paper.message or "还没有读完，请稍等。")
    if connection is None:
        changes = workplace.records.transact(lambda found: changes_of(found, paper.sha256, paper.form))
    else:
        changes = changes_of(connection, paper.sha256, paper.form)
    form = workplace.library.form(paper.form)
    return Layered(paper, form, kept(workplace, paper), changes, in_force(changes))


def kept(workplace: Workplace, paper: Paper) -> Extraction:
    """The reading as it came, under the name its file has in the submission."""
    return _kept(reading_place(workplace, paper.digest), paper.name, paper.sha256)


@lru_cache(maxsize=400)
def _kept(place: Path, name: str, sha256: str) -> Extraction:
    """What lies in a file that is called by the hash of what it holds, and so never changes."""
    shape = parse_json(decode(place.read_bytes(), place.name))
    return replace(named(extraction_of(shape, name), name), sha256=sha256)
