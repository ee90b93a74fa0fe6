"""The peers: two OCR engines as they come, with the nearest-label heuristic over their lines."""

from __future__ import annotations

import csv
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby
from typing import Any

import cv2
import numpy as np

from greenforms.form.form import Form
from greenforms_scans.peers.lines import Line, stacked
from greenforms_scans.peers.nearest_label import read_by_labels
from greenforms_scans.sheets import Image

Engine = Callable[[Image, int], list[Line]]

#: A gap between two words wider than this many line heights is a gap between two cells.
_CELL_GAP = 1.2
#: What Tesseract makes of a table's upright rules.
_BAR = "|"
_AT_BARS = re.compile(r"\|+|[^|]+")


def rapidocr_lines(page: Image, dpi: int) -> list[Line]:
    """Lines of a page by RapidOCR with the settings and models of its wheel."""
    found = _rapidocr()(page)
    if found.boxes is None:
        return []
    return [_line(corners, text) for corners, text in zip(found.boxes, found.txts, strict=True)]


def tesseract_lines(page: Image, dpi: int, segmentation: int = 3) -> list[Line]:
    """Lines of a page by Tesseract with the simplified Chinese model; `segmentation` is its page mode (3 or 6)."""
    command = ["tesseract", "stdin", "stdout", "-l", "chi_sim", "--psm", str(segmentation), "--dpi", str(dpi), "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    picture = cv2.imencode(".png", page)[1].tobytes()
    said = subprocess.run(command, input=picture, capture_output=True, check=True, env=environment).stdout.decode()
    rows = csv.DictReader(said.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if row["level"] == "5" and row["text"].strip()]
    found: list[Line] = []
    for _, line in groupby(words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"])):
        found += _segments([piece for row in line for piece in _pieces(row)])
    return found


def read_with(engine: Engine, form: Form, pages: list[Image], dpi: int) -> Any:
    """A paper's data as an engine and the heuristic read them; pages in order, as they come from the scanner."""
    lines = stacked([(float(page.shape[0]), engine(page, dpi)) for page in pages])
    return read_by_labels(form, lines)


#: The peers by name.
BASELINES: dict[str, Engine] = {"rapidocr": rapidocr_lines, "tesseract": tesseract_lines}


@cache
def _rapidocr() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def _line(corners: Any, text: str) -> Line:
    left, top = np.min(corners, axis=0)
    right, bottom = np.max(corners, axis=0)
    return Line(float(left), float(top), float(right), float(bottom), text)


def _pieces(row: dict[str, str]) -> Iterator[Line]:
    """A word, cut where Tesseract has read a rule of the table as an upright bar."""
    left, top, text = float(row["left"]), float(row["top"]), row["text"]
    step = float(row["width"]) / len(text)
    for part in _AT_BARS.finditer(text):
        ends = left + part.start() * step, left + part.end() * step
        yield Line(ends[0], top, ends[1], top + float(row["height"]), _BAR if _BAR in part[0] else part[0])


def _segments(words: list[Line]) -> list[Line]:
    """One text line cut where a wide gap shows that another cell begins."""
    found: list[Line] = []
    for word in words:
        last = found[-1] if found else None
        if last is None or _BAR in (last.text, word.text) or _gap(last, word) > _CELL_GAP:
            found.append(word)
            continue
        space = " " if last.text[-1:].isascii() and word.text[:1].isascii() else ""
        box = min(last.top, word.top), max(last.bottom, word.bottom)
        found[-1] = Line(last.left, box[0], word.right, box[1], f"{last.text}{space}{word.text}")
    return [line for line in found if line.text != _BAR]


def _gap(last: Line, word: Line) -> float:
    return (word.left - last.right) / max(last.height, word.height, 1.0)
