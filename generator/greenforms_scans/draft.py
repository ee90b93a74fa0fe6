"""One drawing of a paper: the field tree walked, and a value drawn for everything in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from greenforms.codec.region import Place, places
from greenforms.form.edition import Edition
from greenforms.form.form import Form
from greenforms.form.tree import Condition, Group, Leaf, Node, Rows, at, leaves, rows_of
from greenforms_scans import names
from greenforms_scans.draws import Draws
from greenforms_scans.subject import FACTS, OF_THE_UNIT, Subject, founded, is_park
from greenforms_scans.values import Asked, Span, value_of

#: How often what need not be there is there, and what may be null is null.
_THERE, _NULL = 0.8, 0.2
#: The dates of papers of an edition that says nothing of when it is in force, and how long one without an end lasts.
_USUAL = Span(date(2024, 1, 1), date(2025, 6, 30))
_LASTING = timedelta(days=500)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where facts hold: `home` is the place of its subject, `place` that of the row or period, `year` what it covers.

    `row` and `of` are the innermost row's number, from 0, and the place of its list; -1 outside of lists.
    """

    subject: Subject
    home: str
    place: str
    year: int
    row: int = -1
    of: str = ""


class Draft:
    """One drawing. `rows` is the length of the paper's lists of units together, drawn where it is None."""

    def __init__(self, form: Form, draws: Draws, rows: int | None) -> None:
        self._form, self._draws = form, draws
        self._vocabulary = form.library.vocabulary
        self.span = _span(form.edition)
        self._names: dict[str, str] = {}
        self._known: set[str] = set()
        self._lengths = self._lengths_of_lists(rows)
        self._least = _least_rows(form)
        province = _province(form.edition, draws.random("province"))
        self._province = province
        of_one_city = any(leaf.codec.name == "region" for leaf in leaves(form.root) if "*" not in leaf.pattern)
        self._city = names.city(draws.random("city"), province) if of_one_city else None

    def data(self) -> dict[str, Any]:
        """The data set."""
        root = self._form.root
        kind = self._kind(root, "")
        return self._group(root, "", _Scope(self._subject("", kind), "", "", self._year(root, "", 0)))

    def names_at(self, place: str) -> list[str]:
        """The drawings that a place of the data comes from: its own, those below it, else those of what it is in."""
        found = [name for known, name in self._names.items() if known == place or known.startswith(f"{place}/")]
        while not found and place:
            place = place.rpartition("/")[0]
            found = [self._names[place]] if place in self._names else []
        return found

    # -- the tree --------------------------------------------------------------------------------------------------

    def _node(self, node: Node, place: str, scope: _Scope) -> Any:
        match node:
            case Leaf():
                return self._leaf(node, place, scope)
            case Group():
                return self._group(node, place, self._within(node, place, scope))
            case Rows():
                return self._rows(node, place, scope)

    def _group(self, group: Group, place: str, scope: _Scope) -> dict[str, Any]:
        """Every child that is there; what conditions speak of comes last, for they look at the others."""
        ruled = {name for each in group.conditions for name in (*each.required, *each.excluded)}
        found: dict[str, Any] = {}
        for names_now in (group.children.keys() - ruled, ruled):
            wanted = {name for each in group.conditions if _holds(each, found) for name in each.required}
            barred = {name for each in group.conditions if _holds(each, found) for name in each.excluded}
            for name in (name for name in group.children if name in names_now and name not in barred):
                child, inner = group.children[name], f"{place}/{name}"
                needed = child.required or name in wanted or group.catalogue is not None
                if not _is_derived(child) and (needed or self._is_there(inner)):
                    found[name] = self._node(child, inner, scope)
        return {name: found[name] for name in group.children if name in found}

    def _rows(self, rows: Rows, place: str, scope: _Scope) -> list[dict[str, Any]]:
        self._names[place] = place
        count = self._lengths.get(rows.pattern) or self._length(rows, place)
        found = []
        for number in range(count):
            inner = f"{place}/{number}"
            row = replace(scope, place=inner, row=number, of=place)
            if self._names_units(rows):
                kind = rows.states.get(self._vocabulary.application) or self._kind(rows.item, inner)
                row = replace(row, subject=self._subject(inner, kind), home=inner)
            made = self._group(rows.item, inner, row)
            if rows.period is not None and rows.period.field in made:
                made[rows.period.field] = scope.year - count + 1 + number
            found.append(made)
        return found

    def _leaf(self, leaf: Leaf, place: str, scope: _Scope) -> Any:
        name = self._names[place] = self._name(leaf, place, scope)
        rng = self._draws.random(name)
        is_null = rng.random() < _NULL
        if leaf.nullable and is_null:
            return None
        if leaf.fact is not None and leaf.fact.fact in FACTS:
            value = FACTS[leaf.fact.fact](rng, scope.subject)
            if _fits(leaf, value):
                return value
        row = scope.row + self._draws.tries(name) if scope.row >= 0 else -1
        order = self._draws.random(f"{scope.of}/*/{place.rpartition('/')[2]}" if scope.of else name)
        return value_of(Asked(leaf, rng, scope.subject, scope.year, self.span, row, order))

    def _name(self, leaf: Leaf, place: str, scope: _Scope) -> str:
        """What a value is drawn by: its fact and where that holds, so that a fact is the same wherever it stands."""
        if leaf.fact is None:
            return place
        fact = self._vocabulary.facts[leaf.fact.fact]
        if fact.id in OF_THE_UNIT:
            return f"subject@{scope.home}"
        named_by = self._vocabulary.entities[fact.entity].named_by if fact.entity in self._vocabulary.entities else None
        is_of_subject = fact.time != "year" and named_by is not None
        return f"{fact.id}@{scope.home if is_of_subject else scope.place}"

    # -- what is there ---------------------------------------------------------------------------------------------

    def _is_there(self, place: str) -> bool:
        return self._draws.random(f"{place}?").random() < _THERE

    def _length(self, rows: Rows, place: str) -> int:
        least, most = max(rows.bounds.least or 1, self._least.get(place, 1)), rows.bounds.most
        return self._draws.random(place).randint(int(least), int(most if most is not None else max(least, 3)))

    def _lengths_of_lists(self, rows: int | None) -> dict[str, int]:
        """How long the lists of units are: each has a row, the first most."""
        lists = [each for each in rows_of(self._form.root) if "*" not in each.pattern and self._names_units(each)]
        total = rows or self._draws.random("rows").randint(8, 30)
        most = max(1, total // (len(lists) + 2))
        shares = [self._draws.random(each.pattern).randint(1, most) for each in lists[1:]]
        found = dict(zip((each.pattern for each in lists), (max(1, total - sum(shares)), *shares), strict=False))
        return {each.pattern: int(min(found[each.pattern], each.bounds.most or found[each.pattern])) for each in lists}

    def _names_units(self, rows: Rows) -> bool:
        named = rows.item.children.get(rows.subject or "")
        return isinstance(named, Leaf) and named.fact is not None and named.fact.fact == self._vocabulary.subject

    # -- whom it is about ------------------------------------------------------------------------------------------

    def _within(self, group: Group, place: str, scope: _Scope) -> _Scope:
        """The scope of a group: one with a period or a date of its own has its own figures."""
        if group.period is None and group.paper is None:
            return scope
        offset = group.period.offset if group.period else 0
        return replace(
            scope, place=place, year=self._year(group, place, offset) if group.paper else scope.year + offset
        )

    def _kind(self, node: Group, place: str) -> str:
        """What kind of unit is applied for, drawn before anything else is known of the unit."""
        for name, child in node.children.items():
            if isinstance(child, Leaf) and child.fact and child.fact.fact == self._vocabulary.application:
                drawn = self._leaf(child, f"{place}/{name}", self._nobody(place))
                return str(drawn)
        return ""

    def _nobody(self, place: str) -> _Scope:
        city = names.city(Random(0), self._province)  # noqa: S311 - test data
        return _Scope(Subject(names.company(Random(0), city), False, "2000-01"), place, place, 0)  # noqa: S311

    def _subject(self, place: str, kind: str) -> Subject:
        rng = self._draws.random(f"subject@{place}")
        rng.random()
        city = self._city or names.city(rng, self._province)
        maker = names.park if is_park(kind) else names.company
        unit = maker(rng, city)
        while unit.name in self._known:
            unit = maker(rng, city)
        self._known.add(unit.name)
        return Subject(unit, is_park(kind), founded(rng))

    def _year(self, group: Group, place: str, offset: int) -> int:
        """The year that a paper, or a paper inside it, speaks of."""
        if group.paper is None:
            return self.span.last.year - 1
        said = next((leaf for leaf in leaves(group) if leaf.pattern.endswith(group.paper.date)), None)
        day = self._leaf(said, f"{place}{group.paper.date}", self._nobody(place)) if said is not None else None
        year = int(day[:4]) if isinstance(day, str) else self.span.last.year
        return year + group.paper.year + offset


def _holds(condition: Condition, data: dict[str, Any]) -> bool:
    return all(at(data, pointer) in wanted for pointer, wanted in condition.when.items())


def _is_derived(node: Node) -> bool:
    return isinstance(node, Leaf) and node.derived is not None


def _fits(leaf: Leaf, value: Any) -> bool:
    kind = {str: "string", int: "integer", dict: "object"}.get(type(value), "number")
    return kind in leaf.codec.json_types and not leaf.codec.check(value)


def _least_rows(form: Form) -> dict[str, int]:
    """How many rows the form's rules ask of a list by itself."""
    asked = (rule.parameters for rule in form.rules if rule.check == "present")
    return {given["fields"][0]: int(given.get("least", 1)) for given in asked if len(given["fields"]) == 1}


def _span(edition: Edition) -> Span:
    first, last = edition.in_force_from, edition.in_force_to
    if last is not None:
        return Span(max(filter(None, (first, date(last.year, 1, 1)))), last)
    return Span(first, first + _LASTING) if first is not None else _USUAL


def _province(edition: Edition, rng: Random) -> str:
    """The province of the edition's authority; any where it is for all of them."""
    own: Iterator[Place] = (place for place in places() if place.code == edition.region and place.kind == "province")
    found = next(own, None)
    return found.id if found else rng.choice(sorted({place.province for place in places()}))
