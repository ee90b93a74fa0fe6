"""Draws the facts out of a paper: what its fields say, about whom, of which year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from greenforms.codec.figures import read_figure
from greenforms.dossier.scope import UNDATED, Scope, dated, period_of, placed
from greenforms.fact.compare import canonical
from greenforms.fact.fold import fold_name
from greenforms.fact.precision import decimals_of
from greenforms.fact.statement import NOT_APPLICABLE, Fact
from greenforms.fact.vocabulary import Vocabulary
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.tree import ABSENT, Group, Leaf, Node, Rows, rows_of
from greenforms_extractors.origin import Origin


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a value stands on a paper, and the text there where that is known."""

    evidence: Origin | None = None
    raw: str = ""


def is_list(rows: Rows, vocabulary: Vocabulary) -> bool:
    """Whether each row is about a unit of its own, as in a roster, and not about a part of the paper's subject."""
    leaf = rows.item.children.get(rows.subject) if rows.subject else None
    return isinstance(leaf, Leaf) and leaf.fact is not None and leaf.fact.fact == vocabulary.subject


def has_list(form: Form) -> bool:
    """Whether a form lists units."""
    return any(is_list(rows, form.library.vocabulary) for rows in rows_of(form.root))


def collect(form: Form, document: str, data: Any, seen: Mapping[str, Seen] | None = None) -> tuple[Fact, ...]:
    """All facts a paper states, in form order; `seen` are its places by pointer.

    Values of the wrong type state nothing; validation reports them.
    """
    vocabulary = form.library.vocabulary
    facts = tuple(_Collector(form, document, seen or {}).walk(form.root, data, "", {}, Scope()))
    return tuple(_about_own_subject(facts, vocabulary))


def year_of(form: Form, data: Any) -> str:
    """The year of a paper's date, "" where it has none."""
    return dated(form.root, data, Scope()).as_of


def _about_own_subject(facts: tuple[Fact, ...], vocabulary: Vocabulary) -> Iterator[Fact]:
    """Give the paper's own statements its subject and its application; an unnamed paper is a subject of its own."""
    own = [fact for fact in facts if not fact.listed]
    name = next((str(fact.value) for fact in own if fact.fact == vocabulary.subject and fact.value), None)
    kind = vocabulary.facts[vocabulary.application]
    application = next((canonical(kind, str(fact.value)) for fact in own if fact.fact == kind.id and fact.value), "")
    for fact in facts:
        if fact.listed:
            yield fact
        else:
            subject = fold_name(name) if name else f"《{fact.document}》"
            yield replace(fact, subject=subject, application=application)


