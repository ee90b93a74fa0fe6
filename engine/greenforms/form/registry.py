"""All JSON Schema files of the form folders by their `$id`, and what references in them point at.

The ids are addresses that cannot exist (RFC 2606 `.invalid`): every file is registered, nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    """The schema files of some folders, each read when it is asked for; a file may refer to those of other folders.

    `places` says where the file of each address lies; more than one place is an error of that file.
    """

    def __init__(self, places: Mapping[str, Sequence[Path]]) -> None:
        self._places = places
        self._files: dict[str, SchemaFile] = {}

    def __getitem__(self, id_: str) -> SchemaFile:
        """The file of an address. Raises FormPackageError when it is broken; others can be used all the same."""
        if id_ not in self._files:
            self._files[id_] = _read(id_, self._places[id_])
        return self._files[id_]

    def __contains__(self, id_: str) -> bool:
        return id_ in self._places

    @property
    def errors(self) -> tuple[str, ...]:
        """What is wrong with the files themselves."""
        return tuple(error for id_ in self._places for error in self._errors(id_))

    def _errors(self, id_: str) -> tuple[str, ...]:
        try:
            _ = self[id_]
        except FormPackageError as error:
            return error.errors
        return ()

    def below(self, folder: str) -> Iterator[SchemaFile]:
        """The files of one kind (`facts`, `layouts`), those of earlier folders first. Raises as `[]` does."""
        return (self[id_] for id_ in self._places if id_.startswith(f"{BASE}{folder}/"))

    def resolve(self, reference: str, file: SchemaFile) -> Target:
        """What a `$ref` of a file points at."""
        from urllib.parse import unquote, urldefrag, urljoin

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


def layout_address(layout: str) -> str:
    """The address of a layout's schema in the registry."""
    return f"{BASE}layouts/{layout}.schema.json"


def load_registry(schema_folders: tuple[Path, ...]) -> Registry:
    """Register every schema file below the folders' `facts/` and `layouts/`.

    Broken are files that cannot be read, have another `$id` than their place says, or define again what an earlier
    folder defines.
    """
    places: dict[str, list[Path]] = {}
    for folder in schema_folders:
        for kind in ("facts", "layouts"):
            for path in sorted((folder / kind).glob("*.schema.json")):
                places.setdefault(f"{BASE}{kind}/{path.name}", []).append(path)
    return Registry(places)


def _read(address: str, places: Sequence[Path]) -> SchemaFile:
    first, *others = places
    twice = tuple(defined_twice(path, first) for path in others)
    try:
        content = load_schema(first)
    except FormPackageError as error:
        raise FormPackageError((*error.errors, *twice)) from error
    misplaced = () if content.get("$id") == address else (f"{shown(first)}：“/$id”应为“{address}”",)
    if misplaced or twice:
        raise FormPackageError((*misplaced, *twice))
    return SchemaFile(address, first, content)
