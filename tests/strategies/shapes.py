"""The shapes a part of a form can have, each with its fields, its blank and its data."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from strategies.blanks import Block, Box, Row, Table, Tag
from strategies.fields import FIGURES, FLOW, MISSING, Draw, Field


@dataclass
class Made:
    """One part of a form: its fields as properties of the object around it, its blank, and how its data are drawn."""

    properties: dict[str, Any]
    blocks: list[Block]
    data: Callable[[random.Random], dict[str, Any]]
    #: The variants that were drawn, for the account.
    variants: list[str] = field(default_factory=list)


#: Makes a part; names in its tags begin with the scope (`row3.`).
Shape = Callable[[Draw, str], Made]


# -- labels with values ------------------------------------------------------------------------------------------------


def pairs(draw: Draw, scope: str) -> Made:
    """A table of labels with values, in one of its variants."""
    variant = draw.random.choice((_beside, _beside, _under, _united, _framed))
    return _in_group(draw, scope, variant, f"pairs/{variant.__name__.strip('_')}")


def lines(draw: Draw, scope: str) -> Made:
    """Labels with values in running text."""
    variant = draw.random.choice((_lines, _lines, _two_on_a_line, _sentence))
    return _in_group(draw, scope, variant, f"lines/{variant.__name__.strip('_')}")


def flow(draw: Draw, scope: str) -> Made:
    """A heading with paragraphs below it."""
    return _in_group(draw, scope, _flow, "flow")


def _in_group(draw: Draw, scope: str, variant: Callable[[list[Field], str, Draw], list[Block]], name: str) -> Made:
    """Fields in an object of their own."""
    key = draw.key()
    count = 1 if variant is _flow else draw.random.randint(2, 4)
    kinds = FLOW if variant is _flow else FIGURES if variant is _united else ()
    fields = draw.fields(count, kinds=kinds)
    if variant is _sentence:
        fields = [draw.given(fields[0].label, fields[0].key), *fields[1:2]]
    blocks = variant(fields, f"{scope}{key}.", draw)
    return Made(
        {key: _object(_properties(fields))}, blocks, lambda chance: _kept({key: _values(fields, chance)}), [name]
    )


def _beside(fields: list[Field], scope: str, draw: Draw) -> list[Block]:
    per_row = draw.random.randint(1, 2)
    rows: list[Row] = []
    for start in range(0, len(fields), per_row):
        chunk = fields[start : start + per_row]
        boxes: list[Box] = []
        for place, each in enumerate(chunk):
            wide = 1 + 2 * (per_row - len(chunk)) if place == len(chunk) - 1 else 1
            boxes += [Box(each.label), Box(_slot(scope, each), columns=wide)]
        rows.append(tuple(boxes))
    return [Table(tuple(rows))]


def _under(fields: list[Field], scope: str, draw: Draw) -> list[Block]:
    return [Table((tuple(Box(each.label) for each in fields), tuple(Box(_slot(scope, each)) for each in fields)))]


def _united(fields: list[Field], scope: str, draw: Draw) -> list[Block]:
    return [Table(tuple((Box(each.label), Box(f"{_slot(scope, each)}万元")) for each in fields))]


def _framed(fields: list[Field], scope: str, draw: Draw) -> list[Block]:
    text = "\n".join(f"{each.label}：{_slot(scope, each)}" for each in fields)
    return [Table(((Box(text, columns=2),),))]


def _lines(fields: list[Field], scope: str, draw: Draw) -> list[Block]:
    return [f"{each.label}：{_slot(scope, each)}" for each in fields]


def _two_on_a_line(fields: list[Field], scope: str, draw: Draw) -> list[Block]:
    one, other, *rest = fields
    return [
        f"{one.label}：{_slot(scope, one)}　　{other.label}：{_slot(scope, other)}",
        *_lines(rest, scope, draw),
    ]


def _sentence(fields: list[Field], scope: str, draw: Draw) -> list[Block]:
    one, other = fields
    return [f"经核实，{one.label}为{_slot(scope, one)}，{other.label}为{_slot(scope, other)}，情况属实。"]


def _flow(fields: list[Field], scope: str, draw: Draw) -> list[Block]:
    number = draw.random.choice("一二三四五六七八九")
    return [f"{number}、{fields[0].label}情况", _slot(scope, fields[0])]


# -- lists -------------------------------------------------------------------------------------------------------------


def plain_list(draw: Draw, scope: str) -> Made:
    """Rows under a heading, with ordinals or not, with a total printed by the form or not."""
    key, variable = draw.key(), draw.key()
    fields = draw.fields(draw.random.randint(2, 4), first_given=True)
    numbered, summed = draw.often(0.4), draw.often(0.3)
    heading = [Box("序号")] * numbered + [Box(each.label) for each in fields]
    cells = [Box("{{ loop.index }}")] * numbered + [Box(_slot(f"{variable}.", each)) for each in fields]
    rows: list[Row] = [tuple(heading), Tag(f"for {variable} in {scope}{key}"), tuple(cells), Tag("endfor")]
    properties = {key: _array(draw, _properties(fields))}
    total: list[Field] = []
    if summed:
        total = [draw.field(f"合计{each.label}", f"sum_{each.key}_{key}", FIGURES) for each in fields[1:]]
        rows.append((Box("合计", columns=1 + numbered), *(Box(_slot(scope, each)) for each in total)))
        properties |= _properties(total)

    def data(chance: random.Random) -> dict[str, Any]:
        return {key: _items(chance, lambda: _values(fields, chance)), **_values(total, chance)}

    return Made(properties, [Table(tuple(rows))], data, ["list/total" if summed else "list/plain"])


def list_under_two_levels(draw: Draw, scope: str) -> Made:
    """A list whose headings have two levels, the lower ones alike."""
    key, variable = draw.key(), draw.key()
    first, *groups = draw.labels(3)
    names = draw.labels(2)
    own = draw.given(first, "name")
    parts = {f"group{number}": [draw.field(name, f"part{place}") for place, name in enumerate(names)]
             for number, _ in enumerate(groups)}  # fmt: skip
    rows: list[Row] = [
        (Box(first, rows=2), *(Box(group, columns=2) for group in groups)),
        tuple(Box(name) for _ in groups for name in names),
        Tag(f"for {variable} in {scope}{key}"),
        (
            Box(_slot(f"{variable}.", own)),
            *(Box(_slot(f"{variable}.{part}.", each)) for part, fields in parts.items() for each in fields),
        ),
        Tag("endfor"),
    ]
    schema = {"name": own.schema, **{part: _object(_properties(fields)) for part, fields in parts.items()}}

    def item(chance: random.Random) -> dict[str, Any]:
        return _kept({**_values([own], chance), **{part: _values(fields, chance) for part, fields in parts.items()}})

    return Made(
        {key: _array(draw, schema)},
        [Table(tuple(rows))],
        lambda chance: {key: _items(chance, lambda: item(chance))},
        ["list/two levels"],
    )


def any_list(draw: Draw, scope: str) -> Made:
    """A list of any kind of heading."""
    return (list_under_two_levels if draw.often(0.25) else plain_list)(draw, scope)


def tall_list(draw: Draw, scope: str) -> Made:
    """A list whose items are printed over two or three rows."""
    key, variable = draw.key(), draw.key()
    count = draw.random.randint(2, 3)
    fields = draw.fields(count, first_given=True)
    labelled = draw.often(0.5)
    below = [draw.field(label, f"below{number}") for number, label in enumerate(draw.labels(1 + draw.often(0.3)))]
    rows: list[Row] = [
        tuple(Box(each.label) for each in fields),
        Tag(f"for {variable} in {scope}{key}"),
        tuple(Box(_slot(f"{variable}.", each)) for each in fields),
    ]
    for each in below if labelled else below[:1]:
        slot = _slot(f"{variable}.", each)
        rows.append((Box(each.label), Box(slot, columns=count - 1)) if labelled else (Box(slot, columns=count),))
    rows.append(Tag("endfor"))
    all_fields = [*fields, *(below if labelled else below[:1])]
    return Made(
        {key: _array(draw, _properties(all_fields))},
        [Table(tuple(rows))],
        lambda chance: {key: _items(chance, lambda: _values(all_fields, chance))},
        ["tall/labelled" if labelled else "tall/plain"],
    )


def nested_list(draw: Draw, scope: str) -> Made:
    """A list in a list, the outer item beside its inner rows or in a row of its own above them."""
    return draw.random.choice((_merged, _merged, _headed))(draw, scope)


def _merged(draw: Draw, scope: str) -> Made:
    key, outer, inner = draw.key(), draw.key(), draw.key()
    deep = draw.often(0.25)
    levels = [outer, inner, *([draw.key()] if deep else [])]
    counts = [draw.random.randint(1, 2) for _ in levels]
    fields = [draw.fields(count, first_given=True) for count in counts]
    lists = [key, *(draw.key() for _ in levels[1:])]
    heads = [scope, *(f"{level}." for level in levels)]
    rows: list[Row] = [tuple(Box(each.label) for level in fields for each in level)]
    rows += [Tag(f"for {level} in {heads[number]}{lists[number]}") for number, level in enumerate(levels)]
    rows.append(tuple(Box(_slot(f"{level}.", each)) for level, own in zip(levels, fields, strict=True) for each in own))
    rows += [Tag("endfor") for _ in levels]
    schema: dict[str, Any] = {}
    for name, own in zip(reversed(lists), reversed(fields), strict=True):
        schema = {name: _array(draw, {**_properties(own), **schema})}

    def items(chance: random.Random, level: int) -> list[Any]:
        def item() -> dict[str, Any]:
            below = {lists[level + 1]: items(chance, level + 1)} if level + 1 < len(levels) else {}
            return {**_values(fields[level], chance), **below}

        return _items(chance, item)

    return Made(
        schema,
        [Table(tuple(rows))],
        lambda chance: {key: items(chance, 0)},
        ["nested/three deep" if deep else "nested/merged"],
    )


def _headed(draw: Draw, scope: str) -> Made:
    key, outer, inner, below = draw.key(), draw.key(), draw.key(), draw.key()
    title = draw.given(draw.labels(1)[0], "title")
    fields = draw.fields(draw.random.randint(2, 3), first_given=True)
    subtotal = [draw.field(f"小计{fields[-1].label}", "subtotal", FIGURES)] if draw.often(0.4) else []
    rows: list[Row] = [
        tuple(Box(each.label) for each in fields),
        Tag(f"for {outer} in {scope}{key}"),
        (Box(f"{title.label}：{_slot(f'{outer}.', title)}", columns=len(fields)),),
        Tag(f"for {inner} in {outer}.{below}"),
        tuple(Box(_slot(f"{inner}.", each)) for each in fields),
        Tag("endfor"),
    ]
    if subtotal:
        rows.append((Box("小计", columns=len(fields) - 1), Box(_slot(f"{outer}.", subtotal[0]))))
    rows.append(Tag("endfor"))
    schema = {**_properties([title, *subtotal]), below: _array(draw, _properties(fields))}

    def item(chance: random.Random) -> dict[str, Any]:
        inner_items = _items(chance, lambda: _values(fields, chance))
        return {**_values([title], chance), below: inner_items, **_values(subtotal, chance)}

    return Made(
        {key: _array(draw, schema)},
        [Table(tuple(rows))],
        lambda chance: {key: _items(chance, lambda: item(chance))},
        ["nested/headed"],
    )


# -- matrices ----------------------------------------------------------------------------------------------------------


def matrix(draw: Draw, scope: str) -> Made:
    """Rows with labels under headings of one level or two, with columns of attributes or without."""
    return _matrix(draw, scope, draw.random.randint(2, 4), categories=False)


def catalogue(draw: Draw, scope: str) -> Made:
    """Rows printed from an indicator system: number, category over several rows, indicator, full score."""
    return _matrix(draw, scope, draw.random.randint(5, 8), categories=True)


def _matrix(draw: Draw, scope: str, count: int, *, categories: bool) -> Made:
    key = draw.key()
    rows = draw.labels(count)
    groups = draw.labels(2) if draw.often(0.3) else [""]
    columns = draw.labels(2)
    attribute = categories or draw.often(0.5)
    places = [(group, name, f"c{number}{place}") for number, group in enumerate(groups)
              for place, name in enumerate(columns)]  # fmt: skip
    fields = {
        f"row{number}": [draw.field(f"{label}{group}{name}", column) for group, name, column in places]
        for number, label in enumerate(rows)
    }
    left = [*(["序号", "类别"] if categories else []), "指标名称", *(["满分"] if attribute else [])]
    two = 2 if groups != [""] else 1
    heading: list[Row] = [
        (
            *(Box(text, rows=two) for text in left),
            *(Box(group, columns=2) for group in groups if group),
            *(Box(name) for name in columns if two == 1),
        )
    ]
    if two == 2:
        heading.append(tuple(Box(name) for _ in groups for name in columns))
    body: list[Row] = []
    middle = draw.random.randint(1, count - 1)
    names = draw.labels(2)
    for number, (row, label) in enumerate(zip(fields, rows, strict=True)):
        ahead: list[Box] = []
        if categories:
            ahead.append(Box(str(number + 1)))
            if number in (0, middle):
                ahead.append(Box(names[number > 0], rows=middle if number == 0 else count - middle))
        ahead.append(Box(label))
        if attribute:
            ahead.append(Box(draw.random.choice(("5", "10", "吨", "万元", "分"))))
        body.append((*ahead, *(Box(_slot(f"{scope}{key}.{row}.", each)) for each in fields[row])))
    schema = {row: _object(_properties(own)) for row, own in fields.items()}

    def data(chance: random.Random) -> dict[str, Any]:
        return _kept({key: {row: _values(own, chance) for row, own in fields.items()}})

    name = "catalogue" if categories else "matrix"
    return Made({key: _object(schema)}, [Table((*heading, *body))], data, [f"{name}/{two} levels"])


# -- repeats of other shapes -------------------------------------------------------------------------------------------


def block(draw: Draw, scope: str) -> Made:
    """Rows of labels and values inside a table, once for each item."""
    key, variable = draw.key(), draw.key()
    fields = draw.fields(draw.random.randint(2, 4), first_given=True)
    table = _beside(fields, f"{variable}.", draw)[0]
    assert isinstance(table, Table)
    rows = (Tag(f"for {variable} in {scope}{key}"), *table.rows, Tag("endfor"))
    ahead: tuple[Row, ...] = ()
    if draw.often(0.5):
        ahead = ((Box(draw.labels(1)[0] + "清单", columns=table.columns),),)
    return Made(
        {key: _array(draw, _properties(fields))},
        [Table((*ahead, *rows))],
        lambda chance: {key: _items(chance, lambda: _values(fields, chance))},
        ["block"],
    )


def section(draw: Draw, scope: str, inner: Sequence[Shape]) -> Made:
    """Text and other shapes, once for each item."""
    key, variable = draw.key(), draw.key()
    title = draw.given(draw.labels(1)[0], "title")
    parts = [shape(draw, f"{variable}.") for shape in inner]
    blocks: list[Block] = [
        Tag(f"for {variable} in {scope}{key}"),
        f"{title.label}：{_slot(f'{variable}.', title)}",
        *(each for part in parts for each in part.blocks),
        Tag("endfor"),
    ]
    schema = _properties([title])
    for part in parts:
        schema |= part.properties

    def item(chance: random.Random) -> dict[str, Any]:
        data = _values([title], chance)
        for part in parts:
            data |= part.data(chance)
        return data

    return Made(
        {key: _array(draw, schema)},
        blocks,
        lambda chance: {key: _items(chance, lambda: item(chance))},
        ["section", *(variant for part in parts for variant in part.variants)],
    )


# -- schemas and data --------------------------------------------------------------------------------------------------


def _slot(scope: str, each: Field) -> str:
    return f"{{{{ {scope}{each.key} }}}}"


def _properties(fields: Sequence[Field]) -> dict[str, Any]:
    return {each.key: each.schema for each in fields}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _array(draw: Draw, properties: dict[str, Any]) -> dict[str, Any]:
    first = next(iter(properties))
    items = {**_object(properties), "required": [first]}
    return {"title": "清单", "type": "array", "x-blank-rows": draw.random.randint(1, 3), "items": items}


def _values(fields: Sequence[Field], chance: random.Random) -> dict[str, Any]:
    drawn = {each.key: each.value(chance) for each in fields}
    return {key: value for key, value in drawn.items() if value is not MISSING}


def _kept(data: dict[str, Any]) -> dict[str, Any]:
    """Objects in which nothing stands are left out, for a paper cannot tell them from those."""
    kept = {key: _kept(value) if isinstance(value, dict) else value for key, value in data.items()}
    return {key: value for key, value in kept.items() if value != {}}


def _items(chance: random.Random, item: Callable[[], dict[str, Any]]) -> list[dict[str, Any]]:
    """No item, one, or many."""
    return [item() for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3, 4)))]
