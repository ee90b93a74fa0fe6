"""Whether somebody may apply: the rules of a procedure, run over answers and papers, as one sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from greenforms.check.rules import CheckResult, run_on
from greenforms.dossier.dossier import Answer, Dossier
from greenforms.dossier.given import GivenList
from greenforms.dossier.paper import Paper
from greenforms.errors import UsageError
from greenforms.finding import Outcome, Severity
from greenforms.form.library import Library
from greenforms.form.rule import Rule

#: What stands in the sheet for each outcome.
VERDICTS = {
    Outcome.PASSED: "符合",
    Outcome.FAILED: "不符合",
    Outcome.NOT_APPLICABLE: "不涉及",
    Outcome.NOT_EVALUATED: "还不能判断",
}
_GRAVE = frozenset({Severity.BLOCK, Severity.FIX})


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement: the rule, what became of it, and the answer it rests on, if people were asked."""

    result: CheckResult
    document: str
    answer: Answer | None

    @property
    def verdict(self) -> str:
        """The verdict in words; a requirement that is only a preference is never what stops anybody."""
        failed = any(each.severity not in _GRAVE for each in self.result.findings)
        return "请注意" if failed else VERDICTS[self.result.outcome]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All requirements of a procedure for one type of applicant."""

    procedure: str
    type: str
    lines: tuple[Line, ...]

    @property
    def verdict(self) -> str:
        """能报, 不能报, or that something must be answered first."""
        if any(line.verdict == VERDICTS[Outcome.FAILED] for line in self.lines):
            return "不能报"
        open_ = any(line.verdict == VERDICTS[Outcome.NOT_EVALUATED] for line in self.lines)
        return "还不能说：有的问题没有答复" if open_ else "能报"


def procedures(library: Library) -> dict[str, tuple[str, ...]]:
    """The procedures that rules speak of, each with the types of applicant they know, in the order of the files."""
    found: dict[str, dict[str, None]] = {}
    for rule in _rules(library):
        for procedure in rule.procedures:
            found.setdefault(procedure, {}).update(dict.fromkeys(rule.types))
    return {procedure: tuple(types) for procedure, types in found.items()}


def rules_of(library: Library, procedure: str, type_: str = "") -> tuple[Rule, ...]:
    """The rules of a procedure; of a type those that hold for it or for every type."""
    return tuple(
        rule
        for rule in _rules(library)
        if procedure in rule.procedures and (not type_ or not rule.types or type_ in rule.types)
    )


def sheet(
    library: Library,
    procedure: str,
    type_: str,
    papers: tuple[Paper, ...] = (),
    answers: Iterable[Answer] = (),
    day: date | None = None,
    lists: tuple[GivenList, ...] = (),
) -> Sheet:
    """The sheet of one applicant. Raises UsageError, naming those there are, for an unknown procedure or type."""
    known = procedures(library)
    if procedure not in known:
        raise UsageError(f"没有编号为“{procedure}”的程序。现有：{'、'.join(known)}。")
    if type_ not in known[procedure]:
        raise UsageError(f"程序“{procedure}”没有“{type_}”这一类。可选：{'、'.join(known[procedure])}。")
    dossier = Dossier(library, papers, day, tuple(answers), lists=lists)
    results = run_on(dossier, rules_of(library, procedure, type_))
    return Sheet(procedure, type_, tuple(_line(library, result, dossier) for result in results))


def _rules(library: Library) -> Iterable[Rule]:
    return (rule for rule in library.all_rules if rule.procedures)


def _line(library: Library, result: CheckResult, dossier: Dossier) -> Line:
    question = result.rule.parameters.get("question")
    given = [each for each in dossier.answers if each.question == question]
    edition = result.rule.id.partition("/")[0]
    citation = result.rule.citation
    document = "" if citation is None else citation.document
    if document and edition in library.edition_ids:
        known = {each.id: each.title for each in library.edition(edition).documents}
        document = known.get(document, document)
    return Line(result, document, max(given, key=lambda each: each.when, default=None))
