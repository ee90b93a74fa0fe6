"""A change that somebody asks for: held against the state he saw and against the form, then written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection

from greenforms.check.pointers import node_at
from greenforms.finding import Finding, Severity
from greenforms.form.tree import Leaf, at
from greenforms.place import describe
from greenforms.readings.correcting import NOTHING, corrected
from greenforms.readings.lines import shown
from greenforms.readings.paper import Correction, PaperReading
from greenforms.station.etag import refuse_stale
from greenforms.station.refused import Refused
from greenforms.station.review.layer import Change, Kind, add, in_force, last_in_force
from greenforms.station.review.layered import Layered, layered, read_of
from greenforms.station.review.submissions import Paper
from greenforms.station.review.tables import now
from greenforms.station.workplace import Workplace
from greenforms_extractors.origin import MarginOrigin

#: More than a cell holds is no correction.
_LONGEST = 32_000
_PLACE = MarginOrigin("更正")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants: to confirm a field, to change it to a text, or to take back the last change."""

    act: Literal["confirm", "change", "undo"]
    pointer: str = ""
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The paper after a change, the field it was about, and what there is to say of the new value."""

    paper: Layered
    pointer: str
    notes: tuple[str, ...] = ()


def change(workplace: Workplace, paper: Paper, asked: Asked, seen: str | None) -> Done:
    """Write down a change. Raises Refused for a paper that was changed meanwhile, and a value that is none."""

    def work(connection: Connection) -> Done:
        state = layered(workplace, paper, connection)
        refuse_stale(seen, state.etag)
        said, notes = _undone(state) if asked.act == "undo" else _said(state, asked)
        written = add(connection, replace(said, who=workplace.who, at=now(), version=paper.version))
        changes = (*state.changes, written)
        return Done(replace(state, changes=changes, held=in_force(changes)), written.pointer, notes)

    return workplace.records.transact(work)


def _said(state: Layered, asked: Asked) -> tuple[Change, tuple[str, ...]]:
    leaf = node_at(state.form.root, asked.pointer)
    if not isinstance(leaf, Leaf) or not _is_plain(asked.pointer):
        raise Refused(422, "表上没有这一栏", "请重新载入页面，再改一次。")
    before = _text(leaf, state, asked.pointer)
    if asked.act == "confirm":
        held = state.held.get(asked.pointer)
        if held is not None and held.kind == "changed":  # what is confirmed is what people wrote
            return _change(state, asked.pointer, "changed", before, held.after, asked.reason), ()
        return _change(state, asked.pointer, "confirmed", before, before, asked.reason), ()
    if len(asked.text) > _LONGEST:
        raise Refused(422, "内容太长", f"一栏最多 {_LONGEST} 字。")
    after = asked.text if asked.text.strip() else NOTHING
    notes = _notes(state, asked.pointer, after)
    if any(each.severity is Severity.FIX for each in notes):
        raise Refused(422, "这样写，这一栏认不出来", "\n".join(_plain(each) for each in notes))
    return _change(state, asked.pointer, "changed", before, after, asked.reason), tuple(map(_plain, notes))


def _is_plain(pointer: str) -> bool:
    """Whether a pointer is written in the one way that tells a field (RFC 6901, section 4: no leading zeros)."""
    first, *steps = pointer.split("/")
    return not first and bool(steps) and all(step == str(int(step)) for step in steps if step.isdecimal())


def _undone(state: Layered) -> tuple[Change, tuple[str, ...]]:
    last = last_in_force(state.changes)
    if last is None:
        raise Refused(409, "没有可以撤销的", "这份材料还没有人改过，或都已经撤销。")
    made = _change(state, last.pointer, "undone", last.after, last.before, "")
    return replace(made, undoes=last.id), ()


def _change(state: Layered, pointer: str, kind: Kind, before: str, after: str, reason: str) -> Change:
    evidence = next((each.evidence for each in state.machine.fields if each.path == pointer), None)
    return Change(
        sha256=state.paper.sha256,
        form=state.form.id,
        version="",
        pointer=pointer,
        kind=kind,
        read=read_of(state.machine, pointer),
        before=before,
        after=after,
        place=describe(evidence) if evidence else "",
        reason=reason[:_LONGEST],
        who="",
        at="",
    )


def _notes(state: Layered, pointer: str, text: str) -> tuple[Finding, ...]:
    """What the engine says of a correction."""
    machine = replace(state.machine, findings=())
    others = dict(state.reading.corrections)
    paper = PaperReading(machine, corrections={**others, pointer: Correction(text, _PLACE)})
    _, found = corrected(state.form, paper, "")
    return tuple(each for each in found if each.places and each.places[0].path == pointer)


def _plain(finding: Finding) -> str:
    """The message without where it was typed."""
    return finding.message.partition(f"{describe(_PLACE)}")[2] or finding.message


def _text(leaf: Leaf, state: Layered, pointer: str) -> str:
    cell = shown(leaf, at(state.data, pointer))
    return "" if cell is None else str(cell.value)
