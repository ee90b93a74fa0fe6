"""Opening an Office package (a zip of XML parts, ECMA-376 part 2) without letting it do harm.

The sizes are checked against the zip directory before anything is unpacked, and hold while unpacking too: zipfile
never gives more bytes than the directory states, and a checksum that does not fit is an error. How well a part is
packed says nothing (a table of equal rows packs to a thousandth); what it holds is counted while it is read.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from lxml import etree

from greenforms_extractors import safe_xml
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.extent import Extent
from greenforms_extractors.refusals import bomb, damaged, password, unsafe_names
from greenforms_extractors.safe_xml import Element

MAX_ENTRIES = 5000
MAX_UNPACKED = 300 * 1024 * 1024

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def whole(node: Element, attribute: str, default: int = 0) -> int:
    """A whole number in an attribute; the default where it is missing, no number or beyond a thousand million."""
    text = node.get(attribute, "")
    return int(text) if text.isdecimal() and len(text) < 10 else default


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another (`target` is a part name) or to the outside (`target` as written)."""

    id: str
    type: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """An open package. Close it, or use it in a `with` statement."""

    path: Path
    archive: zipfile.ZipFile
    #: What has been read of it so far, by whoever reads it.
    extent: Extent
    _relations: dict[str, tuple[Relationship, ...]] = field(default_factory=dict)

    def __enter__(self) -> Package:
        """Give the package itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.archive.close()

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self.archive.namelist())

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        try:
            return self.archive.read(name)
        except (KeyError, *_BROKEN) as error:
            raise damaged(self.path) from error

    def xml(self, name: str) -> Element:
        """The root of a small XML part (relationships, styles, numbering)."""
        return safe_xml.parse(self.read(name), self.extent)

    def stream(self, name: str, tags: Sequence[str]) -> Iterator[tuple[Literal["start", "end"], Element]]:
        """Start and end events of the given tags of a large part; the caller clears what it has used."""
        try:
            with self.archive.open(name) as source:
                checked = False
                for event, element in safe_xml.events(safe_xml.Source(source, self.extent), tuple(tags)):
                    if not checked:
                        safe_xml.refuse_doctype(self.path, element)
                        checked = True
                    self.extent.add_event()
                    yield event, element
        except etree.XMLSyntaxError as error:
            raise safe_xml.bad_xml(self.path, error) from error
        except (KeyError, *_BROKEN) as error:
            raise damaged(self.path) from error

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """The relationships of a part; of the package itself for the empty name."""
        if part not in self._relations:
            self._relations[part] = self._read_relationships(part)
        return self._relations[part]

    def _read_relationships(self, part: str) -> tuple[Relationship, ...]:
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self.names:
            return ()
        found = []
        for node in self.xml(name).iter(RELATIONSHIP):
            external = node.get("TargetMode", "").lower() == "external"
            target = node.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.append(Relationship(node.get("Id", ""), node.get("Type", ""), target, external))
        return tuple(found)

    def related(self, part: str, kind: str) -> str | None:
        """The first part that `part` is related to by a relationship type ending in `/kind`."""
        for relationship in self.relationships(part):
            if relationship.type.endswith(f"/{kind}") and relationship.target in self.names:
                return relationship.target
        return None

    @cached_property
    def main_part(self) -> str | None:
        """The part that holds the document itself."""
        return self.related("", "officeDocument")

    @cached_property
    def _types(self) -> tuple[dict[str, str], dict[str, str]]:
        root = self.xml("[Content_Types].xml")
        named, suffixed = root.iter(f"{TYPES}Override"), root.iter(f"{TYPES}Default")
        by_name = {node.get("PartName", "").lstrip("/"): node.get("ContentType", "") for node in named}
        return by_name, {node.get("Extension", "").lower(): node.get("ContentType", "") for node in suffixed}

    def media_type(self, part: str) -> str:
        """The content type of a part, empty if the package does not say."""
        by_name, by_suffix = self._types
        return by_name.get(part) or by_suffix.get(part.rpartition(".")[2].lower(), "")

    @cached_property
    def custom_xml(self) -> dict[str, bytes]:
        """The custom XML parts by name: where a paper carries its own record."""
        wanted = sorted(name for name in self.names if re.fullmatch(r"customXml/[^/]+\.xml", name))
        found = {name: self.read(name) for name in wanted}
        for content in found.values():
            self.extent.add_markup(content)
        return found


def open_package(path: Path) -> Package:
    """Open a zip package, refusing one that is damaged, encrypted, or built to do harm."""
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise damaged(path) from error
    try:
        _check_directory(path, archive.infolist())
    except UnreadableFile:
        archive.close()
        raise
    return Package(path, archive, Extent(path))


def _check_directory(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    _check_encryption(path, entries)
    _check_names(path, entries)
    if len(entries) > MAX_ENTRIES:
        raise bomb(path, f"内含 {len(entries)} 个部件，超过 {MAX_ENTRIES} 个的上限")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED:
        raise bomb(path, f"解压后有 {total >> 20} MB，超过 {MAX_UNPACKED >> 20} MB 的上限")
    for entry in entries:
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(path)


def _check_encryption(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise password(path)


def _check_names(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    seen = set()
    for entry in entries:
        # zipfile turns backslashes and NUL into something harmless; the name as written is what matters.
        name = entry.orig_filename
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            raise unsafe_names(path, f"内有指向包外的部件名“{name}”")
        if entry.filename.casefold() in seen:
            raise unsafe_names(path, f"内有重名的部件“{name}”")
        seen.add(entry.filename.casefold())
