"""What goes out of the review: readings with their corrections, the 补正通知, summaries of what was accepted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from greenforms.carry.material import material_from
from greenforms.carry.summary import summarised
from greenforms.check.procedures import type_in
from greenforms.dossier.collect import has_list
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.pack.due import Ruling, held_to
from greenforms.pack.examined import Examined
from greenforms.pack.notice import is_due, notice_data, print_notice
from greenforms.pack.paper import Paper as Read
from greenforms.pack.paper import paper_of
from greenforms.read.paper import named
from greenforms.readings.writing import make_readings
from greenforms.render.paper import Kind, render
from greenforms.report import extraction_json, json_text
from greenforms.station.refused import Refused
from greenforms.station.review.layered import Layered, layered
from greenforms.station.review.standing import Standing
from greenforms.station.review.submissions import Paper
from greenforms.station.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Rule:
    """By which procedure a submission is judged, and of which type its applicant is; "" for as its papers say."""

    procedure: str = ""
    type: str = ""

    def on(self, workplace: Workplace) -> Ruling | None:
        """The procedure on the day; None where none is named. Raises UsageError for one that there is not."""
        if not self.procedure:
            return None
        found = workplace.library.procedures.get(self.procedure)
        if found is None:
            raise Refused(422, "没有这项程序", "请从页面上的清单里选。")
        return Ruling(found, type_in(found, self.type) if self.type else "", workplace.as_of)


def examined(workplace: Workplace, standing: Standing, rule: Rule) -> Examined:
    """The submission judged as `greenforms check` does."""
    library, ruling = workplace.library, rule.on(workplace)
    if ruling is None:
        return Examined(standing.batch, standing.report, None)
    report, units = held_to(library, ruling, standing.batch, standing.report)
    return Examined(standing.batch, report, units)


def notice(workplace: Workplace, found: Examined, rule: Rule) -> bytes:
    """The 补正通知 as .docx. Raises Refused where no procedure is named, or nothing has to be put right."""
    ruling = rule.on(workplace)
    if ruling is None:
        raise Refused(422, "还没有选程序", "补正通知要写明是哪一项程序的，请先在页面上选好程序。")
    if not is_due(found.report.findings):
        raise Refused(409, "没有要补正的", "没有必须改、应改的，不用写补正通知。")
    data = notice_data(workplace.library, ruling.procedure, found.units or (), found.report.findings, ruling.day)
    return print_notice(workplace.library, ruling.procedure, data)


def readings_json(papers: Sequence[Layered]) -> bytes:
    """The readings as `greenforms extract` writes them; the data hold the corrections, the fields what was read."""
    shapes: list[dict[str, Any]] = []
    for paper in papers:
        reading = paper.reading
        shapes.append(extraction_json(replace(reading.extraction, data=paper.data)))
    return f"{json_text(shapes)}\n".encode()


def readings_book(library: Library, papers: Sequence[Layered]) -> bytes:
    """The workbook that `greenforms extract -o` writes, with the corrections in it."""
    return make_readings(library, [paper.reading for paper in papers])


def read_papers(workplace: Workplace, papers: Sequence[Paper]) -> list[Layered]:
    """The papers among files, as people left them."""
    return [layered(workplace, each) for each in papers if each.form]


def summary_forms(library: Library, editions: Collection[str]) -> Iterator[Form]:
    """The forms of some editions that list units."""
    return (form for form in library.forms if form.edition.id in editions and has_list(form))


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary form as it was filled."""

    form: Form
    kind: Kind
    content: bytes


def summary(workplace: Workplace, form_id: str, accepted: Mapping[str, Standing]) -> Summary:
    """A summary form filled from submissions by their names, as `greenforms summary` does, in a kind that it prints.

    Raises Refused where no unit can be listed.
    """
    form = workplace.library.form(form_id)
    papers = [_of(paper, name) for name, standing in accepted.items() for paper in standing.batch.papers]
    result = summarised(form, material_from(papers), workplace.as_of)
    if not result.carried:
        told = "；".join(dict.fromkeys(each.reason for each in result.left if not each.pointer))
        raise Refused(409, f"没有一个单位可以列入《{form.title}》", told or "还没有接收任何材料。")
    kind: Kind = "docx" if "docx" in form.entry.outputs else "xlsx"
    return Summary(form, kind, render(form, result.data, kind))


def _of(paper: Read, submission: str) -> Read:
    """A paper called by its submission, too: two units may call theirs the same."""
    return paper_of(paper.form, named(paper.extraction, f"{submission}/{paper.file}"))
