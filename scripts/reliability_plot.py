"""Draws the reliability curve: the chance of being wrong, foretold and found, both on logarithmic scales."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fitting import Point

#: What is less than this is drawn on the edge: none of the fields was wrong.
_LEAST = 5e-5


def draw(picture: Path, points: Sequence[Point], grades: tuple[float, float], lines: Sequence[str]) -> None:
    """Write the curve; green ends at the first of `grades`, red begins at the second (chances of being wrong)."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7.2, 6.0), dpi=110)
    for start, end, colour in (
        (_LEAST, grades[0], "#d8efdf"),
        (*grades, "#fdf0cf"),
        (grades[1], 1.0, "#f8d9d9"),
    ):
        axes.axvspan(start, end, color=colour, lw=0)
    axes.plot([_LEAST, 1], [_LEAST, 1], color="#888888", lw=1, ls="--", label="foretold = found")
    foretold = [max(point.foretold, _LEAST) for point in points]
    found = [max(point.observed, _LEAST) for point in points]
    spans = [
        [max(0.0, seen - max(point.low, _LEAST)) for point, seen in zip(points, found, strict=True)],
        [max(0.0, point.high - seen) for point, seen in zip(points, found, strict=True)],
    ]
    axes.errorbar(foretold, found, yerr=spans, fmt="o-", color="#1f4e79", capsize=3, label="found, 95 % interval")
    for x, y, point in zip(foretold, found, points, strict=True):
        axes.annotate(f"{point.count}", (x, y), textcoords="offset points", xytext=(7, -11), fontsize=8)
    axes.set(xscale="log", yscale="log", xlim=(_LEAST, 1), ylim=(_LEAST, 1))
    axes.set_xlabel("chance of being wrong as foretold (1 - confidence)")
    axes.set_ylabel("share of fields that were wrong")
    axes.set_title("\n".join(lines), fontsize=9, loc="left")
    axes.legend(loc="upper left", fontsize=9)
    figure.tight_layout()
    figure.savefig(picture, metadata={"Software": None})
