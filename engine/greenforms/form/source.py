"""Reads our own data files strictly: a misspelt key is refused with file and key, all errors in one pass."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from greenforms.artefacts import kept, reader_of
from greenforms.errors import FormPackageError

_META, _ENDING = Path(__file__).with_name("meta"), ".schema.json"


def load_yaml(path: Path, meta: str) -> Any:
    """A YAML file that satisfies one of our meta schemas (`edition`, `facts`)."""
    return _loaded(path, meta)


def load_schema(path: Path) -> dict[str, Any]:
    """A form's JSON Schema, written within the keywords this project uses."""
    content: dict[str, Any] = _loaded(path, "form")
    return content


def _loaded(path: Path, meta: str) -> Any:
    raw = _bytes(path)
    content = kept(raw, file_reader(meta))
    if content is None:
        content = parsed(raw, path)
        if errors := violations(content, path, meta):
            raise FormPackageError(errors)
    return content


@cache
def file_reader(meta: str) -> bytes:
    """What decides what a file of a form folder says, and whether it says it well."""
    return reader_of(Path(__file__).read_bytes(), meta_schema(meta).encode())


def meta_schemas() -> tuple[str, ...]:
    """The names of our meta schemas."""
    return tuple(sorted(path.name.removesuffix(_ENDING) for path in _META.iterdir()))


@cache
def meta_schema(meta: str) -> str:
    """The text of one of our meta schemas (`edition`, `rules`)."""
    return (_META / f"{meta}{_ENDING}").read_text("utf-8")


def parsed(raw: bytes, path: Path) -> Any:
    """What the bytes of a JSON or YAML file say. Raises FormPackageError when they are none."""
    try:
        return (_parsed_json if path.suffix == ".json" else _parsed_yaml)(raw.decode("utf-8"), path)
    except UnicodeDecodeError as error:
        raise _unreadable(path) from error


def violations(content: Any, path: Path, meta: str) -> tuple[str, ...]:
    """What in a file is not as its meta schema says."""
    return tuple(
        f"{shown(path)}：“/{'/'.join(str(step) for step in error.instance_path)}”：{_why(error)}"
        for error in _validator(meta).iter_errors(content)
    )


def _parsed_yaml(text: str, path: Path) -> Any:
    import yaml

    try:
        return yaml.load(text, Loader=_loader())  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if mark is None:
            raise _unreadable(path) from error
        place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列"
        raise FormPackageError((f"{shown(path)}：{place}：不是合格的 YAML",)) from error


def _parsed_json(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"第 {error.lineno} 行第 {error.colno} 列"
        raise FormPackageError((f"{shown(path)}：{place}：不是合格的 JSON",)) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> FormPackageError:
    return FormPackageError((f"{shown(path)}：读不出来，或不是 UTF-8 文本",))


@cache
def _loader() -> Any:
    """A YAML loader that leaves dates as text: our files hold ISO dates, JSON Schema checks them as strings."""
    import yaml

    class PlainLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
        """Safe loading without the timestamp type."""

    PlainLoader.yaml_implicit_resolvers = {
        first: [entry for entry in entries if entry[0] != "tag:yaml.org,2002:timestamp"]
        for first, entries in PlainLoader.yaml_implicit_resolvers.items()
    }
    return PlainLoader


@cache
def _validator(meta: str) -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(json.loads(meta_schema(meta)), validate_formats=True)


def shown(path: Path) -> str:
    """A data file as messages name it: its folder and its name."""
    return f"{path.parent.name}/{path.name}"


def defined_twice(path: Path, first: Path) -> str:
    """The complaint that a file defines again what one of an earlier folder does; both lie in folders of one name."""
    return f"{path}：重新定义了 {first} 已有的内容。只能引用，不能重新定义；请换一个名称"


def _why(error: Any) -> str:
    kind = type(error.kind).__name__
    details = error.kind.as_dict()
    if kind.endswith("AdditionalProperties"):
        return f"不认识的键：{'、'.join(details['unexpected'])}（拼写有误？）"
    if kind.endswith("Required"):
        return f"缺少键：{details['property']}"
    return str(error.message)
