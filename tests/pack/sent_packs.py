"""Packs of data sets, as a bureau receives them: each judged in full, by itself and by its procedure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from greenforms.bundled import examples_dir
from greenforms.check.eligibility import rules_of
from greenforms.conformance.patch import changed
from greenforms.dossier.dossier import Answer, Unread
from greenforms.dossier.given import GivenList
from greenforms.form.procedure import Procedure
from greenforms.form.rule import Rule
from greenforms.pack.crosscheck import check_batch
from greenforms.pack.due import Ruling, held_to
from greenforms.pack.folder import Batch
from greenforms.pack.paper import Paper, paper_of
from greenforms.read.extraction import Extraction
from greenforms.read.paper import named
from greenforms.render.paper import render
from greenforms_packs.packs import clean_pack
from papers import paper_with
from shipped import LIBRARY, read_paper

FOLDER = Path(__file__).parent / "sent"
CASES = Path(__file__).parents[1] / "field_cases"
Data = dict[str, Any]


@dataclass
class Sent:
    """A pack that was sent in: its papers by file as form and data, and what is said of it beside them."""

    procedure: str
    type: str
    day: date
    papers: dict[str, tuple[str, Data]]
    evidence: tuple[str, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    lists: tuple[GivenList, ...] = ()
    #: Further questions of the reviewer, by what rules are asked for.
    asked: tuple[str, ...] = ()
    #: Files that are read, by name.
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def terms(self) -> Procedure:
        """The procedure it goes through."""
        own = LIBRARY.procedures[self.procedure]
        return replace(own, rules=(*own.rules, *self.asked))


@cache
def written(name: str) -> list[dict[str, Any]]:
    """The entries of one of the two tables: the clean packs, and what is done to them for each reason of a return."""
    entries: list[dict[str, Any]] = yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return entries


def pack(name: str) -> Sent:
    """A clean pack; who takes one may change it."""
    return _sent(next(entry for entry in written("packs") if entry["name"] == name))


def _sent(entry: Mapping[str, Any]) -> Sent:
    made = clean_pack(entry["made"])[1].papers if "made" in entry else {}
    papers = dict(made) | {file: _paper(given) for file, given in entry.get("papers", {}).items()}
    return Sent(
        entry["procedure"],
        entry["type"],
        entry["day"],
        papers,
        tuple(entry.get("evidence", ())),
        dict(entry.get("answers", {})),
        _lists(entry.get("lists", ())),
    )


def _paper(given: Mapping[str, Any]) -> tuple[str, Data]:
    return given["form"], changed(deepcopy(_example(given["example"])), _exact(given.get("change", [])))


def _lists(given: Iterable[Mapping[str, Any]]) -> tuple[GivenList, ...]:
    return tuple(GivenList(each["kind"], "名单", "名单.xlsx", tuple(each["rows"])) for each in given)


@cache
def _example(name: str) -> Data:
    found: Data = json.loads((examples_dir() / f"{name}.json").read_text("utf-8"), parse_float=Decimal)
    return found


def _exact(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str), parse_float=Decimal)


def spoilt(pack: Sent, case: Mapping[str, Any]) -> Sent:
    """The pack with what a case changes; nothing else of it is touched."""
    for file in case.get("without", ()):
        for name in [name for name in pack.papers if fnmatch(name, file)]:
            del pack.papers[name]
    for file, name in case.get("renamed", {}).items():
        pack.papers[name] = pack.papers.pop(file)
    for file, given in case.get("with", {}).items():
        pack.papers[file] = _paper(given)
    for file, source in case.get("again", {}).items():
        pack.papers[file] = deepcopy(pack.papers[source])
    for file, given in case.get("rows", {}).items():
        rows = [_numbered(given["row"], number) for number in range(1, given["count"] + 1)]
        changed(pack.papers[file][1], [{"op": "replace", "path": given["path"], "value": rows}])
    for file, patch in case.get("change", {}).items():
        changed(pack.papers[file][1], _exact(patch))
    pack.files = {file: (CASES / source).read_bytes() for file, source in case.get("file", {}).items()}
    for file, (printed, typed) in case.get("edited", {}).items():
        form, data = pack.papers.pop(file)
        pack.files[file] = paper_with(render(LIBRARY.form(form), data, "docx"), printed, typed)
    pack.answers |= case.get("answers", {})
    pack.lists += _lists(case.get("lists", ()))
    pack.asked = tuple(case.get("asked", ()))
    pack.day = case.get("day", pack.day)
    return pack


def _numbered(row: Mapping[str, str], number: int) -> Data:
    return {key: text.replace("№", str(number)) for key, text in row.items()}


def found_on(pack: Sent, folder: Path) -> list[tuple[str, str]]:
    """The rule and message of everything that is found on a pack; files that are read are put into a folder."""
    for file, content in pack.files.items():
        (folder / file).write_bytes(content)
    read = (named(read_paper(folder / file), file) for file in pack.files)
    told = tuple(paper_of(LIBRARY.form(each.form), each) for each in read)
    papers = (*(_as_told(file, *said) for file, said in pack.papers.items()), *told)
    unread = tuple(Unread(name, f"{name}：暂不能识别", "unrecognised") for name in pack.evidence)
    batch = Batch(papers, unread, {})
    answers, ruling = tuple(_answers(pack)), Ruling(pack.terms, pack.type, pack.day)
    report = check_batch(LIBRARY, batch, pack.day, answers, pack.lists)
    report, _ = held_to(LIBRARY, ruling, batch, report, answers, pack.lists)
    return [(finding.rule, finding.message) for finding in report.findings]


def _as_told(file: str, form: str, data: Data) -> Paper:
    return paper_of(LIBRARY.form(form), Extraction(file, form, 1.0, data, (), (), ()))


def _answers(pack: Sent) -> Iterator[Answer]:
    """What people say of the pack: as the pack has it, else what the rule wants to hear."""
    asking = [rule for id_ in pack.terms.rules for rule in rules_of(LIBRARY, id_) if "question" in rule.parameters]
    for rule in asking:
        said = pack.answers.get(rule.id) or _wanted(rule)
        if said:
            yield Answer(rule.parameters["question"], said, "经办人", pack.day)


def _wanted(rule: Rule) -> str:
    options = rule.parameters.get("wanted") or rule.parameters.get("none") or ("",)
    return str(options[0])