class _Collector:
    """Walks one paper's data along its form."""

    def __init__(self, form: Form, document: str, seen: Mapping[str, Seen]) -> None:
        self._form = form
        self._document = document
        self._seen = seen
        self._vocabulary = form.library.vocabulary

    def walk(self, node: Node, data: Any, pointer: str, parent: Any, scope: Scope) -> Iterator[Fact]:
        """The facts of one node; `parent` is the object the node stands in."""
        match node:
            case Leaf():
                if node.fact is not None and data is not ABSENT:
                    yield from self._statement(node, data, pointer, parent, placed(node, parent, scope))
            case Group():
                scope = dated(node, data, placed(node, parent, scope))
                for name, child in node.children.items():
                    inner = data.get(name, ABSENT) if isinstance(data, Mapping) else ABSENT
                    yield from self.walk(child, inner, f"{pointer}/{name}", data, scope)
            case Rows():
                yield from self._rows(node, data, pointer, scope)

    def _rows(self, rows: Rows, data: Any, pointer: str, around: Scope) -> Iterator[Fact]:
        present = data if isinstance(data, list) else []
        names = [_row_name(rows, row) for row in present]
        often = Counter(fold_name(name) for name in names)
        for index, (row, name) in enumerate(zip(present, names, strict=True)):
            here = f"{pointer}/{index}"
            scope = placed(rows, row, around)
            if rows.subject is None:
                yield from self.walk(rows.item, row, here, row, scope)
            elif name and is_list(rows, self._vocabulary):
                yield from self._list_row(rows, row, here, name, scope)
            elif name and often[fold_name(name)] == 1:
                # Two rows of one name are two lines of one product: what one says does not contradict the other.
                yield from self.walk(rows.item, row, here, row, replace(scope, item=fold_name(name)))

    def _list_row(self, rows: Rows, row: Any, pointer: str, name: str, around: Scope) -> Iterator[Fact]:
        kind = self._vocabulary.facts[self._vocabulary.application]
        stated = rows.states.get(kind.id) or _stated_by_field(rows.item, row, kind.id)
        application = canonical(kind, stated) if stated else ""
        scope = replace(around, subject=fold_name(name), application=application)
        yield from self.walk(rows.item, row, pointer, row, scope)
        seen = self._seen.get(f"{pointer}/{rows.subject}", Seen())
        for fact, value in rows.states.items():
            yield Fact(
                subject=fold_name(name),
                fact=fact,
                value=value,
                printed=value,
                document=self._document,
                label=rows.title,
                path=pointer,
                evidence=seen.evidence,
                held=value,
                application=scope.application,
                listed=True,
                entity=self._vocabulary.facts[fact].entity,
                as_of=scope.as_of,
            )

    def _statement(self, leaf: Leaf, value: Any, pointer: str, parent: Any, scope: Scope) -> Iterator[Fact]:
        binding = leaf.fact
        if binding is None or (value is not None and not leaf.shape.fits(value)):
            return
        kind = self._vocabulary.facts[binding.fact]
        period = period_of(kind, scope)
        if period == UNDATED:
            return
        stated, unit = _value(value, leaf.unit, numeric=kind.kind in {"number", "count"})
        if stated is ABSENT:
            return
        seen = self._seen.get(pointer, Seen())
        yield Fact(
            subject=scope.subject or "",
            fact=kind.id,
            value=stated,
            printed=_printed(leaf, value, seen),
            document=self._document,
            label=called(self._form, pointer),
            path=pointer,
            period=period,
            unit=unit,
            decimals=_decimals(stated, seen) if isinstance(stated, Decimal) else None,
            evidence=seen.evidence,
            held=value,
            item=scope.item,
            application=scope.application,
            listed=scope.subject is not None,
            entity=kind.entity,
            boundary=scope.boundary if kind.time != "always" else "",
            as_of=scope.as_of,
        )


def _row_name(rows: Rows, row: Any) -> str:
    value = row.get(rows.subject) if isinstance(row, Mapping) and rows.subject else None
    return value if isinstance(value, str) else ""


def _stated_by_field(item: Group, row: Any, fact: str) -> str:
    for name, child in item.children.items():
        if isinstance(child, Leaf) and child.fact and child.fact.fact == fact and isinstance(row.get(name), str):
            return str(row[name])
    return ""


def _value(value: Any, unit: str | None, *, numeric: bool) -> tuple[Any, str | None]:
    """The value as facts hold it, `ABSENT` when it is of no fitting type, and the unit it is in."""
    if value is None:
        return None, None
    if not numeric:
        return (value if isinstance(value, str) and value.strip() else ABSENT), None
    if isinstance(value, Mapping):
        value, unit = value.get("value"), value.get("unit") or None
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        return ABSENT, None
    return Decimal(value), unit


def _printed(leaf: Leaf, value: Any, seen: Seen) -> str:
    """The text on the paper."""
    if value is None:
        return NOT_APPLICABLE
    return seen.raw if seen.raw.strip() else leaf.codec.format(value)


def _decimals(value: Decimal, seen: Seen) -> int:
    """The decimals on the paper, in the field's unit though the paper may print another."""
    printed = read_figure(seen.raw).value if seen.raw else None
    if not printed or not value:
        return decimals_of(value)
    shift = (value / printed).normalize()
    if shift.copy_abs().scaleb(-shift.adjusted()) != 1:
        return decimals_of(value)
    return decimals_of(printed) - shift.adjusted()
