"""Which of the papers read is meant, and its data."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from greenforms.errors import InputError, UsageError
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.tree import at
from greenforms.read.extraction import Extraction, FieldReading
from greenforms.readings.correcting import corrected
from greenforms.readings.paper import PaperReading

_LISTED = 20


@dataclass(frozen=True, slots=True)
class ReadData:
    """The data of one paper, corrected, with what was noticed; `paper` is the name of the paper."""

    data: Any
    paper: str
    findings: tuple[Finding, ...]


def data_of(papers: Sequence[PaperReading], form: Form, file: str, name: str | None = None) -> ReadData:
    """The data of the one paper that is of the form, or of the one called `name`.

    Raises InputError when there is none of the form, UsageError when there are several and none is named.
    """
    paper = _one(papers, form, file, name)
    data, findings = corrected(form, paper, file)
    return ReadData(data, paper.name, findings)


def settled(library: Library, paper: PaperReading, file: str) -> Extraction:
    """A reading with its corrections in it; what somebody put right is certain."""
    data, _ = corrected(library.form(paper.extraction.form), paper, file)
    fields = tuple(_as_held(field, data, field.path in paper.corrections) for field in paper.extraction.fields)
    return replace(paper.extraction, data=data, fields=fields)


def confirmed(extraction: Extraction, pointers: Collection[str]) -> Extraction:
    """A reading of which somebody has said that it reads these fields rightly: they are certain."""
    fields = (replace(each, grade="green", doubt="") if each.path in pointers else each for each in extraction.fields)
    return replace(extraction, fields=tuple(fields))


def _as_held(field: FieldReading, data: Any, corrected_: bool) -> FieldReading:
    held = at(data, field.path)
    if held == field.value and not corrected_:
        return field
    return replace(field, value=held, raw="", grade="green", doubt="")


def _one(papers: Sequence[PaperReading], form: Form, file: str, name: str | None) -> PaperReading:
    fitting = [paper for paper in papers if paper.extraction.form == form.id]
    if name is not None:
        return _named(papers, form, file, name)
    if not fitting:
        kinds = "、".join(dict.fromkeys(paper.extraction.form for paper in papers)) or "空的"
        raise InputError(f"读取结果“{file}”是 {kinds} 的，不是 {form.id} 的。请换用对应的表单。")
    if len(fitting) > 1:
        raise UsageError(
            f"读取结果“{file}”里有 {len(fitting)} 份《{form.title}》：{listed(fitting)}。"
            "请用 --paper 指明用哪一份，如 --paper " + quoted(fitting[0].name) + "。"
        )
    return fitting[0]


def _named(papers: Sequence[PaperReading], form: Form, file: str, name: str) -> PaperReading:
    found = [paper for paper in papers if paper.name == name]
    found = found or [paper for paper in papers if paper.name.rpartition("/")[2] == name]
    if len(found) != 1:
        state = f"没有“{name}”" if not found else f"有几份都叫“{name}”"
        raise UsageError(f"读取结果“{file}”里{state}。其中有：{listed(found or papers)}。请照写其中一个名字。")
    if found[0].extraction.form != form.id:
        raise InputError(f"“{name}”是 {found[0].extraction.form} 的，不是 {form.id} 的。请换用对应的表单。")
    return found[0]


def listed(papers: Sequence[PaperReading]) -> str:
    """Papers by name, many of them by the first and their number."""
    more = f"等 {len(papers)} 份" if len(papers) > _LISTED else ""
    return "、".join(f"“{paper.name}”" for paper in papers[:_LISTED]) + more


def quoted(name: str) -> str:
    """A name as it is typed on a command line."""
    return f'"{name}"' if " " in name else name
