"""One scan from beginning to end: data, paper, picture, fault; and scores added up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scans.degrade import degraded
from scans.printing import Kind, printed, rasters
from scans.sheets import Image
from scans.truth import Score


def scanned(form_id: str, data: Any, fault: str, seed: int, dpi: int, kind: Kind = "docx") -> list[Image]:
    """All pages of a filled form as a scanner or telephone with that fault delivers them."""
    pages = rasters(printed(form_id, data, kind), dpi)
    return [degraded(page, fault, 1000 * seed + number, dpi) for number, page in enumerate(pages)]


def summed(scores: Iterable[Score]) -> Score:
    """Several papers' scores as one; each paper's error rate counts by its number of fields."""
    found = list(scores)
    weight = sum(score.total for score in found) or 1
    return Score(
        right=sum(score.right for score in found),
        wrong=sum(score.wrong for score in found),
        missing=sum(score.missing for score in found),
        invented=sum(score.invented for score in found),
        cer=sum(score.cer * score.total for score in found) / weight,
        details=tuple(detail for score in found for detail in score.details),
    )
