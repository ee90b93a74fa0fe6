"""Data sets on disk: JSON or YAML in, nothing rounded, nothing guessed; and writes that either happen or do not."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from greenforms.errors import InputError, UsageError
from greenforms.record import parse_json

STANDARD_STREAM = "-"


@dataclass(frozen=True, slots=True)
class DataSet:
    """One data set: the values, the name to show for it and the folder its picture files are relative to."""

    data: Any
    name: str
    base: Path


def load(source: str) -> DataSet:
    """Read a data set from a `.json`, `.yaml` or `.yml` file, or from standard input when `source` is `-`.

    Text is UTF-8 (with or without BOM), UTF-16 with BOM, or else GB 18030. Raises InputError when it cannot be read.
    """
    if source == STANDARD_STREAM:
        return DataSet(_parse(decode(sys.stdin.buffer.read(), "标准输入"), "标准输入"), "标准输入", Path())
    path = Path(source)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"找不到数据文件“{source}”。请核对文件名和所在目录。") from error
    except OSError as error:
        raise InputError(f"数据文件“{source}”打不开：{error.strerror}。请核对它是不是一个可读的文件。") from error
    return DataSet(_parse(decode(content, path.name), path.name), path.name, path.parent)


def decode(content: bytes, name: str) -> str:
    """Text from bytes. Raises InputError when it is in none of the encodings we take."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"“{name}”既不是 UTF-8 也不是 GB18030 编码的文本。请用记事本另存为 UTF-8 后再试。")


def _parse(text: str, name: str) -> Any:
    if not text.strip():
        raise InputError(f"“{name}”是空的，没有数据。请先填写数据。")
    if name.lower().endswith((".yaml", ".yml")) or text.lstrip()[:1] not in "{[":
        return _parse_yaml(text, name)
    try:
        return parse_json(text)
    except InputError as error:
        raise InputError(f"“{name}”：{error}") from error


def _parse_yaml(text: str, name: str) -> Any:
    import yaml

    try:
        return yaml.load(text, Loader=_yaml_loader())  # noqa: S506 - a SafeLoader with exact numbers
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else "某处"
        raise InputError(f"“{name}”{place}不是合格的 JSON 或 YAML，读不出来。请检查该处的缩进、冒号和引号。") from error


def _yaml_loader() -> Any:
    """Safe YAML with exact numbers, dates left as text and repeated keys refused."""
    import yaml

    class ExactLoader(yaml.SafeLoader):
        """Numbers as Decimal, no timestamps."""

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            keys = [self.construct_object(key, deep=True) for key, _ in node.value]
            for key in keys:
                if not isinstance(key, str) or keys.count(key) > 1:
                    raise yaml.constructor.ConstructorError(None, None, f"“{key}”", node.start_mark)
            return super().construct_mapping(node, deep)

    resolvers = {
        first: [entry for entry in entries if entry[0] != "tag:yaml.org,2002:timestamp"]
        for first, entries in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    ExactLoader.yaml_implicit_resolvers = resolvers
    ExactLoader.add_constructor("tag:yaml.org,2002:float", _exact_number)
    return ExactLoader


def _exact_number(loader: Any, node: Any) -> Decimal:
    import yaml

    try:
        return Decimal(loader.construct_scalar(node).replace("_", ""))
    except InvalidOperation as error:
        raise yaml.constructor.ConstructorError(None, None, "not a number", node.start_mark) from error


def write(target: str, content: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all; `-` is standard output. An existing file is only replaced with `force`."""
    if target == STANDARD_STREAM:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    if path.exists() and not force:
        raise UsageError(f"“{target}”已经存在，没有覆盖它。请换一个文件名；确要覆盖时加 --force。")
    if not path.parent.is_dir():
        raise UsageError(f"目录“{path.parent}”不存在，没有写入。请先建好目录。")
    try:
        _replace(path, content)
    except OSError as error:
        raise UsageError(
            f"“{target}”写不进去：{error.strerror}。请检查目录权限、磁盘空间，或关闭正打开它的程序。"
        ) from error


def _replace(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(0o644 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
