"""What is wrong with the papers of an evidence folder, by themselves and against the report they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from greenforms.check.rules import run_on
from greenforms.dossier.dossier import Dossier
from greenforms.dossier.paper import Paper
from greenforms.evidence.folder import EvidenceFile
from greenforms.evidence.listed import Entry, entries_for, entries_of
from greenforms.evidence.pages import wrong_pages
from greenforms.evidence.telling import last_day
from greenforms.fact.fold import fold_name
from greenforms.finding import Finding, Place, Severity
from greenforms.form.evidence import EvidenceRules
from greenforms.form.library import Library

_LOOK = "这是扫描件上识别的文字，请先对照原件。"


def own_faults(files: Sequence[EvidenceFile], rules: EvidenceRules, day: date) -> Iterator[Finding]:
    """What each file shows by itself: that its kind is not told, that it has expired."""
    for each in files:
        if each.kind is None and each.unread is None:
            yield _of_file(
                "unknown-kind", Severity.ASK, each, "", "看不出是哪一种证明材料。", "请打开看一看，在索引里写明。"
            )
        if each.until:
            yield from _term(each, rules, day)


def faults_of_report(
    library: Library, files: Sequence[EvidenceFile], rules: EvidenceRules, paper: Paper, day: date
) -> Iterator[Finding]:
    """What does not agree between the folder and a report: its list, what it cites, whose papers these are."""
    dossier = Dossier(library, (paper,), day)
    entries = entries_of(paper, rules)
    found = {each.name: entries_for(each, entries) for each in files}
    there = {entry for each in found.values() for entry in each}
    yield from (_no_file(paper, entry) for entry in entries if entry not in there)
    for each in files:
        if not found[each.name]:
            yield _of_file(
                "not-listed", Severity.FIX, each, "", f"不在“{paper.document}”的证明材料清单里。",
                "请在清单里补上；用不着的，从目录里拿走。",
            )  # fmt: skip
    yield from wrong_pages(paper.document, entries, [[e for e in files if entry in found[e.name]] for entry in entries])
    for result in run_on(dossier, rules.rules):
        yield from result.findings
    if unit := dossier.about.subject_of(paper):
        others = [str(fact.value) for fact in paper.facts if fact.fact in rules.other_holders and fact.value]
        yield from _other_holders(files, unit, others)


def _term(file: EvidenceFile, rules: EvidenceRules, day: date) -> Iterator[Finding]:
    try:
        last = last_day(file.until, rules.unlimited)
    except ValueError:
        said = f"有效期写的是“{file.until}”，看不出到哪一天为止。"
        yield _of_file("term-unread", Severity.ASK, file, file.until, said, "请对照原件，看是否还有效。")
        return
    if last is not None and last < day:
        said = f"有效期到{last.year}年{last.month}月{last.day}日为止，到{day.year}年{day.month}月{day.day}日已经过期。"
        yield _unless_scanned("expired", Severity.BLOCK, file, file.until, said, "请换成现行有效的。")


def _other_holders(files: Sequence[EvidenceFile], unit: str, others: Sequence[str]) -> Iterator[Finding]:
    known = {fold_name(each) for each in (unit, *others)}
    for each in files:
        if each.holder and fold_name(each.holder) not in known:
            said = f"上面的单位是“{each.holder}”，不是“{unit}”。"
            fix = "请换成本单位的；单位改过名的，附上变更证明。"
            yield _unless_scanned("other-holder", Severity.FIX, each, each.holder, said, fix)


def _no_file(paper: Paper, entry: Entry) -> Finding:
    rests = f"，而有{entry.claims}项以它为证" if entry.claims else ""
    fix = "请把这份材料放进目录，文件名以编号开头；没有的，从清单里删去，有关各项重新判断。"
    place = Place(paper.document, "", entry.mark or entry.name, entry.name)
    message = f"“{paper.document}”的证明材料清单列了“{entry.called}”，目录里没有这份文件{rests}。{fix}"
    return Finding("evidence/no-file", Severity.BLOCK, message, (place,), fix=fix)


def _unless_scanned(rule: str, severity: Severity, file: EvidenceFile, value: str, said: str, fix: str) -> Finding:
    """A finding on a value; on a recognised one a question."""
    if file.scanned:
        return _of_file(rule, Severity.ASK, file, value, said, f"{_LOOK}确实如此的，{fix.removeprefix('请')}")
    return _of_file(rule, severity, file, value, said, fix)


def _of_file(rule: str, severity: Severity, file: EvidenceFile, value: str, said: str, fix: str) -> Finding:
    kind = f"（{file.title}）" if file.title else ""
    message = f"“{file.name}”{kind}{said}{fix}"
    return Finding(f"evidence/{rule}", severity, message, (Place(file.name, "", file.title, value or None),), fix=fix)
