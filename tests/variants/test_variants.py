"""Papers as a clerk receives them: typed by hand in Word, WPS or Excel, without record and without controls."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from greenforms.form.tree import values
from greenforms.read.extraction import Extraction
from shipped import LIBRARY, load_form, read_paper

HERE = Path(__file__).parent
CASES = sorted(folder.parent for folder in HERE.glob("cases/*/*/case.yaml"))
LARGEST = {".docx": 60_000, ".xlsx": 40_000, ".pdf": 350_000}

#: How many papers each layout has at least.
LEAST = 4

each_case = pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")


@dataclass(frozen=True)
class Case:
    """What a case folder says must come out of its paper."""

    odd: str
    origin: str
    #: The form that the paper is, where several share the layout that its folder is named after.
    form: str = ""
    findings: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def case_of(folder: Path) -> Case:
    content = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    return Case(**{key: tuple(value) if isinstance(value, list) else value for key, value in content.items()})


def form_of(folder: Path) -> str:
    """The id of the form that the paper of a folder is."""
    if stated := case_of(folder).form:
        return stated
    (only,) = (form.id for form in LIBRARY.forms if form.layout == folder.parent.name)
    return only


def paper_of(folder: Path) -> Path:
    (paper,) = folder.glob("paper.*")
    return paper


@cache
def reading(folder: Path) -> Extraction:
    return read_paper(paper_of(folder))


def expected(folder: Path) -> Any:
    return json.loads((folder / "expected.json").read_text(encoding="utf-8"), parse_float=Decimal)


@each_case
def test_form_and_data(folder: Path) -> None:
    """this test ensures that the form is recognised unaided and the data are exactly what a careful clerk would type"""
    result = reading(folder)
    assert result.form == form_of(folder)
    assert result.data == expected(folder)


@each_case
def test_findings(folder: Path) -> None:
    """this test ensures that the doubts of a paper are reported, and no doubt is raised where the paper gives none"""
    raised = {finding.rule for finding in reading(folder).findings}
    stated = set(case_of(folder).findings)
    assert stated <= raised
    assert {rule for rule in raised if rule.startswith("read/")} <= stated | {"read/unread"}


@each_case
def test_missing(folder: Path) -> None:
    """this test ensures that exactly the fields which the paper leaves open are listed as missing"""
    assert sorted(field.path for field in reading(folder).missing) == sorted(case_of(folder).missing)


@each_case
def test_unread(folder: Path) -> None:
    """this test ensures that exactly the texts without a field are listed as unread: nothing is lost silently"""
    unread = [finding for finding in reading(folder).findings if finding.rule == "read/unread"]
    texts = [" ".join(str(finding.places[0].value).split()) for finding in unread]
    stated = case_of(folder).unread
    assert [text for text in texts if not any(part in text for part in stated)] == []
    assert [part for part in stated if not any(part in text for text in texts)] == []


@each_case
def test_every_value_has_a_place(folder: Path) -> None:
    """this test ensures that no value is invented: each one has a source, a place and a text of the paper"""
    result = reading(folder)
    fields = {field.path: field for field in result.fields}
    for value in values(load_form(result.form).root, result.data):
        if value.present:
            assert fields[value.pointer].evidence is not None
            assert fields[value.pointer].raw.strip() or value.leaf.codec.name == "pictures"
            assert fields[value.pointer].source == "structure"


def test_enough_cases() -> None:
    """this test ensures that every layout has four papers, one of them printed to PDF, and that files stay small"""
    papers: dict[str, list[Path]] = {form.layout: [] for form in LIBRARY.forms}
    for folder in CASES:
        papers[folder.parent.name].append(paper_of(folder))
    assert {layout: len(found) for layout, found in papers.items() if len(found) < LEAST} == {}
    assert [layout for layout, found in papers.items() if all(paper.suffix != ".pdf" for paper in found)] == []
    every = [paper for found in papers.values() for paper in found]
    assert [paper for paper in every if paper.stat().st_size > LARGEST[paper.suffix]] == []


def test_register_is_complete() -> None:
    """this test ensures that the register names every binary file with its oddity and origin, and no other file"""
    register = (HERE / "README.md").read_text(encoding="utf-8")
    rows = {tuple(cell.strip() for cell in line.strip("|").split("|")) for line in register.splitlines() if "/" in line}
    wanted = {
        (paper_of(folder).relative_to(HERE / "cases").as_posix(), case_of(folder).odd, case_of(folder).origin)
        for folder in CASES
    }
    assert {row for row in rows if len(row) == 3} == wanted
