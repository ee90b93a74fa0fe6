"""Whatever `forms check` calls sound prints, reads back exactly in three ways, and reads as empty when blank.

Forms are drawn so that every shape stands behind every other and in a repeated section equally often. A failure names
the form's seed; `strategies.forms.form` makes it again.
"""

import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from greenforms.bundled import resource_root
from greenforms.check.packages import _complaints, _lint_form
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.read.paper import read_document
from greenforms.render.paper import render, render_blank
from greenforms_extractors.model import Document
from greenforms_extractors.reading import read
from papers import differences
from strategies.forms import NAMES, SECTION, RandomForm, coverage, forms, write_package

COUNT, LENGTH = 300, 8
#: Each pair of shapes comes up at least this often.
LEAST = 20
KINDS = ("docx", "xlsx")
#: Sheets that are not yet read back exactly: a label of one repeated part comes again in the part that follows it, and
#: a sheet, unlike a Word paper, has no table edges to tell the two apart. One that is mended must leave this list.
NOT_YET = {("form-87", "xlsx"), ("form-186", "xlsx"), ("form-215", "xlsx"), ("form-242", "xlsx"), ("form-278", "xlsx"),
           ("form-293", "xlsx")}  # fmt: skip
#: `GREENFORMS_FORMS=1000` draws so many instead.
DRAWN = list(forms(int(os.environ.get("GREENFORMS_FORMS", COUNT)), LENGTH))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The drawn forms, laid over the shipped ones."""
    root = tmp_path_factory.mktemp("随机表单")
    write_package(root, DRAWN)
    return Library(resource_root(), root)


@pytest.fixture(scope="module")
def refused(library: Library) -> dict[str, list[str]]:
    """What `forms check` says of each form it does not call sound."""
    said = {each.id: list(_complaints(partial(_lint_form, library, each.id))) for each in DRAWN}
    return {form_id: errors for form_id, errors in said.items() if errors}


def test_every_pair_is_drawn() -> None:
    """This test ensures that each shape stands behind and inside the others often enough to be believed."""
    behind, inside = coverage(DRAWN)
    assert {pair: behind[pair] for pair in ((one, other) for one in NAMES for other in NAMES)
            if behind[pair] < LEAST} == {}  # fmt: skip
    assert {name: inside[SECTION, name] for name in NAMES if inside[SECTION, name] < LEAST} == {}
    variants = Counter(variant for each in DRAWN for variant in each.variants)
    assert {name: count for name, count in variants.items() if count < LEAST} == {}


def test_most_forms_are_sound(refused: dict[str, list[str]]) -> None:
    """This test ensures that little of what an author may draw is refused; the reasons are printed."""
    reasons = Counter(error.rpartition("：")[2] for errors in refused.values() for error in errors)
    sys.stdout.writelines(f"{count} × {reason}\n" for reason, count in reasons.most_common())
    assert len(refused) <= 0.05 * len(DRAWN), reasons.most_common()


@pytest.mark.parametrize("part", range(10))
def test_random_forms(part: int, library: Library, refused: dict[str, list[str]], tmp_path: Path) -> None:
    """This test ensures that each sound form is read back exactly, by record, by tags and by layout alone."""
    wrong: list[str] = []
    amiss: set[tuple[str, str]] = set()
    sound = [each for each in DRAWN[part::10] if each.id not in refused]
    for drawn in sound:
        form = library.form(drawn.id)
        for kind in KINDS:
            faults = [
                f"{drawn.name} (seed {drawn.seed}) {kind} {fault}" for fault in _faults(drawn, form, kind, tmp_path)
            ]
            if faults and (drawn.name, kind) in NOT_YET:
                amiss.add((drawn.name, kind))
            else:
                wrong += faults
    assert wrong == []
    assert amiss == {(name, kind) for name, kind in NOT_YET if any(each.name == name for each in sound)}


def _faults(drawn: RandomForm, form: Form, kind: str, folder: Path) -> Iterator[str]:
    data = drawn.data(random.Random(drawn.seed))  # noqa: S311 - chance for tests
    paper = _read(render(form, data, kind), folder, kind)
    untagged = replace(paper, attachments=(), controls=())
    ways = {"record": paper, "tags": replace(paper, attachments=()), "layout": untagged}
    for way, document in ways.items():
        yield from (f"{way}: {fault}" for fault in _unlike(document, form, data))
    blank = _read(render_blank(form, kind), folder, kind)
    extraction = read_document(form.library, replace(blank, controls=()), "空表", form.id)
    yield from (f"blank: {field.path} = {field.raw}" for field in extraction.fields)
    yield from (f"blank: {finding.message}" for finding in extraction.findings)


def _unlike(document: Document, form: Form, data: Any) -> Iterator[str]:
    """Where a paper is read as something else than it was printed from, and what it is blamed for."""
    extraction = read_document(form.library, document, "收件", form.id)
    yield from map(str, differences(extraction.data, data))
    yield from (finding.message for finding in extraction.findings)


def _read(content: bytes, folder: Path, kind: str) -> Document:
    path = folder / f"收件.{kind}"
    path.write_bytes(content)
    return read(path)
