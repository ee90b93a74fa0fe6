"""The sender's package while marks are put into it: parts that are not touched keep their bytes."""

from __future__ import annotations

import io
import posixpath
import zipfile
from pathlib import Path

from lxml import etree

from greenforms.errors import InputError
from greenforms_extractors.ooxml import Package

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONSHIPS = f"{PACKAGE}/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPES = "[Content_Types].xml"
Element = etree._Element


def sub(parent: Element, tag: str, **attributes: str) -> Element:
    """A new last child."""
    return etree.SubElement(parent, tag, attributes)


def new_root(name: str, namespace: str) -> Element:
    """The root of a new part, in its namespace without a prefix."""
    return etree.fromstring(f'<{name} xmlns="{namespace}"/>')


def text_in(parent: Element, tag: str, text: str) -> Element:
    """A new last child that holds a text, sign for sign."""
    found = etree.SubElement(parent, tag)
    found.text = printable(text)
    found.set(XML_SPACE, "preserve")
    return found


def printable(text: str) -> str:
    """A text without what XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n" if sign not in "\ufffe\uffff")


class Draft:
    """A package and the parts that are changed, added or dropped."""

    def __init__(self, package: Package) -> None:
        if package.main_part is None or b"purl.oclc.org/ooxml" in package.read(package.main_part):
            raise InputError(
                f"文件“{package.path.name}”是 Strict Open XML 格式，不能标注。"
                "请用 Word、Excel 或 WPS 另存为普通的 .docx 或 .xlsx 后再试。"
            )
        self.main: str = package.main_part
        self._package = package
        self._roots: dict[str, Element] = {}
        self._dropped: set[str] = set()

    @property
    def path(self) -> Path:
        """The sender's file."""
        return self._package.path

    def has(self, name: str) -> bool:
        """Whether there is a part of a name."""
        return name in self._roots or (name in self._package.names and name not in self._dropped)

    def xml(self, name: str) -> Element:
        """The root of a part that is going to be changed."""
        if name not in self._roots:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=name.endswith(".vml"))
            self._roots[name] = etree.fromstring(self._package.read(name), parser)
        return self._roots[name]

    def look(self, name: str) -> Element:
        """The root of a part that is only looked at."""
        return self._roots[name] if name in self._roots else self._package.xml(name)

    def add(self, name: str, root: Element, media_type: str) -> None:
        """A new part. The type of `.vml` is told by its extension, of any other by its name."""
        self._roots[name] = root
        self._dropped.discard(name)
        types = self.xml(_TYPES)
        suffix = name.rpartition(".")[2]
        if suffix == "vml":
            if not any(node.get("Extension", "").lower() == suffix for node in types):
                types.insert(0, etree.Element(f"{{{PACKAGE}/content-types}}Default", Extension=suffix))
                types[0].set("ContentType", media_type)
        else:
            sub(types, f"{{{PACKAGE}/content-types}}Override", PartName=f"/{name}", ContentType=media_type)

    def drop(self, name: str) -> None:
        """Take a part out, with its relationships."""
        for each in (name, _relations_of(name)):
            self._dropped.add(each)
            self._roots.pop(each, None)
        for node in list(self.xml(_TYPES)):
            if node.get("PartName") == f"/{name}":
                node.getparent().remove(node)  # type: ignore[union-attr]

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern such as `xl/comments{}.xml` that no part has."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def related(self, part: str, kind: str) -> str | None:
        """The first part that a part is related to by a type ending in `/kind`."""
        return next((target for _, type_, target in self.relations(part) if type_.endswith(f"/{kind}")), None)

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """The id, type and target of a part's relationships within the package."""
        name = _relations_of(part)
        if not self.has(name):
            return []
        folder = posixpath.dirname(part)
        return [
            (node.get("Id", ""), node.get("Type", ""), _target(folder, node.get("Target", "")))
            for node in self.look(name)
            if isinstance(node.tag, str) and node.get("TargetMode", "").lower() != "external"
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another; the id of the relationship."""
        name = _relations_of(part)
        if not self.has(name):
            self._roots[name] = new_root("Relationships", RELATIONSHIPS)
            self._dropped.discard(name)
        root = self.xml(name)
        used = {node.get("Id") for node in root}
        identifier = next(f"rId{n}" for n in range(1, len(used) + 2) if f"rId{n}" not in used)
        relative = posixpath.relpath(target, posixpath.dirname(part) or ".")
        sub(root, f"{{{RELATIONSHIPS}}}Relationship", Id=identifier, Type=f"{OFFICE}/{kind}", Target=relative)
        return identifier

    def unrelate(self, part: str, identifier: str) -> None:
        """Take a relationship out."""
        root = self.xml(_relations_of(part))
        for node in list(root):
            if node.get("Id") == identifier:
                root.remove(node)

    def content(self) -> bytes:
        """The package with its changes, in the order of the original; new parts come last."""
        target = io.BytesIO()
        archive = self._package.archive
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for info in archive.infolist():
                if info.filename not in self._dropped and not info.is_dir():
                    package.writestr(_entry(info), self._bytes(info.filename))
            for name in self._roots:
                if name not in self._package.names:
                    package.writestr(_entry(zipfile.ZipInfo(name)), self._bytes(name))
        return target.getvalue()

    def _bytes(self, name: str) -> bytes:
        if name not in self._roots:
            return self._package.read(name)
        return etree.tostring(self._roots[name].getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _entry(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(info.filename, max(info.date_time, (1980, 1, 1, 0, 0, 0)))
    found.compress_type = zipfile.ZIP_DEFLATED if info.date_time == (1980, 1, 1, 0, 0, 0) else info.compress_type
    found.external_attr, found.create_system = info.external_attr, info.create_system
    return found


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
