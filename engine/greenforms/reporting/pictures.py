"""Pictures of the pages that findings speak of, as they stand in one HTML page."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from greenforms.errors import InputError
from greenforms.reporting.lines import Told
from greenforms.show.page import upright
from greenforms.show.source import page_picture
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.guard import looked_at
from greenforms_extractors.supervised.bounds import within_bounds

#: So many pages are drawn; more would make the file too large to send.
MOST = 60
_WIDEST, _QUALITY = 1100, 60


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page in per cent of its sides, and the findings that speak of it, the gravest first."""

    numbers: tuple[int, ...]
    severity: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A page with its boxes; `picture` is the data of an image address."""

    document: str
    page: int
    picture: str
    boxes: tuple[Box, ...]


def figures(findings: Sequence[Told], paths: Mapping[str, Path]) -> Iterator[Figure]:
    """The pages in the order of the papers, no more than `MOST`. A page that cannot be drawn is left out."""
    wanted: dict[tuple[str, int], list[tuple[Told, tuple[float, float, float, float], int]]] = {}
    for each in findings:
        for spot in each.spots:
            if spot.page is not None and spot.document in paths:
                place = (spot.document, spot.page.page)
                wanted.setdefault(place, []).append((each, spot.page.box, spot.page.turned))
    order = list(paths)
    for place in sorted(wanted, key=lambda place: (order.index(place[0]), place[1]))[:MOST]:
        picture = _picture(paths[place[0]], place[1], wanted[place][0][2])
        if picture is not None:
            yield _figure(place, *picture, [(each, box) for each, box, _ in wanted[place]])


def _picture(path: Path, number: int, turned: int) -> tuple[Image.Image, float] | None:
    """The page upright, with its pixels per point."""
    try:
        is_pdf = within_bounds(looked_at, path).kind == "pdf"
        page = page_picture(path, number, is_pdf=is_pdf)
    except (InputError, UnreadableFile):
        return None
    return upright(page, turned), 1 / page.points


def _figure(
    place: tuple[str, int],
    picture: Image.Image,
    density: float,
    marked: Sequence[tuple[Told, tuple[float, float, float, float]]],
) -> Figure:
    wide, high = (side / density for side in picture.size)
    by_box: dict[tuple[float, float, float, float], list[Told]] = {}
    for each, box in marked:
        by_box.setdefault(box, []).append(each)
    boxes = tuple(
        Box(tuple(each.number for each in told), told[0].severity, *_in_per_cent(box, wide, high))
        for box, told in by_box.items()
    )
    return Figure(*place, _encoded(picture), boxes)


def _in_per_cent(box: tuple[float, float, float, float], wide: float, high: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    shares = (left / wide, top / high, (right - left) / wide, (bottom - top) / high)
    one, two, three, four = (round(100 * each, 2) for each in shares)
    return one, two, three, four


def _encoded(picture: Image.Image) -> str:
    if picture.width > _WIDEST:
        picture = picture.resize((_WIDEST, round(picture.height * _WIDEST / picture.width)), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=_QUALITY)
    return f"data:image/jpeg;base64,{base64.b64encode(target.getvalue()).decode()}"
