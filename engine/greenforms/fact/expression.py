"""Expressions of formulas: a small part of Python's grammar, read by `ast` and evaluated exactly. Nothing is run.

Allowed are numbers, names, `+ - * /`, brackets, `sum(…)` and `min(…)` over rows, `clamp(…)` to 0 … 1, and
`a if b <= c else d`. Values are intervals (`fact.precision`; a number known exactly is one without breadth), or kinds
of quantity (`codec.units`), by which a formula is checked before anybody uses it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Protocol, Self, TypeVar

_LONGEST = 500
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d]\w*|<=|\S")
_SIGNS = {"*": "×", "/": "÷", "<=": "≤", "sum": "Σ", "min": "最小值", "clamp": "限于0至1"}
_CHOICE = re.compile(r"^(?P<then>.+) if (?P<test>.+) else (?P<otherwise>.+)$")


class Value(Protocol):
    """What an expression can calculate with."""

    def __add__(self, other: Self) -> Self: ...
    def __sub__(self, other: Self) -> Self: ...
    def __mul__(self, other: Self) -> Self: ...
    def __truediv__(self, other: Self) -> Self: ...

    def smaller(self, other: Self) -> Self:
        """The smaller of the two."""
        ...

    def clamped(self) -> Self:
        """The value held to 0 … 1."""
        ...

    def at_most(self, other: Self) -> bool | None:
        """Whether it is no larger than the other, None where that is open."""
        ...

    def joined(self, other: Self) -> Self:
        """What may be either of the two."""
        ...


V = TypeVar("V", bound=Value)


class ExpressionError(ValueError):
    """A text that is no expression of ours; the message says which part of it."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression. `names` are the names in it, `each` those that stand for a value of every row."""

    text: str
    tree: ast.expr
    names: tuple[str, ...]
    each: frozenset[str]

    def evaluate(self, values: Mapping[str, V | tuple[V, ...]], number: Callable[[Fraction], V]) -> V:
        """The value with what the names stand for, a tuple for what has rows; `number` makes values of numbers.

        Raises ZeroDivisionError, and DifferentKindError for kinds that do not go together.
        """

        def value(node: ast.expr, known: Mapping[str, V | tuple[V, ...]]) -> V:
            match node:
                case ast.Name(id=name):
                    return known[name]  # type: ignore[return-value]
                case ast.Constant():
                    return number(Fraction(ast.get_source_segment(self.text, node) or ""))
                case ast.BinOp(left=left, op=operator, right=right):
                    return _OPERATIONS[type(operator)](value(left, known), value(right, known))
                case ast.Call(func=ast.Name(id="clamp"), args=[argument]):
                    return value(argument, known).clamped()
                case ast.Call(func=ast.Name(id=name), args=[argument]):
                    return reduce(_OVER_ROWS[name], (value(argument, row) for row in self._rows(known)))
                case ast.IfExp(test=ast.Compare(left=left, comparators=[right]), body=body, orelse=orelse):
                    holds = value(left, known).at_most(value(right, known))
                    if holds is not None:
                        return value(body if holds else orelse, known)
                    return value(body, known).joined(value(orelse, known))
            raise AssertionError(node)

        return value(self.tree, values)

    def _rows(self, known: Mapping[str, V | tuple[V, ...]]) -> Iterator[Mapping[str, V | tuple[V, ...]]]:
        """What the names stand for in each row."""
        columns = {name: column for name in self.each if isinstance(column := known[name], tuple)}
        for cells in zip(*columns.values(), strict=True):
            yield {**known, **dict(zip(columns, cells, strict=True))}

    def shown(self, words: Mapping[str, str] | None = None) -> str:
        """The expression as people write it, a name replaced where `words` has something else for it."""
        if found := _CHOICE.match(self.text):
            then, test, otherwise = (_shown(found[part], words or {}) for part in ("then", "test", "otherwise"))
            return f"{otherwise}（{test}时取{then}）"
        return _shown(self.text, words or {})


def _shown(text: str, words: Mapping[str, str]) -> str:
    return "".join(words.get(token, _SIGNS.get(token, token)) for token in _TOKEN.findall(text))


def parse(text: str) -> Expression:
    """The expression of a text. Raises ExpressionError."""
    if len(text) > _LONGEST:
        raise ExpressionError(f"算式超过{_LONGEST}个字符")
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ExpressionError(f"“{text}”不是算式") from error
    found = list(_names(tree, text, inside=False))
    return Expression(
        text, tree, tuple(dict.fromkeys(name for name, _ in found)), frozenset(n for n, row in found if row)
    )


def _names(node: ast.expr, text: str, *, inside: bool) -> Iterator[tuple[str, bool]]:
    """The names below a node, each with whether it stands in a function over rows; what is not allowed is refused."""
    match node:
        case ast.Name(id=name):
            yield name, inside
            return
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            parts: list[ast.expr] = []
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATIONS:
            parts = [left, right]
        case ast.Call(func=ast.Name(id="clamp"), args=[argument], keywords=[]):
            parts = [argument]
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in _OVER_ROWS and not inside:
            parts, inside = [argument], True
        case ast.IfExp(test=ast.Compare(left=left, ops=[ast.LtE()], comparators=[right]), body=body, orelse=orelse):
            parts = [left, right, body, orelse]
        case _:
            raise ExpressionError(f"“{ast.get_source_segment(text, node) or text}”不能写在算式里")
    for part in parts:
        yield from _names(part, text, inside=inside)


def _add(one: V, other: V) -> V:
    return one + other


def _smaller(one: V, other: V) -> V:
    return one.smaller(other)


_OPERATIONS: dict[type[ast.operator], Callable[[V, V], V]] = {
    ast.Add: lambda one, other: one + other,
    ast.Sub: lambda one, other: one - other,
    ast.Mult: lambda one, other: one * other,
    ast.Div: lambda one, other: one / other,
}
_OVER_ROWS: dict[str, Callable[[V, V], V]] = {"sum": _add, "min": _smaller}
