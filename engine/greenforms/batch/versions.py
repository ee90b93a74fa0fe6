"""Which forms and which program a result was made by: what makes another result possible makes another version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import greenforms
import greenforms_extractors
from greenforms.bundled import resource_root
from greenforms.form.library import Library

_LENGTH = 16
#: What makes the program do what it does; the forms beside it are told apart.
_SOURCES = frozenset({".py", ".yaml", ".txt", ".json"})


def versions_of(library: Library) -> str:
    """The version of the program and of the forms, such as `0.1.0+1f0c… forms 9a1b…`, the same wherever they lie."""
    return f"{_program()} forms {_digest(_forms(library.folders))}"


@cache
def _program() -> str:
    """A program that was changed without a new number is another one, too."""
    packages = (Path(each.__path__[0]) for each in (greenforms, greenforms_extractors))
    sources = (
        (path.relative_to(package).as_posix(), path)
        for package in packages
        for path in sorted(package.rglob("*"))
        if path.suffix in _SOURCES and "bundled" not in path.relative_to(package).parts
    )
    return f"{greenforms.__version__}+{_digest(sources)}"


def _forms(folders: Sequence[Path]) -> Iterable[tuple[str, Path]]:
    for folder in folders:
        for kind in ("schemas", "templates"):
            for path in sorted((folder / kind).rglob("*")):
                if path.is_file():
                    yield path.relative_to(folder).as_posix(), path


def _digest(files: Iterable[tuple[str, Path]]) -> str:
    digest = hashlib.sha256()
    for name, path in files:
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_LENGTH]


def travelling(folders: Sequence[Path]) -> tuple[str, ...]:
    """The folders of a library as another process may be told them: the shipped one is empty, each has its own."""
    return tuple("" if folder == resource_root() else str(folder.absolute()) for folder in folders)


def opened(folders: Sequence[str]) -> Library:
    """The library of folders that were told so."""
    return Library(*(Path(folder) if folder else resource_root() for folder in folders))
