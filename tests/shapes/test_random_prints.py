"""Drawn forms printed as PDF by one LibreOffice are read back exactly; with `--scans` some are scanned and read."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from greenforms.form.library import Library
from greenforms.read.paper import read_document
from greenforms.render.paper import render
from greenforms_extractors.model import Document
from greenforms_extractors.reading import read
from greenforms_scans.trial import scanned
from greenforms_scans.truth import score
from papers import differences
from shipped import few_forms
from strategies.forms import RandomForm, drawn_forms, write_package

#: Every 25th of the forms that are read from Word papers and sheets, so that the shapes come up alike.
DRAWN = drawn_forms(300, 8)[::25]
SCANNED, DPI = 3, 200
#: So many fields of a clean scan are read exactly at least, and so many are other than printed at most. Tables of other
#: columns that stand close to each other are taken for one, whose rows are then nobody's.
LEAST, FALSE = 1 / 3, 1 / 8


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The drawn forms, laid over the shipped ones."""
    root = tmp_path_factory.mktemp("随机表单")
    write_package(root, DRAWN)
    return Library(few_forms(), root)


def test_random_prints(library: Library, tmp_path: Path) -> None:
    """This test ensures that a printed form is read back exactly by record and by layout alone."""
    assert len(DRAWN) == 12
    assert [fault for drawn in DRAWN for fault in _faults(drawn, library, tmp_path / "收件.pdf")] == []


def _faults(drawn: RandomForm, library: Library, path: Path) -> Iterator[str]:
    data = drawn.data(random.Random(drawn.seed))  # noqa: S311 - chance for tests
    path.write_bytes(render(library.form(drawn.id), data, "pdf"))
    paper = read(path)
    for way, document in (("record", paper), ("layout", _alone(paper))):
        extraction = read_document(library, document, "收件", drawn.id)
        yield from (f"{drawn.name} {way}: {each}" for each in differences(extraction.data, data))
        yield from (f"{drawn.name} {way}: {finding.message}" for finding in extraction.findings)


def _alone(paper: Document) -> Document:
    return replace(paper, attachments=(), controls=())


@pytest.mark.scans
@pytest.mark.parametrize("number", range(SCANNED))
def test_random_scans(number: int, library: Library, tmp_path: Path) -> None:
    """This test ensures that of a scanned form enough is read, and little else than what is printed."""
    drawn = DRAWN[number]
    form, data = library.form(drawn.id), drawn.data(random.Random(drawn.seed))  # noqa: S311 - chance for tests
    first, *rest = [Image.fromarray(page[..., ::-1]) for page in scanned(form, data, "clean", drawn.seed, DPI)]
    first.save(path := tmp_path / "收件.pdf", save_all=True, append_images=rest, resolution=DPI)
    extraction = read_document(library, read(path, words=library.words), "收件", drawn.id)
    result = score(form, data, extraction.data)
    assert result.wrong + result.invented <= FALSE * result.total, result.details
    assert result.exact >= LEAST, result.details
