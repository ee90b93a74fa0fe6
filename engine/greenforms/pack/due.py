"""Papers against a procedure: what is missing, twice, of another kind or edition, and what people must answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from greenforms.check.deadlines import due_of
from greenforms.check.eligibility import rules_of
from greenforms.check.rules import run_on
from greenforms.dossier.dossier import Answer, Dossier
from greenforms.dossier.given import GivenList
from greenforms.finding import Citation, Finding, Place, Severity
from greenforms.form.library import Library
from greenforms.form.procedure import Procedure
from greenforms.pack.folder import Batch
from greenforms.pack.register import Entry, Unit, register_of, under_one_name
from greenforms.pack.report import PackReport, in_order

#: The rule that tells versions of one paper apart, with what differs.
VERSIONS = "pack/two-versions"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A procedure that papers are held to: of which type the applicant is ("" for as the papers say), on which day."""

    procedure: Procedure
    type: str
    day: date


def held_to(
    library: Library,
    ruling: Ruling,
    batch: Batch,
    report: PackReport,
    answers: tuple[Answer, ...] = (),
    lists: tuple[GivenList, ...] = (),
) -> tuple[PackReport, tuple[Unit, ...]]:
    """The report with what the procedure has to say, and the register of units × papers."""
    units = register_of(library, ruling.procedure, under_one_name(report), ruling.type or None)
    versions = [{each.document for each in found.places} for found in report.findings if found.rule == VERSIONS]
    said = [finding for unit in units for finding in _Unit(library, ruling.procedure, unit, versions).findings()]
    said += [*_evidence(library, ruling.procedure, units, report), *_late(library, ruling)]
    said += _judged(
        Dossier(library, tuple(paper.said for paper in batch.papers), ruling.day, answers, batch.unread, lists=lists),
        ruling,
        units,
    )
    order = [paper.file for paper in report.papers]
    return PackReport(report.papers, in_order((*report.findings, *said), order), report.unread), units


@dataclass(frozen=True, slots=True)
class _Unit:
    """What there is to say of one unit."""

    library: Library
    procedure: Procedure
    unit: Unit
    #: Files that have been told to be versions of one paper.
    versions: Sequence[set[str]]

    def findings(self) -> Iterator[Finding]:
        """All of it, in the order of the papers that are due."""
        if not self.unit.type:
            types = "、".join(self.procedure.types)
            message = f"从材料看不出{self.unit.name}报的是哪一类（{types}），没有核对份数。请用 --type 指明。"
            yield Finding("procedure/type-unknown", Severity.ASK, message, (), None, "请用 --type 指明申报的类型")
        for entry in self.unit.entries:
            yield from self._entry(entry)
        yield from self._spare()

    def _entry(self, entry: Entry) -> Iterator[Finding]:
        title, article = f"《{entry.form.title}》", entry.due.citation.article
        if entry.state == "缺":
            yield self._finding("paper-missing", f"{self.unit.name}没有交{title}", "请补交", entry.due.citation, title)
        if entry.state == "重复" and not any(each.file in told for each in entry.files for told in self.versions):
            files = "、".join(f"“{each.file}”" for each in entry.files)
            act = "请只留有效的一份"
            what = f"{self.unit.name}的{title}交了几份：{files}"
            yield self._finding("paper-twice", what, act, entry.due.citation, title)
        strange = [each for each in entry.files if each.form != entry.due.form]
        for file in strange:
            edition = self.library.form(file.form).edition.title
            what = f"“{file.file}”是{edition}的{title}，{article}要的是{entry.form.edition.title}的"
            yield self._finding("other-edition", what, "请换用这一版的表", entry.due.citation, file.file)
        yield from self._kinds(entry)

    def _kinds(self, entry: Entry) -> Iterator[Finding]:
        """A paper of which no file is of a kind that counts."""
        kinds = entry.due.kinds
        suffixes = [each.file.rpartition(".")[2].lower() for each in entry.files]
        if kinds and entry.files and not {*suffixes} & {*kinds}:
            listed = "、".join(f".{kind}" for kind in kinds)
            what = f"“{entry.files[0].file}”是 .{suffixes[0]} 文件，《{entry.form.title}》只收 {listed} 文件"
            act = "请交可以编辑的文件"
            yield self._finding("file-kind", what, act, entry.due.citation, entry.files[0].file)

    def _spare(self) -> Iterator[Finding]:
        """Papers that the procedure does not ask for."""
        for file in self.unit.files:
            layout = self.library.form(file.form).layout
            for each in self.procedure.not_needed_of(self.unit.type):
                if layout in each.layouts:
                    what = f"“{file.file}”（《{file.title}》）不用交：{each.why}"
                    yield self._finding("not-needed", what, "可以退回", each.citation, file.file, Severity.WARN)

    def _finding(
        self,
        rule: str,
        what: str,
        act: str,
        citation: Citation,
        about: str,
        severity: Severity = Severity.BLOCK,
    ) -> Finding:
        cited = titled(self.library, self.procedure, citation)
        message = f"{what}。{act}。依据：《{cited.document}》{cited.article}。"
        places = (Place(about, "", ""), Place(self.unit.name, "", ""))
        return Finding(f"procedure/{rule}", severity, message, places, cited, act)


