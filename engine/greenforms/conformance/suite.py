"""The variations on which rules are proven: the cases beside each rule, and the tables of schemas/conformance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from greenforms.errors import FormPackageError
from greenforms.form.library import Library
from greenforms.form.rule import Rule

Kind = Literal["holds", "broken", "limit", "past", "missing", "other"]
Expected = Literal["silent", "fires", "open"]
#: What each kind of variation is called, in the order of the tables.
KINDS: Mapping[str, str] = {
    "holds": "合乎要求",
    "broken": "不合要求",
    "limit": "恰在界限上",
    "past": "越过界限一个单位",
    "missing": "缺少要看的内容",
    "other": "别的版本",
}
_EXPECTED: Mapping[str, Expected] = {"broken": "fires", "past": "fires", "missing": "open"}


@dataclass(frozen=True, slots=True)
class Variation:
    """Papers and answers, and what a rule must say of them: nothing, a finding at `places`, or that it cannot tell.

    `also` are other rules that find something, too; in `procedure` the rules of that procedure run.
    """

    rule: Rule
    name: str
    kind: str
    expected: Expected
    places: tuple[str, ...] | None = None
    papers: tuple[Mapping[str, Any], ...] = ()
    answers: tuple[Mapping[str, str], ...] = ()
    unread: tuple[Mapping[str, str], ...] = ()
    lists: tuple[Mapping[str, Any], ...] = ()
    also: tuple[str, ...] = ()
    as_of: date | None = None
    procedure: str = ""


def all_rules(library: Library) -> dict[str, Rule]:
    """Every rule by id, those of editions first."""
    return {rule.id: rule for rule in library.all_rules}


def variations(library: Library) -> Iterator[Variation]:
    """All variations. Raises FormPackageError when a table names a rule that there is not."""
    rules = all_rules(library)
    for rule in rules.values():
        yield from _beside(rule)
    for table in library.conformance:
        for entry in table:
            strange = [each for each in entry["rules"] if each not in rules]
            if strange:
                raise FormPackageError(tuple(f"conformance：没有编号为“{each}”的规则" for each in strange))
            for id_ in entry["rules"]:
                yield from (_of_table(rules[id_], entry, each) for each in entry["variations"])


def _beside(rule: Rule) -> Iterator[Variation]:
    for case in rule.cases:
        yield Variation(
            rule=rule,
            name=case.name,
            kind="broken" if case.fails else "holds",
            expected="fires" if case.fails else "silent",
            places=case.fails,
            papers=case.papers,
            answers=case.answers,
            unread=case.unread,
            lists=case.lists,
            also=case.also,
            as_of=case.as_of,
            procedure=rule.procedures[0] if rule.procedures else "",
        )


def _of_table(rule: Rule, table: Mapping[str, Any], entry: Mapping[str, Any]) -> Variation:
    as_of = entry.get("as_of", table.get("as_of"))
    example = entry.get("example", table.get("example"))
    patch = [*_patch(entry), *entry.get("change", ())]
    answer = entry.get("answer")
    question = rule.parameters.get("question", "")
    return Variation(
        rule=rule,
        name=entry["name"],
        kind=entry["kind"],
        expected=entry.get("expect", _EXPECTED.get(entry["kind"], "silent")),
        places=tuple(entry["at"]) if "at" in entry else None,
        papers=({"example": example, "change": patch},) if example else (),
        answers=({"question": question, "answer": answer, "who": "填表人", "when": as_of},) if answer else (),
        lists=tuple(entry.get("lists", table.get("lists", ()))),
        also=tuple(entry.get("also", ())),
        as_of=date.fromisoformat(as_of) if as_of else None,
        procedure=entry.get("procedure", rule.procedures[0] if rule.procedures else ""),
    )


def _patch(entry: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    put = [{"op": "add", "path": pointer, "value": value} for pointer, value in entry.get("set", {}).items()]
    return [*put, *({"op": "remove", "path": pointer} for pointer in entry.get("drop", ()))]
