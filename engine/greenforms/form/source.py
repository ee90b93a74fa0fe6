"""Reads our own data files strictly: a misspelt key is refused with file and key, all errors in one pass."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from greenforms.errors import FormPackageError


def load_yaml(path: Path, meta: str) -> Any:
    """A YAML file that satisfies one of our meta schemas (`edition`, `facts`)."""
    import yaml

    try:
        content = yaml.load(path.read_text("utf-8"), Loader=_loader())  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        place = (
            f"第 {mark.line + 1} 行第 {mark.column + 1} 列：不是合格的 YAML" if mark else "读不出来，或不是 UTF-8 文本"
        )
        raise FormPackageError((f"{shown(path)}：{place}",)) from error
    return _checked(content, path, meta)


def load_schema(path: Path) -> dict[str, Any]:
    """A form's JSON Schema, written within the keywords this project uses."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        place = f"第 {error.lineno} 行第 {error.colno} 列"
        raise FormPackageError((f"{shown(path)}：{place}：不是合格的 JSON",)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise FormPackageError((f"{shown(path)}：读不出来，或不是 UTF-8 文本",)) from error
    checked: dict[str, Any] = _checked(content, path, "form")
    return checked


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

    text = resources.files("greenforms.form").joinpath(f"meta/{meta}.schema.json").read_text("utf-8")
    return jsonschema_rs.Draft202012Validator(json.loads(text), validate_formats=True)


def _checked(content: Any, path: Path, meta: str) -> Any:
    errors = tuple(
        f"{shown(path)}：“/{'/'.join(str(step) for step in error.instance_path)}”：{_why(error)}"
        for error in _validator(meta).iter_errors(content)
    )
    if errors:
        raise FormPackageError(errors)
    return content


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
