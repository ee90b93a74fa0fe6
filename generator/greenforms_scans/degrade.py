"""Named faults of scanned pages, each the same for the same random generator.

A fault takes a page (height × width × 3 bytes, blue-green-red), a numpy generator and the page's dots per inch, and
gives a page; only quarter turns and photographs change its size.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import MappingProxyType

import numpy as np

from greenforms_scans import copier, geometry, paper_faults, pen, photo, seal
from greenforms_scans.sheets import Image

Fault = Callable[[Image, np.random.Generator, int], Image]


def _clean(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    return page.copy()


def _quarter(page: Image, rng: np.random.Generator, dpi: int, turns: int) -> Image:
    return geometry.quarter_turned(page, turns)


#: One fault at a time.
SINGLE = (
    "clean", "rotate", "quarter90", "quarter180", "quarter270", "noise", "jpeg40", "blur", "grey", "uneven",
    "perspective", "red-seal", "grey-seal", "watermark", "punch", "fold", "staple", "pen",
)  # fmt: skip

#: Several faults together, as papers come in practice.
MIXED = ("photo", "office", "fax")

DEGRADATIONS: MappingProxyType[str, Fault] = MappingProxyType(
    {
        "clean": _clean,
        "rotate": geometry.askew,
        "quarter90": partial(_quarter, turns=1),
        "quarter180": partial(_quarter, turns=2),
        "quarter270": partial(_quarter, turns=3),
        "noise": copier.noisy,
        "jpeg40": copier.strongly_compressed,
        "blur": copier.out_of_focus,
        "grey": copier.pale,
        "uneven": copier.unevenly_lit,
        "perspective": geometry.seen_from_aside,
        "red-seal": seal.stamped,
        "grey-seal": seal.grey_stamped,
        "watermark": paper_faults.watermarked,
        "punch": paper_faults.punched,
        "fold": paper_faults.folded,
        "staple": paper_faults.stapled,
        "pen": pen.penned,
        "photo": photo.photographed,
        "office": copier.office_copy,
        "fax": copier.faxed,
    }
)


def degraded(page: Image, name: str, seed: int, dpi: int) -> Image:
    """A page with one named fault; the same seed gives the same picture."""
    return DEGRADATIONS[name](page, np.random.default_rng((seed, *name.encode())), dpi)
