"""How statements that disagree are put into words: each value once, with all places that state it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from greenforms.check.phrases import phrase_of
from greenforms.fact.compare import Comparison, Slip, compare
from greenforms.fact.fold import difference
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import FactKind
from greenforms.finding import Place
from greenforms.place import describe

_FACTORS = {1: "10倍", 2: "100倍", 3: "1000倍", 4: "1万倍"}


def place(fact: Fact) -> Place:
    """A statement's place in a finding."""
    return Place(fact.document, fact.path, fact.label, fact.held, fact.evidence)


def where(fact: Fact) -> str:
    """A statement's place in words: document, cell and label."""
    spot = describe(fact.evidence) if fact.evidence else ""
    document = f"“{fact.document}”" if fact.document else ""
    return f"{document}{spot}“{fact.label}”"


def statements(groups: Sequence[Sequence[Fact]], shown: Sequence[str]) -> str:
    """All values, each with the places that state it."""
    return "；".join(
        f"{text}（{'、'.join(dict.fromkeys(where(fact) for fact in group))}）"
        for text, group in zip(shown, groups, strict=True)
    )


def explained(kind: FactKind, groups: Sequence[Sequence[Fact]]) -> Iterator[str]:
    """What the numbers tell of each further value against the first: gap, rounding and suspected slip."""
    first = groups[0][0]
    for group in groups[1:]:
        comparison = compare(kind, first, group[0])
        if comparison.gap is not None:
            yield phrase_of("two-values", one=first.shown, other=group[0].shown, gap=_gap(first, comparison))
        elif first.unit != group[0].unit:
            units = (unit or phrase_of("no-unit") for unit in (first.unit, group[0].unit))
            yield phrase_of("no-common-unit", **dict(zip(("one", "other"), units, strict=True)))
        if comparison.slip:
            yield _slip(comparison.slip)


def _gap(one: Fact, comparison: Comparison) -> str:
    """By how much two numbers differ, and that rounding does not explain it."""
    gap = f"{_plain(comparison.gap or Decimal(0))}{one.unit or ''}"
    if comparison.coarser is None:
        return phrase_of("gap", gap=gap)
    if comparison.cut:
        return phrase_of("gap-cut", gap=gap)
    places = phrase_of("whole") if comparison.coarser == 0 else phrase_of("coarser-places")
    if comparison.coarser > 0:
        places = phrase_of("places", count=comparison.coarser)
    return phrase_of("gap-rounded", gap=gap, places=places)


def _slip(suspected: Slip) -> str:
    """A suspected slip of unit or decimal point."""
    times = _FACTORS[suspected.power]
    if suspected.meant:
        return phrase_of("slip-unit", times=times, meant=suspected.meant, written=suspected.written)
    return phrase_of("slip", times=times)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def marked(groups: Sequence[Sequence[Fact]]) -> list[str]:
    """Each value with what differs in brackets: the first against the second, the others against the first."""
    shown = [group[0].shown for group in groups]
    if len(shown) == 1:
        return shown
    first = difference(shown[0], shown[1])[0]
    return [first, *(difference(shown[0], other)[1] for other in shown[1:])]


def places(groups: Sequence[Sequence[Fact]]) -> tuple[Place, ...]:
    """The places of all statements."""
    return tuple(place(fact) for group in groups for fact in group)
