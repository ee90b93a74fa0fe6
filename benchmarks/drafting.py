"""How well labels and slots of blanks are paired: on the blanks of our own forms, and on twelve in another style.

Writes docs/drafting.md. Ends with 1 below 95 % (own) or 85 % (other style). Run with `make drafting`.
"""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from blanks import Pair, drafted_pairs  # noqa: E402 - found among the tests
from greenforms.draft.blank_file import open_blank  # noqa: E402
from greenforms.draft.wording import core  # noqa: E402
from greenforms.form.library import open_library  # noqa: E402
from own_blanks import own_blank  # noqa: E402

PAGE = ROOT / "docs" / "drafting.md"
BLANKS = ROOT / "tests" / "draft" / "blanks"
WANTED = {"own": 0.95, "other": 0.85}
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs found, missed, and found where there are none."""

    name: str
    found: int
    missed: int
    extra: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.found / ((2 * self.found + self.missed + self.extra) or 1)

    def cells(self) -> str:
        """The score as a row of the table: true pairs, found, missed, extra, F1, bounds of recall and precision."""
        recall = wilson(self.found, self.found + self.missed)
        precision = wilson(self.found, self.found + self.extra)
        n = self.found + self.missed
        return (
            f"| {self.name} | {n} | {self.found} | {self.missed} | {self.extra} | {self.f1:.1%} "
            f"| {recall[0]:.1%}–{recall[1]:.1%} | {precision[0]:.1%}–{precision[1]:.1%} |"
        )


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The bounds of a share with 95 % confidence (Wilson, 1927)."""
    if not of:
        return (0.0, 1.0)
    share, square = hits / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return (max(0.0, middle - half), min(1.0, middle + half))


def score(name: str, truth: Iterable[Pair], found: Sequence[Pair]) -> Score:
    """Each true pair against one found at its place whose label, and row, is a part of the true one or holds it."""
    left = list(found)
    hits = missed = 0
    for pair in truth:
        match = next((each for each in left if each.place == pair.place and _alike(each, pair)), None)
        if match is None:
            missed += 1
        else:
            hits += 1
            left.remove(match)
    return Score(name, hits, missed, len(left))


def _alike(found: Pair, true: Pair) -> bool:
    return _holds(found.label, true.label) and (not true.row or _holds(found.row, true.row))


def _holds(one: str, other: str) -> bool:
    left, right = core(one), core(other)
    return bool(left and right) and (left in right or right in left)


def own_scores() -> Iterator[Score]:
    """One of each blank of our own forms."""
    for form in open_library().forms:
        for kind in (kind for kind in form.templates if kind in form.entry.outputs):
            content, truth = own_blank(form, kind)
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, f"blank.{kind}")
                path.write_bytes(content)
                yield score(f"{form.id} .{kind}", truth, drafted_pairs(open_blank(path).document))


def other_scores() -> Iterator[Score]:
    """One of each of the twelve."""
    for truth in sorted(BLANKS.glob("*/truth.yaml")):
        pairs = [Pair(**said) for said in yaml.safe_load(truth.read_text("utf-8"))]
        blank = next(truth.parent.glob("blank.*"))
        yield score(f"{truth.parent.name} {blank.suffix}", pairs, drafted_pairs(open_blank(blank).document))


def total(name: str, scores: Sequence[Score]) -> Score:
    """All scores as one."""
    return Score(name, *(sum(getattr(each, part) for each in scores) for part in ("found", "missed", "extra")))


_PAGE = """# Drafting

<!-- Written by benchmarks/drafting.py (make drafting). -->

`greenforms forms new` pairs the labels of an authority's blank with the slots they name. A pair counts when the slot is
found at its place and its label is a part of the true one, or holds it; under headings the label of the row must fit,
too. A column of a list is one pair. Recall and precision have Wilson bounds of 95 %.

The blanks of our own forms are printed without tags; what is true of them is what the templates say. Rules were made
looking at them. The twelve in another style were typed, with their truth, before there was any rule; the first run on
them gave 76.9 %. After that only their scores were looked at, never which pairs were missed; but the blanks in
`tests/draft/cases`, on which more rules were made, were typed for the styles whose scores were low (names below or
above the slot, example rows, sections in a sheet), and whoever typed the twelve made the rules as well. So the score is
that of known styles, not of any style. One file (the .doc) was written anew, for it had lost its table on the way
through LibreOffice.

{totals}

## Twelve blanks in another style

{other}

## Our own blanks

{own}
"""
_HEAD = (
    "| blanks | pairs | found | missed | extra | F1 | recall | precision |\n|---|---:|---:|---:|---:|---:|---:|---:|"
)


def page(own: Sequence[Score], other: Sequence[Score]) -> str:
    """The page of the documentation."""

    def table(scores: Iterable[Score]) -> str:
        return "\n".join([_HEAD, *(each.cells() for each in scores)])

    totals = [total(f"our own ({len(own)} blanks)", own), total(f"another style ({len(other)} blanks)", other)]
    return _PAGE.format(totals=table(totals), other=table(other), own=table(own))


def main() -> int:
    """Score both sets, write the page, and answer the exit code."""
    own, other = list(own_scores()), list(other_scores())
    PAGE.write_text(page(own, other), "utf-8")
    reached = {"own": total("", own).f1, "other": total("", other).f1}
    print(", ".join(f"{name}: F1 {value:.1%}" for name, value in reached.items()))
    return int(any(reached[name] < wanted for name, wanted in WANTED.items()))


if __name__ == "__main__":
    sys.exit(main())
