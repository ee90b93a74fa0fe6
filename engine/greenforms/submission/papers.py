"""The papers of a pack as its workbook says them, checked together, and whether they may be built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from greenforms.dossier.dossier import Answer
from greenforms.errors import InputError
from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.procedure import DuePaper
from greenforms.form.tree import ABSENT, at
from greenforms.pack.crosscheck import check_batch
from greenforms.pack.folder import Batch
from greenforms.pack.listing import sources_of
from greenforms.pack.paper import paper_of
from greenforms.read.extraction import Extraction
from greenforms.submission.asking import Asking
from greenforms.submission.folder import EVIDENCE, NARRATIVE, WORKBOOK
from greenforms.submission.narrative import taken_up, written_in
from greenforms.workbook.reading import read_workbook

#: How many letters of a title stand in the name of a file.
_LONGEST = 60
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


@dataclass(frozen=True, slots=True)
class Planned:
    """A paper that is going to be printed: its file, the form, the data and what the procedure wants of it."""

    file: str
    kind: str
    form: Form
    data: Any
    due: DuePaper


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file of evidence: where it lies, and what it is called among the attachments; `suffix` is .pdf or the like."""

    path: Path
    number: int
    title: str
    suffix: str

    @property
    def file(self) -> str:
        """Its name in the pack."""
        return f"附件{self.number} {self.title}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The evidence of a pack in its order, and the titles of the evidence that is wanted and there."""

    evidence: tuple[Evidence, ...] = ()
    proven: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is going to be built, and what is to be said of it, the gravest first."""

    papers: tuple[Planned, ...]
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]

    @property
    def stopped(self) -> bool:
        """Whether something must be put right before this is handed in."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)


def plan_of(library: Library, folder: Path, asking: Asking, day: date) -> Plan:
    """What the folder of a pack says. Raises InputError for a workbook that is not there or none of ours."""
    path = folder / WORKBOOK
    if not path.is_file():
        raise InputError(f"“{folder}”里没有“{WORKBOOK}”。请把填好的填报表放回去，文件名不要改。")
    read = read_workbook(library, path, asking.form)
    evidence = tuple(_evidence(folder / EVIDENCE))
    proven = {each.title for each in asking.procedure.attachments_of(asking.type) if _is_proven(folder, each.title)}
    given, noticed = dict(read.data), list(read.problems)
    if (folder / NARRATIVE).is_file():
        given, found = taken_up(asking, given, written_in(asking, folder / NARRATIVE))
        noticed += found
    return plan_for(asking, given, day, Enclosed(evidence, frozenset(proven)), noticed)


def plan_for(
    asking: Asking,
    given: Mapping[str, Any],
    day: date,
    enclosed: Enclosed,
    noticed: Sequence[Finding] = (),
    answers: tuple[Answer, ...] = (),
) -> Plan:
    """What was filled in, as a pack; `noticed` came up when it was taken, `answers` are what people said."""
    data = asking.data_of(given)
    papers = tuple(_planned(asking, data))
    extractions = [Extraction(each.file, each.form.id, 1.0, each.data, (), (), ()) for each in papers]
    library = asking.form.library
    batch = Batch(tuple(paper_of(library.form(each.form), each) for each in extractions), (), {})
    checked = check_batch(library, batch, day, answers).findings if papers else ()
    own = (*noticed, *_lacking(asking, data), *_unproven(asking, enclosed), *_years(asking, data))
    order = list(Severity)
    findings = tuple(sorted((*own, *checked), key=lambda each: order.index(each.severity)))
    return Plan(papers, enclosed.evidence, findings)


def _planned(asking: Asking, data: Mapping[str, Any]) -> Iterator[Planned]:
    there = [(due, form, data[key]) for key, (due, form) in asking.papers.items() if key in data]
    for number, (due, form, said) in enumerate(there, 1):
        kinds = due.kinds or ("docx",)
        kind = next((each for each in kinds if each in form.entry.outputs), form.entry.outputs[0])
        name = form.entry.titles[0].translate(_NOT_IN_NAMES)[:_LONGEST]
        yield Planned(f"{number:02} {name}.{kind}", kind, form, said, due)


def _lacking(asking: Asking, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The papers of which nothing is filled in."""
    for key, (due, form) in asking.papers.items():
        if key not in data and not due.optional:
            message = f"《{form.title}》一栏也没有填，而{due.citation.article}规定要交。请在“{WORKBOOK}”里填写"
            yield Finding("procedure/paper-missing", Severity.BLOCK, f"{message}。", (), due.citation, "请填写这份材料")


def _unproven(asking: Asking, enclosed: Enclosed) -> Iterator[Finding]:
    """The evidence that must be there and is not."""
    for each in asking.procedure.attachments_of(asking.type):
        if not each.optional and each.title not in enclosed.proven:
            message = f"“{EVIDENCE}/{each.title}”里没有文件，而{each.citation.article}规定要附。请把扫描件放进去。"
            yield Finding("procedure/evidence", Severity.BLOCK, message, (), each.citation, "请放入证明材料")


def _is_proven(folder: Path, title: str) -> bool:
    place = folder / EVIDENCE / title
    return place.is_dir() and any(_files(place))


def _years(asking: Asking, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Papers of different years: what one of them says of last year is not last year to the others."""
    years: dict[str, list[str]] = {}
    for key, (_, form) in asking.papers.items():
        said = at(data.get(key, {}), form.root.paper.date) if form.root.paper else ABSENT
        if isinstance(said, str):
            years.setdefault(said[:4], []).append(f"《{form.title}》")
    if len(years) > 1 and asking.twins:
        listed = "；".join(f"{year}年：{'、'.join(titles)}" for year, titles in sorted(years.items()))
        message = f"各份材料的日期不在同一年（{listed}），只填一处的年度数据对不上。请把日期改到同一年。"
        yield Finding("procedure/years-differ", Severity.BLOCK, message, (Place(WORKBOOK, "", ""),), None, "请改日期")


def _evidence(folder: Path) -> Iterator[Evidence]:
    for number, path in enumerate(_files(folder), 1):
        yield evidence_of(path, number, path.name)


def evidence_of(path: Path, number: int, name: str) -> Evidence:
    """A file of evidence that its sender calls by a name."""
    called = PurePath(name)
    return Evidence(path, number, called.stem.translate(_NOT_IN_NAMES)[:_LONGEST], called.suffix.lower())


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder in the order people count them."""
    if folder.is_dir():
        try:
            yield from (source.path for source in sources_of((folder,)))
        except InputError:  # there are none
            return
