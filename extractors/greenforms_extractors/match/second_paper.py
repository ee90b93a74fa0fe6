"""Two papers of one form in one file: where the labels of the form come a second time, all together, another begins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.layout import Label, Layout
from greenforms_extractors.match.units import Unit

#: So many labels, and this share of all that stand in the file, stand in it twice.
_LEAST, _SHARE = 4, 0.7


def second_paper(layout: Layout, units: Sequence[Unit]) -> int | None:
    """The number of the unit with which a second paper begins; None where there is but one.

    A title that is printed again on each page is no second paper, nor are labels that come again in a list.
    """
    printed = Counter(fold_label(label.text) for label in _once(layout))
    titles = [fold_label(label.text) for label in _once(layout) if label.before is not None]
    places: dict[str, list[int]] = defaultdict(list)
    for unit in units:
        head = unit.key.partition(":")[0]
        key = head if head in printed else next((title for title in titles if unit.key.endswith(title)), "")
        if key:
            places[key].append(unit.index)
    twice = {key: found for key, found in places.items() if len(found) == 2 * printed[key]}
    if len(twice) < _LEAST or len(twice) < _SHARE * len(places):
        return None
    begins = min(found[printed[key]] for key, found in twice.items())
    apart = all(found[printed[key] - 1] < begins for key, found in twice.items())
    return begins if apart else None


def _once(layout: Layout) -> Iterator[Label]:
    """The labels that a form prints a fixed number of times."""
    repeated = {number for loop in layout.outline.loops for number in range(loop.start, loop.end)}
    for number, anchor in enumerate(layout.anchors):
        if isinstance(anchor, Label) and not anchor.pattern and number not in repeated:
            yield anchor
