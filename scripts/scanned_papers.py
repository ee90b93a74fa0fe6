"""Scans of known truth for scripts/fit-confidence: printed, spoilt, read, and held against what was printed."""

from __future__ import annotations

import hashlib
import pickle
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

import greenforms_extractors
from greenforms.errors import InputError
from greenforms.form.form import Form
from greenforms.form.library import open_library
from greenforms.form.tree import leaves
from greenforms.read.extraction import Extraction
from greenforms.read.sources.merge import merged
from greenforms.read.take.slots import SlotReading
from greenforms.read.take.taking import take_document
from greenforms_extractors.match.result import Match
from greenforms_extractors.model import Document
from greenforms_extractors.scan.reader import read_image

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "generator"))

from greenforms_scans.degrade import MIXED, SINGLE
from greenforms_scans.made_up import made_up
from greenforms_scans.row_order import with_rows_aligned
from greenforms_scans.trial import scanned
from greenforms_scans.truth import Truth, same

LIBRARY = open_library()
#: Every paper has one fault and one resolution; the papers of a round take turns.
FAULTS = (*SINGLE, *MIXED)
RESOLUTIONS = (200, 200, 300, 200, 150)
#: A form so many of whose fields are prose takes much reading for few fields: it has its turn with every third fault.
PROSE = 0.3


@dataclass(frozen=True, slots=True)
class Task:
    """One paper to be made and read."""

    form: str
    seed: int
    fault: str
    dpi: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as read. `right` tells of every field that gave a value whether it is the one printed."""

    task: Task
    form: Form
    truth: Any
    extraction: Extraction
    slots: dict[str, SlotReading]
    match: Match
    right: dict[str, bool]


def tasks(first_seed: int, rounds: int) -> Iterator[Task]:
    """The papers of some rounds; no two have the same data."""
    for number in range(rounds * len(FAULTS)):
        fault, dpi = FAULTS[number % len(FAULTS)], RESOLUTIONS[(number + number // len(FAULTS)) % len(RESOLUTIONS)]
        for form in LIBRARY.form_ids:
            if _prose(LIBRARY.form(form)) < PROSE or number % 3 == number // len(FAULTS) % 3:
                yield Task(form, first_seed + number, fault, dpi)


def _prose(form: Form) -> float:
    """The share of a form's fields that are texts of paragraphs."""
    codecs = [leaf.codec.name for leaf in leaves(form.root)]
    return codecs.count("paragraphs") / len(codecs)


def read_paper(task: Task) -> Paper | None:
    """Make and read one paper; None for one that is not taken for its form."""
    form = LIBRARY.form(task.form)
    truth = made_up(form, task.seed)
    document = _document(task, truth)
    name = f"{task.seed}-{task.fault}.tif"
    try:
        taken = take_document(LIBRARY, document, name, task.form)
    except InputError:
        return None
    extraction = merged(taken)
    slots = {pointer: slot for pointer, slot in taken.structure.slots.items() if not slot.blank}
    right = _right(form, truth, extraction.data)
    return Paper(task, form, truth, extraction, slots, taken.identified.match, right)


def _right(form: Form, truth: Any, data: Any) -> dict[str, bool]:
    """Of each field read whether it is right, rows lined up first, by its pointer in the data as read."""
    true_data, read_data = with_rows_aligned(form.root, truth, data)
    expected, found = Truth(form, true_data).fields, Truth(form, read_data).fields
    pointers = zip(Truth(form, data).fields, found, strict=True)
    return {
        own: moved in expected and same(found[moved].leaf, expected[moved].value, found[moved].value)
        for own, moved in pointers
    }


def _document(task: Task, truth: Any) -> Document:
    """What the reader makes of the paper, kept between runs until the reader changes."""
    name = f"{task.form.replace('/', '-')}-{task.seed}-{task.fault}-{task.dpi}"
    kept = Path(tempfile.gettempdir()) / "greenforms-calibration" / f"{name}-{_reader_version()}.pickle"
    if kept.is_file():
        found: Document = pickle.loads(kept.read_bytes())  # noqa: S301 - written by this script
        return found
    document = _read(task, truth)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(document))
    return document


def _read(task: Task, truth: Any) -> Document:
    pages = [
        Image.fromarray(page[..., ::-1])
        for page in scanned(LIBRARY.form(task.form), truth, task.fault, task.seed, task.dpi)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scan.tif")
        pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(task.dpi, task.dpi), compression="tiff_lzw")
        return read_image(path, words=LIBRARY.words)


def _reader_version() -> str:
    package = Path(str(greenforms_extractors.__file__)).parent
    files = sorted([*package.glob("scan/*.py"), *(package / name for name in ("flow.py", "model.py", "text_lines.py"))])
    words = "\n".join(LIBRARY.words).encode()
    return hashlib.sha256(b"".join((words, *(file.read_bytes() for file in files)))).hexdigest()[:12]
