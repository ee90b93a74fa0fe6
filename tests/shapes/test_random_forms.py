"""Whatever `forms check` calls sound prints, reads back exactly in three ways, and reads as empty when blank.

Forms are drawn so that every shape stands behind every other and in a repeated section equally often. A failure names
the form's seed; `strategies.forms.form` makes it again.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from greenforms import bundled
from greenforms.check.packages import _complaints, _lint_form
from greenforms.form.package import Form, load_edition, load_form
from greenforms.recognise.extract import extract_document
from greenforms.render.paper import render, render_blank
from greenforms_extractors.model import Document
from greenforms_extractors.reading import read
from papers import differences
from strategies.forms import EDITION, NAMES, SECTION, RandomForm, coverage, forms, write_package

COUNT, LENGTH = 300, 8
#: Each pair of shapes comes up at least this often.
LEAST = 20
KINDS = ("docx", "xlsx")
#: `GREENFORMS_FORMS=1000` draws so many instead.
DRAWN = list(forms(int(os.environ.get("GREENFORMS_FORMS", COUNT)), LENGTH))


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The drawn forms as packages, in use while the module runs."""
    root = tmp_path_factory.mktemp("随机表单")
    write_package(root, DRAWN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(bundled.PACKAGES, str(root))
        bundled.packages_root.cache_clear()
        load_edition(EDITION)
        yield root
    bundled.packages_root.cache_clear()


@pytest.fixture(scope="module")
def refused(packages: Path) -> dict[str, list[str]]:
    """What `forms check` says of each form it does not call sound."""
    said = {each.id: list(_complaints(partial(_lint_form, each.id))) for each in DRAWN}
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
    print(*(f"{count} × {reason}" for reason, count in reasons.most_common()), sep="\n")  # noqa: T201 - the account
    assert len(refused) <= 0.05 * len(DRAWN), reasons.most_common()


@pytest.mark.parametrize("part", range(10))
def test_random_forms(part: int, packages: Path, refused: dict[str, list[str]], tmp_path: Path) -> None:
    """This test ensures that each sound form is read back exactly, by record, by tags and by layout alone."""
    wrong: list[str] = []
    for drawn in (each for each in DRAWN[part::10] if each.id not in refused):
        form = load_form(drawn.id)
        for kind in KINDS:
            wrong += [
                f"{drawn.name} (seed {drawn.seed}) {kind} {fault}" for fault in _faults(drawn, form, kind, tmp_path)
            ]
    assert wrong == []


def _faults(drawn: RandomForm, form: Form, kind: str, folder: Path) -> Iterator[str]:
    data = drawn.data(random.Random(drawn.seed))  # noqa: S311 - chance for tests
    paper = _read(render(form, data, kind), folder, kind)
    untagged = replace(paper, attachments=(), controls=())
    ways = {"record": paper, "tags": replace(paper, attachments=()), "layout": untagged}
    for way, document in ways.items():
        yield from (f"{way}: {fault}" for fault in _unlike(document, form, data))
    blank = _read(render_blank(form, kind), folder, kind)
    extraction = extract_document(replace(blank, controls=()), "空表", form.id)
    yield from (f"blank: {field.path} = {field.raw}" for field in extraction.fields)
    yield from (f"blank: {finding.message}" for finding in extraction.findings)


def _unlike(document: Document, form: Form, data: Any) -> Iterator[str]:
    """Where a paper is read as something else than it was printed from, and what it is blamed for."""
    extraction = extract_document(document, "收件", form.id)
    yield from map(str, differences(extraction.data, data))
    yield from (finding.message for finding in extraction.findings)


def _read(content: bytes, folder: Path, kind: str) -> Document:
    path = folder / f"收件.{kind}"
    path.write_bytes(content)
    return read(path)
