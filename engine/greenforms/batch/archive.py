"""Zip archives among the files: what lies in them, under names that people can read, each member by itself.

Nothing is unpacked that is not asked for, and nothing beyond what the archive's directory says it holds.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from greenforms.errors import InputError
from greenforms.pack.listing import readable

#: How to find a member: its number in the archive, and in archives inside of it.
Way = tuple[int, ...]

_SUFFIX = ".zip"
#: An archive in an archive is opened, one in that, too; further down lie mischief and backups.
_DEEPEST = 3
_MOST_MEMBERS = 100_000
_LARGEST = 1 << 30
_IN_MEMORY = 8 << 20
#: Archives that pack better than this hold nothing that anybody filled in.
_DENSEST = 1_000
#: All that lies in an archive, and in archives inside of it, is not many times larger than the archive.
_DENSEST_OF_ALL = 100
#: What the library raises for a member that is damaged, or packed in a way it does not know.
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, IndexError)
_LOST = "压缩包里的这个文件已损坏，取不出来。请重新压缩再试，或把它直接放进收件目录"
_UTF8, _ENCRYPTED = 0x800, 0x1
#: APPNOTE 4.6.9: the name in UTF-8, after a version of 1 byte and the CRC of the name it is for.
_UNICODE_PATH = 0x7075


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; `refusal` says why it cannot be taken, if so."""

    name: str
    way: Way
    sha256: str = ""
    refusal: str = ""


def is_archive(name: str, stream: IO[bytes]) -> bool:
    """Whether a file is an archive of other files, and not an office document that is packed the same way."""
    if not name.lower().endswith(_SUFFIX):
        return False
    try:
        with zipfile.ZipFile(stream) as archive:
            return not {"[Content_Types].xml", "mimetype"} & set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return True
    finally:
        stream.seek(0)


@dataclass(slots=True)
class _Allowance:
    """Bytes that may still be unpacked, archives inside included."""

    left: int

    @classmethod
    def of(cls, stream: IO[bytes]) -> _Allowance:
        """That of an archive of a size."""
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        return cls(_LARGEST + _DENSEST_OF_ALL * size)

    def take(self, listed: Sequence[zipfile.ZipInfo]) -> None:
        """Raise InputError where these files are more than that."""
        self.left -= sum(info.file_size for info in listed)
        if self.left < 0:
            raise InputError("压缩包展开后大得不正常，没有打开。请确认里面是什么，解压后把需要的文件放进来。")


def members(stream: IO[bytes], way: Way = (), allowance: _Allowance | None = None) -> Iterator[Member]:
    """The files in an archive and in archives inside of it. Raises InputError for an archive that cannot be opened."""
    allowance = allowance or _Allowance.of(stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            listed = archive.infolist()
            if len(listed) > _MOST_MEMBERS:
                raise InputError(f"压缩包里有 {len(listed)} 个文件，太多了。请拆成几个再试。")
            allowance.take([info for info in listed if not _refused(info)])
            for number, info in enumerate(listed):
                if not info.is_dir():
                    yield from _inside(archive, info, (*way, number), allowance)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError("压缩包已损坏，或不是 zip 格式。请重新压缩成 zip 再试，或把里面的文件直接放进来。") from error


def _inside(archive: zipfile.ZipFile, info: zipfile.ZipInfo, way: Way, allowance: _Allowance) -> Iterator[Member]:
    name = _name(info)
    if reason := _refused(info):
        yield Member(name, way, refusal=reason)
        return
    try:
        with _unpacked(archive, info) as stream:
            if is_archive(name, stream):
                yield from _of_archive(stream, name, way, allowance)
            else:
                yield Member(name, way, sha256_of(stream))
    except _DAMAGED:
        yield Member(name, way, refusal=_LOST)


def _of_archive(stream: IO[bytes], name: str, way: Way, allowance: _Allowance) -> Iterator[Member]:
    if len(way) >= _DEEPEST:
        yield Member(name, way, refusal="压缩包套得太深，没有再打开。请把里面的文件取出来放进收件目录")
        return
    try:
        for each in members(stream, way, allowance):
            yield replace(each, name=f"{name}/{each.name}")
    except InputError as error:
        yield Member(name, way, refusal=str(error).rstrip("。"))


def _refused(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _ENCRYPTED:
        return "在加了密码的压缩包里，打不开。请对方去掉密码重新发来，或解压后把文件放进收件目录"
    if info.file_size > _LARGEST or info.file_size > _DENSEST * (info.compress_size + 1024):
        return "在压缩包里，展开后大得不正常，没有打开。请解压后确认它是什么文件"
    return ""


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name as whoever packed it saw it; steps that lead out of the folder are dropped."""
    steps = _decoded(info).replace("\\", "/").split("/")
    return "/".join(step for step in steps if step not in ("", ".", "..") and not step.endswith(":"))


def _decoded(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    if (told := _unicode_path(info.extra, raw)) is not None:
        return told
    return readable(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """What the extra field says the name is, if it is for this name."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(field) > 5 and struct.unpack_from("<L", field, 1)[0] == zlib.crc32(raw):
            return field[5:].decode("utf-8", "replace")
    return None


def sha256_of(stream: IO[bytes]) -> str:
    """The SHA-256 of what is left of a stream, in hexadecimal."""
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def opened(path: Path, way: Way) -> Iterator[IO[bytes]]:
    """A member of an archive, or the file itself where there is no way to go.

    Raises InputError for what is damaged or packed in a way we do not know.
    """
    with ExitStack() as stack:
        stream: IO[bytes] = stack.enter_context(path.open("rb"))
        try:
            for number in way:
                archive = stack.enter_context(zipfile.ZipFile(stream))
                stream = stack.enter_context(_unpacked(archive, archive.infolist()[number]))
            yield stream
        except _DAMAGED as error:
            raise InputError(f"{_LOST}。") from error


@contextmanager
def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """A member as a stream in which one can go back and forth; a large one lies on the disk."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as target, archive.open(info) as source:
        shutil.copyfileobj(source, target)
        target.seek(0)
        yield target
