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
from greenforms.form.source import load_schema, shown

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

    def __init__(self, files: Mapping[str, SchemaFile]) -> None:
        self._files = files

    def __getitem__(self, id_: str) -> SchemaFile:
        return self._files[id_]

    def __contains__(self, id_: str) -> bool:
        return id_ in self._files

    def below(self, folder: str) -> Iterator[SchemaFile]:
        """The files of one kind (`facts`, `layouts`), by address."""
        return (self._files[id_] for id_ in sorted(self._files) if id_.startswith(f"{BASE}{folder}/"))

    def resolve(self, reference: str, file: SchemaFile) -> Target:
        """What a `$ref` of a file points at."""
        address, fragment = urldefrag(urljoin(file.id, reference))
        if address not in self._files:
            raise UnknownReference(f"$ref“{reference}”指的文件不在表单包里")
        found = self._files[address]
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

    Raises FormPackageError for a file that cannot be read, has another `$id` than its place says, or defines again
    what an earlier folder defines.
    """
    files: dict[str, SchemaFile] = {}
    errors: list[str] = []
    for folder in schema_folders:
        for kind in ("facts", "layouts"):
            for path in sorted((folder / kind).glob("*.schema.json")):
                try:
                    content = load_schema(path)
                except FormPackageError as error:
                    errors += error.errors
                    continue
                wanted = f"{BASE}{kind}/{path.name}"
                if content.get("$id") != wanted:
                    errors.append(f"{shown(path)}：“/$id”应为“{wanted}”")
                elif wanted in files:
                    errors.append(f"{shown(path)}：已有同名的文件，不能重新定义；请换一个名称")
                else:
                    files[wanted] = SchemaFile(wanted, path, content)
    if errors:
        raise FormPackageError(tuple(errors))
    return Registry(files)
