"""What the readers tell the user, taken from their source: each refusal and notice with `…` for what varies."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path


def refusals() -> list[dict[str, str]]:
    """Code, what, why and remedy of every refusal."""
    found = Calls(modules()).texts("UnreadableFile", ("code", "path", "what", "why", "remedy"))
    return sorted(found, key=lambda row: (row["code"], row["what"], row["why"]))


def modules() -> list[ast.Module]:
    """The readers' modules."""
    folder = Path(__file__).resolve().parents[1] / "extractors" / "greenforms_extractors"
    return [ast.parse(path.read_text("utf-8")) for path in sorted(folder.rglob("*.py"))]


class Calls:
    """The calls of one class in the readers, with their texts; what is not written at the call is looked up."""

    def __init__(self, modules: Sequence[ast.Module]) -> None:
        nodes = [node for module in modules for node in ast.walk(module)]
        self._functions = {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}
        self._calls = [node for node in nodes if isinstance(node, ast.Call)]
        self._constants = dict(_texts(modules))

    def texts(self, name: str, order: Sequence[str]) -> list[dict[str, str]]:
        """The arguments of every call in words, each combination once."""
        found: list[dict[str, str]] = []
        for function in self._functions.values():
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _called(call) == name:
                    found += self._variants(call, order, function)
        return [row for number, row in enumerate(found) if row not in found[:number]]

    def _variants(self, call: ast.Call, order: Sequence[str], function: ast.FunctionDef) -> list[dict[str, str]]:
        given = {key: value for key, value in _arguments(call, order).items() if key != "path"}
        names = [each.arg for each in function.args.args if each.arg != "self"]
        passed = [_arguments(each, names) for each in self._calls if _called(each) == function.name]
        rows: list[dict[str, str]] = [{}]
        wanted = {value.id for key, value in given.items() if isinstance(value, ast.Name) and value.id in names}
        for outer in passed if wanted else [{}]:
            texts = {key: self._words(outer.get(value.id, value), function) for key, value in _named(given)}
            texts |= {key: self._words(value, function) for key, value in given.items() if key not in texts}
            rows += [dict(zip(texts, each, strict=True)) for each in itertools.product(*texts.values())]
        return rows[1:]

    def _words(self, value: ast.expr, function: ast.FunctionDef) -> list[str]:
        """What an expression may say, `…` for what depends on the file."""
        match value:
            case ast.Constant(value=str(text)):
                return [re.sub(r"\{[^}]*\}", "…", text)]
            case ast.JoinedStr(values=parts):
                return ["".join(self._part(part) for part in parts)]
            case ast.Name(id=name):
                return next((self._words(each.value, function) for each in _assigned(function, name)), ["…"])
            case ast.Call() if (called := self._functions.get(_called(value))) is not None:
                returned = [node.value for node in ast.walk(called) if isinstance(node, ast.Return) and node.value]
                return [text for each in returned for text in self._words(each, called)] or ["…"]
        return ["…"]

    def _part(self, part: ast.expr) -> str:
        match part:
            case ast.Constant(value=text):
                return str(text)
            case ast.FormattedValue(value=ast.Name(id=name)):
                return self._constants.get(name, "…")
        return "…"


def _texts(modules: Sequence[ast.Module]) -> Iterator[tuple[str, str]]:
    """The texts that modules have given a name of their own."""
    for module in modules:
        for node in module.body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                    yield name, text


def _named(given: dict[str, ast.expr]) -> list[tuple[str, ast.Name]]:
    return [(key, value) for key, value in given.items() if isinstance(value, ast.Name)]


def _assigned(function: ast.FunctionDef, name: str) -> Iterator[ast.Assign]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(
            isinstance(each, ast.Name) and each.id == name for each in node.targets
        ):
            yield node


def _called(call: ast.Call) -> str:
    return (
        call.func.id
        if isinstance(call.func, ast.Name)
        else call.func.attr
        if isinstance(call.func, ast.Attribute)
        else ""
    )


def _arguments(call: ast.Call, order: Sequence[str]) -> dict[str, ast.expr]:
    return {**dict(zip(order, call.args, strict=False)), **{word.arg: word.value for word in call.keywords if word.arg}}


def notices() -> Iterator[tuple[str, str]]:
    """Notices written out where they are given, and those listed in the readers' tables."""
    readers = modules()
    for row in Calls(readers).texts("Notice", ("code", "message")):
        if row["code"] != "…":
            yield row["code"], row["message"]
    for module in readers:
        for node in module.body:
            if isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(node.value, ast.Dict) and _is_notices(node):
                for key, text in zip(node.value.keys, node.value.values, strict=True):
                    if isinstance(key, ast.Constant) and isinstance(text, ast.Constant):
                        yield str(key.value), re.sub(r"\{[^}]*\}", "…", str(text.value))


def _is_notices(node: ast.AnnAssign | ast.Assign) -> bool:
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    return isinstance(target, ast.Name) and target.id == "_NOTICES"
