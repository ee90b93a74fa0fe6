"""All JSON Schema files of the form folders by their `$id`, and what references in them point at.

The ids are addresses that cannot exist (RFC 2606 `.invalid`): every file is registered, nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from greenforms.errors import FormPackageError
from greenforms.form.source import defined_twice, load_schema, shown

#: Where the files of a form folder are said to lie.
BASE = "https://greenforms.invalid/"
Schema = Mapping[str, Any]


class UnknownReference(Exception):
    """A `$ref` that points at nothing registered; the message is a Chinese clause."""


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """One file: its address, where it lies and what it says."""

    id: str
    path: Path
    content: Schema

    @property
    def name(self) -> str:
        """The file's name without its ending, such as `finance`."""
        return self.path.name.removesuffix(".schema.json")


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference points at, and the file whose references it holds."""

    content: Schema
    file: SchemaFile
    fragment: str


class Registry:
    """The schema files of some folders. A file of one folder may refer to those of the others."""

    def __init__(self, files: Mapping[str, SchemaFile], broken: Mapping[str, tuple[str, ...]]) -> None:
        self._files = files
        self._broken = broken

    def __getitem__(self, id_: str) -> SchemaFile:
        """The file of an address. Raises FormPackageError when it is broken; others can be used all the same."""
        if id_ in self._broken:
            raise FormPackageError(self._broken[id_])
        return self._files[id_]

    def __contains__(self, id_: str) -> bool:
        return id_ in self._files or id_ in self._broken

    @property
    def errors(self) -> tuple[str, ...]:
        """What is wrong with the files themselves."""
        return tuple(error for errors in self._broken.values() for error in errors)

    def below(self, folder: str) -> Iterator[SchemaFile]:
        """The files of one kind (`facts`, `layouts`), those of earlier folders first. Raises as `[]` does."""
        known = dict.fromkeys((*self._files, *self._broken))
        return (self[id_] for id_ in known if id_.startswith(f"{BASE}{folder}/"))

    def resolve(self, reference: str, file: SchemaFile) -> Target:
        """What a `$ref` of a file points at."""
        address, fragment = urldefrag(urljoin(file.id, reference))
        if address not in self:
            raise UnknownReference(f"$ref“{reference}”指的文件不在表单包里")
        found = self[address]
        node: Any = found.content
        for step in fragment.split("/")[1:]:
            key = unquote(step).replace("~1", "/").replace("~0", "~")
            if not isinstance(node, Mapping) or key not in node:
                raise UnknownReference(f"$ref“{reference}”指的“{key}”不存在")
            node = node[key]
        if not isinstance(node, Mapping):
            raise UnknownReference(f"$ref“{reference}”指的不是一段结构")
        return Target(node, found, fragment)


def load_registry(schema_folders: tuple[Path, ...]) -> Registry:
    """Register every schema file below the folders' `facts/` and `layouts/`.

    Broken are files that cannot be read, have another `$id` than their place says, or define again what an earlier
    folder defines.
    """
    files: dict[str, SchemaFile] = {}
    broken: dict[str, tuple[str, ...]] = {}
    for folder in schema_folders:
        for kind in ("facts", "layouts"):
            for path in sorted((folder / kind).glob("*.schema.json")):
                address = f"{BASE}{kind}/{path.name}"
                try:
                    if address in files:
                        raise FormPackageError((defined_twice(path, files[address].path),))
                    files[address] = _read(path, address)
                except FormPackageError as error:
                    broken[address] = (*broken.get(address, ()), *error.errors)
    return Registry(files, broken)


def _read(path: Path, address: str) -> SchemaFile:
    content = load_schema(path)
    if content.get("$id") != address:
        raise FormPackageError((f"{shown(path)}：“/$id”应为“{address}”",))
    return SchemaFile(address, path, content)
