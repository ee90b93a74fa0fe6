"""Units × papers: what each unit owes by a procedure, and what of it lies in the folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.procedure import DuePaper, Procedure
from greenforms.form.tree import layouts_in
from greenforms.pack.report import PackReport, PaperEntry

#: What papers are listed under that are about many units, and about none of them, such as a bureau's letters.
EVERYBODY = "全部材料"
#: The rule that finds one unit under two names.
SAME_NAME = "pack/same-name"


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper that a unit owes, and the files that are it; `within` is the file of another paper that has it."""

    due: DuePaper
    form: Form
    files: tuple[PaperEntry, ...] = ()
    within: str = ""

    @property
    def state(self) -> str:
        """Whether it is there, in a word."""
        versions = [each for each in self.files if not each.same_as]
        if len(versions) > 1:
            return "重复"
        if self.files:
            return "齐"
        return "已在公文里" if self.within else "可以不交" if self.due.optional else "缺"


@dataclass(frozen=True, slots=True)
class Unit:
    """What one unit owes; `type` is "" where its papers do not tell which kind of applicant it is."""

    name: str
    type: str
    entries: tuple[Entry, ...]
    files: tuple[PaperEntry, ...]

    def to_json(self) -> dict[str, Any]:
        """The unit as the command line writes it."""
        papers = [
            {
                "form": each.due.form,
                "title": each.form.title,
                "state": each.state,
                "files": [f.file for f in each.files],
            }
            for each in self.entries
        ]
        return {"unit": self.name, "type": self.type or None, "papers": papers}


def register_of(
    library: Library, procedure: Procedure, papers: Sequence[PaperEntry], type_: str | None = None
) -> tuple[Unit, ...]:
    """The units of a folder in the order of their papers; others with no paper of the procedure are none of it.

    `type_` is that of all of them, where it is told.
    """
    by_unit: dict[str, list[PaperEntry]] = {}
    for paper in papers:
        by_unit.setdefault(paper.subject or EVERYBODY, []).append(paper)
    units = [_unit(library, procedure, name, files, type_) for name, files in by_unit.items()]
    owing = [unit for unit in units if any(entry.files for entry in unit.entries)]
    named = [unit for unit in units if unit.name != EVERYBODY]
    if any(unit.name != EVERYBODY for unit in owing):
        owing = [unit if unit.name != EVERYBODY else _of_nobody(unit) for unit in owing]
    return tuple(owing or named or units or [_unit(library, procedure, EVERYBODY, [], type_)])


def _of_nobody(unit: Unit) -> Unit:
    """The papers about nobody in particular beside those of units, who owe the others."""
    return replace(unit, entries=tuple(entry for entry in unit.entries if entry.files))


def under_one_name(report: PackReport) -> tuple[PaperEntry, ...]:
    """The papers, those of a unit whose name is misspelt on some of them under the name that stands first.

    Units whose names are alike stay two where both have a paper of one form.
    """
    papers = list(report.papers)
    for finding in report.findings:
        if finding.rule == SAME_NAME:
            files = {place.document for place in finding.places}
            names = list(dict.fromkeys(each.subject for each in papers if each.file in files and each.subject))
            forms = [each.form for each in papers if each.subject in names and not each.same_as]
            if len(forms) == len(set(forms)):
                papers = [replace(each, subject=names[0]) if each.subject in names else each for each in papers]
    return tuple(papers)


def _unit(library: Library, procedure: Procedure, name: str, files: Sequence[PaperEntry], told: str | None) -> Unit:
    type_ = told or _type_of(library, procedure, files)
    due = procedure.papers_of(type_) if type_ else ()
    return Unit(name, type_, tuple(_entries(library, due, files)), tuple(files))


def _entries(library: Library, due: Sequence[DuePaper], files: Sequence[PaperEntry]) -> Iterator[Entry]:
    layouts = _layouts(library, files)
    for paper in due:
        form = library.form(paper.form)
        own = tuple(file for file in files if layouts[file.form] == form.layout)
        inside = next((file.file for file in files if paper.within and _has(library, file, paper.within, form)), "")
        yield Entry(paper, form, own, inside)


def _has(library: Library, file: PaperEntry, within: str, form: Form) -> bool:
    """Whether a paper is of the layout that contains another one."""
    outer = library.form(file.form)
    return outer.layout == within and form.layout in layouts_in(outer.root)


def _type_of(library: Library, procedure: Procedure, files: Sequence[PaperEntry]) -> str:
    """The type of applicant whose papers these are; "" where they fit several that owe different papers.

    Of several that owe the same it is the one that they state.
    """
    there = {*_layouts(library, files).values()}
    owed = {type_: [library.form(each.form).layout for each in procedure.papers_of(type_)] for type_ in procedure.types}
    fits = {type_: sum(layout in there for layout in layouts) for type_, layouts in owed.items()}
    best = [type_ for type_, fit in fits.items() if fit == max(fits.values())]
    named = library.vocabulary.application
    stated = {fact["value"] for file in files for fact in file.facts if fact["fact"] == named}.intersection(best)
    type_ = str(stated.pop()) if len(stated) == 1 else best[0]
    return type_ if all(owed[each] == owed[type_] for each in best) else ""


def _layouts(library: Library, files: Sequence[PaperEntry]) -> Mapping[str, str]:
    return {file.form: library.form(file.form).layout for file in files}