def titled(library: Library, procedure: Procedure, citation: Citation) -> Citation:
    """A citation with the document's title in place of its id."""
    return Citation(library.edition(procedure.edition).document_title(citation.document), citation.article)


def _evidence(library: Library, procedure: Procedure, units: Sequence[Unit], report: PackReport) -> Iterator[Finding]:
    """Evidence that is asked for: nobody but a person can tell which file it is; that there is none can be told."""
    others = report.unread
    types = {unit.type for unit in units}
    for each in procedure.attachments:
        if each.optional or not any(type_ in types for type_ in each.types or procedure.types):
            continue
        cited = titled(library, procedure, each.citation)
        places = (Place(each.title, "", ""),)
        basis = f"依据：《{cited.document}》{cited.article}。"
        if others:
            message = f"要附“{each.title}”，表以外的文件有 {len(others)} 个。请确认其中有它。{basis}"
            yield Finding("procedure/evidence", Severity.ASK, message, places, cited, f"请确认附有“{each.title}”")
        else:
            message = f"没有附“{each.title}”。请补交。{basis}"
            yield Finding("procedure/evidence", Severity.BLOCK, message, places, cited, f"请补交“{each.title}”")


def _late(library: Library, ruling: Ruling) -> Iterator[Finding]:
    """Deadlines that are past on the day."""
    for due in due_of(library, ruling.procedure, ruling.day):
        if due.days is not None and due.days < 0:
            message = f"{due.deadline.what}：{due.words}。请按收到材料的那一天核对（--as-of）。"
            yield Finding("procedure/overdue", Severity.WARN, message, (), due.citation, "请核对收到的日期")


def _judged(dossier: Dossier, ruling: Ruling, units: Sequence[Unit]) -> Iterator[Finding]:
    """What the rules of the procedure find, and what they need an answer to."""
    library = dossier.library
    types = dict.fromkeys(unit.type for unit in units if unit.type)
    rules = [rule for id_ in ruling.procedure.rules for type_ in types for rule in rules_of(library, id_, type_)]
    for result in run_on(dossier, tuple(dict.fromkeys(rules))):
        yield from result.findings
        question = result.rule.parameters.get("question")
        if question and result.reasons and not result.findings:
            act = f"请用 --answer {result.rule.id}=… 答复"
            message = f"{result.rule.title}：{question}？{act}。"
            cited = result.rule.citation and titled(library, ruling.procedure, result.rule.citation)
            yield Finding(result.rule.id, Severity.ASK, message, (), cited, act)
