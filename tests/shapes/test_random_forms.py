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

from greenforms.check.packages import _complaints, _lint_form
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.read.paper import read_document
from greenforms.render.paper import render, render_blank
from greenforms_extractors.match.layout import Layout
from greenforms_extractors.match.result import Match
from greenforms_extractors.match.take import match
from greenforms_extractors.model import Document
from greenforms_extractors.reading import read
from papers import differences
from shipped import few_forms
from strategies.forms import NAMES, SECTION, RandomForm, coverage, drawn_forms, write_package

COUNT, LENGTH, PARTS = 300, 8, 10
#: Each pair of shapes comes up at least this often.
LEAST = 20
KINDS = ("docx", "xlsx")
#: `GREENFORMS_FORMS=1000` draws so many instead.
DRAWN = drawn_forms(int(os.environ.get("GREENFORMS_FORMS", COUNT)), LENGTH)


@pytest.fixture(autouse=True)
def _matched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The three ways of reading differ in what is believed, not in where texts stand: that is found out once."""
    known: list[Any] = [None, None, None]

    def matched(layout: Layout, document: Document) -> Match:
        if known[0] is not layout or known[1] != document.blocks:
            known[:] = layout, document.blocks, match(layout, document)
        return known[2]

    monkeypatch.setattr("greenforms.read.take.lay.match", matched)


def test_every_pair_is_drawn() -> None:
    """This test ensures that each shape stands behind and inside the others often enough to be believed."""
    behind, inside = coverage(DRAWN)
    assert {pair: behind[pair] for pair in ((one, other) for one in NAMES for other in NAMES)
            if behind[pair] < LEAST} == {}  # fmt: skip
    assert {name: inside[SECTION, name] for name in NAMES if inside[SECTION, name] < LEAST} == {}
    variants = Counter(variant for each in DRAWN for variant in each.variants)
    assert {name: count for name, count in variants.items() if count < LEAST} == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_random_forms(part: int, tmp_path: Path) -> None:
    """This test ensures that hardly any form is refused, and each sound one read back exactly.

    It is read back by record, by tags and by layout alone. The reasons of what is refused are printed.
    """
    drawn = DRAWN[part::PARTS]
    write_package(tmp_path / "随机表单", drawn)
    library = Library(few_forms(), tmp_path / "随机表单")
    refused = {each.id: list(_complaints(partial(_lint_form, library, each.id))) for each in drawn}
    reasons = Counter(error.rpartition("：")[2] for errors in refused.values() for error in errors)
    sys.stdout.writelines(f"{count} × {reason}\n" for reason, count in reasons.most_common())
    assert sum(map(bool, refused.values())) <= 0.05 * len(drawn), reasons.most_common()
    assert [
        f"{each.name} (seed {each.seed}) {kind} {fault}"
        for each in drawn
        if not refused[each.id]
        for kind in KINDS
        for fault in _faults(each, library.form(each.id), kind, tmp_path)
    ] == []


def _faults(drawn: RandomForm, form: Form, kind: str, folder: Path) -> Iterator[str]:
    data = drawn.data(random.Random(drawn.seed))  # noqa: S311 - chance for tests
    paper = _read(render(form, data, kind), folder, kind)
    untagged = replace(paper, attachments=(), controls=())
    ways = {"record": paper, "tags": replace(paper, attachments=()), "layout": untagged}
    if not paper.controls:  # a sheet has none: it reads by its layout, with the record or without
        del ways["tags"]
    for way, document in ways.items():
        yield from (f"{way}: {fault}" for fault in _unlike(document, form, data))
    if kind != KINDS[drawn.seed % len(KINDS)]:  # the empty form is printed as one of the two
        return
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
