"""Data sets on disk: JSON or YAML in, nothing rounded, nothing guessed; and writes that either happen or do not."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenforms.errors import InputError, UsageError
from greenforms.record import parse_json
from greenforms_extractors.windows import in_use, too_long, unfit

STANDARD_STREAM = "-"

#: How the names of files begin that are not whole yet, and seconds after which nobody writes on one any more.
_DRAFT, _FORGOTTEN = ".greenforms-", 3600

_IN_USE = "正被 WPS、Word 或 Excel 等程序打开，Windows 不让别的程序动它。请先把它关闭，再试一次。"

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.EISDIR: "它是一个目录",
    errno.ENOTDIR: "路径中有一段不是目录",
    errno.EEXIST: "同名的文件已经存在",
    errno.ENOENT: "路径不存在",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EPIPE: "接收输出的程序已经退出",
}


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
        if not (path.is_file() or path.is_dir()) and path.exists():
            raise InputError(
                f"“{source}”是管道、设备或套接字，不是数据文件。请先存成文件；要从管道读取，数据文件处写 -。"
            )
        content = path.read_bytes()
    except FileNotFoundError as error:
        if too_long(path):
            raise InputError(
                f"数据文件“{source}”的路径太长，Windows 打不开。请把它放到上级少、名字短的文件夹里。"
            ) from error
        raise InputError(f"找不到数据文件“{source}”。请核对文件名和所在目录。") from error
    except OSError as error:
        if in_use(error, path):
            raise InputError(f"数据文件“{source}”{_IN_USE}") from error
        raise InputError(f"数据文件“{source}”打不开：{reason_of(error)}。请核对它是不是一个可读的文件。") from error
    return DataSet(_parse(decode(content, path.name), path.name), path.name, path.parent)


def decode(content: bytes, name: str) -> str:
    """Text from bytes. Raises InputError when it is in none of the encodings we take."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"“{name}”既不是 UTF-8 也不是 GB18030 编码的文本。请用记事本另存为 UTF-8 后再试。")


def _parse(text: str, name: str) -> Any:
    if not text.strip():
        raise InputError(f"“{name}”是空的，没有数据。请先填写数据。")
    if name.lower().endswith((".yaml", ".yml")) or text.lstrip()[:1] not in "{[":
        from greenforms.exact_yaml import parse_yaml

        return parse_yaml(text, name)
    try:
        return parse_json(text)
    except InputError as error:
        raise InputError(f"“{name}”：{error}") from error


def write(target: str, content: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all; `-` is standard output. An existing file is only replaced with `force`."""
    if target == STANDARD_STREAM:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    with replacing(target, force=force) as draft:
        draft.write_bytes(content)


def sweep(folder: Path, older: float = _FORGOTTEN) -> None:
    """Remove what writers below a folder left half done when they were killed, so many seconds ago or longer."""
    for draft in folder.rglob(f"{_DRAFT}*"):
        with suppress(OSError):  # gone, or somebody else's
            if time.time() - draft.stat().st_mtime >= older:
                draft.unlink()


@contextmanager
def replacing(target: str, *, force: bool = False, private: bool = False) -> Iterator[Path]:
    """An empty file to write to, which takes the target's place when all went well and vanishes when it did not.

    `private`: nobody but its owner may ever read it.
    """
    refuse_taken(target, force=force)
    try:
        with _draft(Path(target), private=private) as draft:
            yield draft
    except FileNotFoundError as error:
        _refuse_too_long(Path(target))
        raise unwritable(target, error) from error
    except OSError as error:
        raise unwritable(target, error) from error


def refuse_taken(target: str, *, force: bool = False) -> None:
    """Raise UsageError when a file cannot be written: it is there already, or its folder is not."""
    path = Path(target)
    refuse_unfit(target)
    try:
        taken, homeless = path.exists(), not path.parent.is_dir()
    except OSError as error:
        raise unwritable(target, error) from error
    if taken and not force:
        raise UsageError(f"“{target}”已经存在，没有覆盖它。请换一个文件名；确要覆盖时加 --force。")
    if homeless:
        _refuse_too_long(path)
        raise UsageError(f"目录“{path.parent}”不存在，没有写入。请先建好目录。")


def refuse_unfit(target: str) -> None:
    """Raise UsageError for a name that Windows would take for a device or write otherwise."""
    if sys.platform == "win32" and (reason := unfit(target)):
        raise UsageError(f"“{target}”{reason}，没有写入。请换一个名字。")


def _refuse_too_long(path: Path) -> None:
    if too_long(path):
        raise UsageError(f"“{path}”路径太长，Windows 写不进去。请换一个短些的文件名，或写到上级少的文件夹里。")


def unwritable(target: str, error: OSError) -> UsageError:
    """What is said of a file that cannot be written."""
    if in_use(error, Path(target)):
        return UsageError(f"“{target}”{_IN_USE}")
    return UsageError(f"“{target}”写不进去：{reason_of(error)}。请检查目录权限、磁盘空间，或关闭正打开它的程序。")


def make_folder(folder: Path) -> None:
    """Make a folder with its parents; it may be there already."""
    refuse_unfit(str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"目录“{folder}”建不起来：{reason_of(error)}。请换一个位置，或检查上级目录的权限。") from error


def reason_of(error: OSError) -> str:
    """What the operating system complains of, in Chinese where we know it."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}（{error.strerror}）")


@contextmanager
def _draft(path: Path, *, private: bool) -> Iterator[Path]:
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_DRAFT)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        if sys.platform != "win32" and not private:  # there the folder says who may read
            draft.chmod(0o644 & ~_umask())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):  # Windows keeps a file that somebody has open; what went wrong is told, not this
            draft.unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
