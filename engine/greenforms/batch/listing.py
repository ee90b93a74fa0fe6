"""The files of a batch: what lies in a folder and in archives in it, each with a name, its hash and the way to it."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from greenforms.batch.archive import Way, is_archive, members, sha256_of
from greenforms.batch.job import Job
from greenforms.batch.ledger import File
from greenforms.errors import InputError, UsageError
from greenforms.pack.listing import is_litter, sources_of

#: What data sets are kept in; `render` prints nothing else.
DATA = frozenset({".xlsx", ".json", ".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to work on: its name below its unit, where it lies below the folder, and the way to it in an archive.

    `refusal` says why it cannot be taken, if so; `content` is there where the file travels with its task.
    """

    name: str
    path: str
    way: Way = ()
    refusal: str = ""
    sha256: str = ""
    content: bytes | None = field(default=None, repr=False)

    def given(self) -> list[Any]:
        """It as JSON."""
        return [self.name, self.path, list(self.way), self.refusal]

    @classmethod
    def of(cls, given: Sequence[Any]) -> Piece:
        """The piece behind its JSON."""
        name, path, way, refusal = given
        return cls(name, path, tuple(way), refusal)


def files_of(job: Job, folder: Path, output: Path, kept: Callable[[str], bool]) -> list[File]:
    """What a job has to do below a folder: one file each, or one unit each where papers are checked together.

    `kept` says of a name whether its result is there. Raises InputError for a folder without files, UsageError for data
    sets that would be printed to one file.
    """
    pieces = list(_apart(_pieces(folder, output)))
    if job.command == "render":
        pieces = [piece for piece in pieces if Path(piece.name).suffix.lower() in DATA]
        if not pieces:
            raise InputError(f"目录“{folder}”里没有填报表或数据（.xlsx、.json、.yaml）。请把各单位的填报表放进去。")
        _refuse_alike(pieces)
    if job.command == "check":
        return [_unit(job, name, unit, kept) for name, unit in _units(pieces).items()]
    return [File(piece.name, job.key(_digest(piece)), [piece.given()], kept(piece.name)) for piece in pieces]


def _digest(piece: Piece) -> str:
    """What is the same in copies: the bytes, and the extension, of which something may have to be said."""
    return f"{piece.sha256}{Path(piece.name).suffix.lower()}"


def _refuse_alike(pieces: Sequence[Piece]) -> None:
    """Raise UsageError where two data sets would be printed to one file."""
    seen: dict[str, str] = {}
    for piece in pieces:
        paper = str(Path(piece.name).with_suffix(""))
        if (other := seen.setdefault(paper.casefold(), piece.name)) != piece.name:
            raise UsageError(f"“{other}”和“{piece.name}”会写成同一个文件“{paper}”。请给其中一个改名。")


def _units(pieces: Sequence[Piece]) -> dict[str, list[Piece]]:
    """The papers of each unit: a folder is one that, going down, first has papers itself; a loose file is one alone."""
    homes = {piece.name.rpartition("/")[0] for piece in pieces}
    units: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        steps = piece.name.split("/")
        above = ("/".join(steps[:count]) for count in range(1, len(steps)))
        units[next((place for place in above if place in homes), piece.name)].append(piece)
    return units


def _unit(job: Job, name: str, pieces: Sequence[Piece], kept: Callable[[str], bool]) -> File:
    """The unit as one file of the batch; its hash is that of the names and hashes of its papers."""
    below = [(piece.name.removeprefix(f"{name}/").rpartition("/"), piece) for piece in pieces]
    named = [(f"{above}{slash}{last}", piece) for (above, slash, last), piece in below]
    digest = hashlib.sha256()
    for short, piece in named:
        digest.update(f"{short}\0{piece.sha256}\0".encode())
    given = [[short, *piece.given()[1:]] for short, piece in named]
    return File(name, job.key(digest.hexdigest()), given, kept(name))


def _apart(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Number names that are alike, as two in an archive may be; some file systems do not tell 表.DOCX from 表.docx."""
    seen: set[str] = set()
    for piece in pieces:
        stem, dot, suffix = piece.name.rpartition(".")
        name, number = piece.name, 1
        while name.casefold() in seen:
            number += 1
            name = f"{stem}（{number}）{dot}{suffix}"
        seen.add(name.casefold())
        yield replace(piece, name=name)


def _pieces(folder: Path, output: Path) -> Iterator[Piece]:
    for source in sources_of([folder], output):
        path = os.path.relpath(source.path, folder)
        try:
            with source.path.open("rb") as stream:
                if is_archive(source.path.name, stream):
                    yield from _packed(source.name, path, stream)
                else:
                    yield Piece(source.name, path, sha256=sha256_of(stream))
        except OSError:  # whoever works on it will say why
            yield Piece(source.name, path, sha256=_unread(source.name))


def _packed(name: str, path: str, stream: IO[bytes]) -> Iterator[Piece]:
    """The files in an archive; one that cannot be opened is itself a file that is refused."""
    try:
        found = [each for each in members(stream) if not any(map(is_litter, each.name.split("/")))]
    except InputError as error:
        yield Piece(name, path, refusal=str(error).rstrip("。"), sha256=_unread(name))
        return
    for each in found:
        inside = f"{name}/{each.name}"
        yield Piece(inside, path, each.way, each.refusal, each.sha256 or _unread(inside))


def _unread(name: str) -> str:
    """What stands for the hash of a file whose bytes cannot be had: no other is the same."""
    return hashlib.sha256(f"unread {name}".encode()).hexdigest()
