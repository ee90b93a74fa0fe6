"""Random forms: schemas and blanks in which every shape stands in and behind every other, and their packages."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from strategies.blanks import Block, as_docx, as_xlsx
from strategies.fields import Draw
from strategies.shapes import (
    Made,
    Shape,
    any_list,
    block,
    catalogue,
    flow,
    lines,
    matrix,
    nested_list,
    pairs,
    section,
    tall_list,
)

SHAPES: Mapping[str, Shape] = {
    "标签": pairs,
    "行文": lines,
    "段落": flow,
    "清单": any_list,
    "多行清单": tall_list,
    "嵌套清单": nested_list,
    "矩阵": matrix,
    "指标体系": catalogue,
    "重复块": block,
}
SECTION = "重复节"
NAMES = (*SHAPES, SECTION)
EDITION = "zz-2000"


@dataclass(frozen=True)
class RandomForm:
    """A form with its data; `order` names the shapes that follow each other, `nested` the pairs outer and inner."""

    name: str
    seed: int
    title: str
    schema: dict[str, Any]
    blocks: tuple[Block, ...]
    data: Callable[[random.Random], dict[str, Any]]
    order: tuple[str, ...]
    nested: tuple[tuple[str, str], ...]
    variants: tuple[str, ...]

    @property
    def id(self) -> str:
        """The form's id in its package."""
        return f"{EDITION}/{self.name}"


@cache
def drawn_forms(count: int, length: int) -> tuple[RandomForm, ...]:
    """The forms that several tests look at."""
    return tuple(forms(count, length))


def forms(count: int, length: int, seed: int = 0) -> Iterator[RandomForm]:
    """Forms of `length` shapes each; the pairs of shapes that follow each other come up equally often."""
    walk = _walk(random.Random(seed))  # noqa: S311 - chance for tests
    last = next(walk)
    bag = _bag(random.Random(seed + 1))  # noqa: S311 - chance for tests
    for number in range(count):
        order = [last, *(next(walk) for _ in range(length - 1))]
        last = order[-1]
        yield form(number, seed * 100_000 + number, order, bag)


def form(number: int, seed: int, order: list[str], bag: Iterator[str]) -> RandomForm:
    """One form of the shapes in `order`; what stands in its sections comes from `bag`."""
    draw = Draw(seed)
    nested: list[tuple[str, str]] = []
    parts = [_part(name, draw, bag, nested, "", 1) for name in order]
    title = f"{''.join(draw.random.choices('绿色低碳循环清洁安全', k=4))}情况报告表之{number}"
    properties: dict[str, Any] = {}
    for part in parts:
        properties |= part.properties
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }

    def data(chance: random.Random) -> dict[str, Any]:
        drawn: dict[str, Any] = {}
        for part in parts:
            drawn |= part.data(chance)
        return drawn

    return RandomForm(
        f"form-{number}",
        seed,
        title,
        schema,
        (title, *(each for part in parts for each in part.blocks)),
        data,
        tuple(order),
        tuple(nested),
        tuple(variant for part in parts for variant in part.variants),
    )


def _part(name: str, draw: Draw, bag: Iterator[str], nested: list[tuple[str, str]], scope: str, depth: int) -> Made:
    if name != SECTION:
        return SHAPES[name](draw, scope)
    inner = [next(bag) for _ in range(2)]
    if depth > 1:
        inner = [each for each in inner if each != SECTION] or ["行文"]
    nested += [(SECTION, each) for each in inner]
    shapes = [partial(_inner, name=each, bag=bag, nested=nested, depth=depth + 1) for each in inner]
    return section(draw, scope, shapes)


def _inner(draw: Draw, scope: str, *, name: str, bag: Iterator[str], nested: list[tuple[str, str]], depth: int) -> Made:
    return _part(name, draw, bag, nested, scope, depth)


def _bag(chance: random.Random) -> Iterator[str]:
    """The shapes over and over again, each time in another order."""
    while True:
        yield from chance.sample(NAMES, len(NAMES))


def _walk(chance: random.Random) -> Iterator[str]:
    """Shapes in a row that takes each ordered pair once before any is taken again (an Eulerian circuit)."""
    start = NAMES[0]
    yield start
    while True:
        left = {name: chance.sample(NAMES, len(NAMES)) for name in NAMES}
        stack, circuit = [start], []
        while stack:
            if left[stack[-1]]:
                stack.append(left[stack[-1]].pop())
            else:
                circuit.append(stack.pop())
        yield from reversed(circuit[:-1])


def coverage(drawn: Sequence[RandomForm]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """How often each shape follows each other, and how often one stands in another."""
    behind = Counter(pair for each in drawn for pair in pairwise(each.order))
    return behind, Counter(pair for each in drawn for pair in each.nested)


def write_package(root: Path, drawn: Sequence[RandomForm]) -> None:
    """A folder of forms that holds the drawn ones as one edition, to be laid over the shipped folder."""
    layouts, editions, templates = root / "schemas" / "layouts", root / "schemas" / "editions", root / "templates"
    for folder in (layouts, editions, templates):
        folder.mkdir(parents=True)
    for each in drawn:
        schema = {**each.schema, "$id": f"https://greenforms.invalid/layouts/{each.name}.schema.json"}
        (layouts / f"{each.name}.schema.json").write_text(json.dumps(schema, ensure_ascii=False), "utf-8")
        (templates / f"{each.name}.docx").write_bytes(as_docx(each.blocks))
        (templates / f"{each.name}.xlsx").write_bytes(as_xlsx(each.blocks))
    (editions / f"{EDITION}.yaml").write_text(json.dumps(_edition(drawn), ensure_ascii=False), "utf-8")


def _edition(drawn: Sequence[RandomForm]) -> dict[str, Any]:
    entries = [
        {
            "name": each.name,
            "layout": each.name,
            "title": each.title,
            "annex": "附件",
            "document": "random",
            "grade": "C",
            "grade_note": "随机生成",
            "outputs": ["docx", "xlsx", "pdf"],
            "filled_by": "填报单位",
            "received_by": "主管部门",
            "titles": [each.title],
        }
        for each in drawn
    ]
    document = {"id": "random", "title": "随机生成的表单", "number": None, "issued": None, "note": None}
    return {
        "edition": EDITION,
        "title": "随机生成的表单",
        "authority": "测试",
        "region": None,
        "in_force": {"from": None, "to": None},
        "documents": [document],
        "forms": entries,
    }
