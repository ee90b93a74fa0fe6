"""Parsing XML that comes from outside: no entities, nothing fetched, nothing endless, one family of namespaces.

Strict Open XML (ISO/IEC 29500-1) names the same things by other namespaces than the transitional kind that everybody
writes (ISO/IEC 29500-4): http://purl.oclc.org/ooxml/A/B is http://schemas.openxmlformats.org/A/2006/B. The names are
put right in the bytes, before they are parsed, so that no reader needs to know of two.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO, Any

from lxml import etree

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.extent import Extent
from greenforms_extractors.refusals import damaged, too_deep, too_much, unsafe_xml

Element = etree._Element

#: In an attribute only: text that happens to hold such an address stays as it is.
_STRICT = re.compile(rb"""(=\s*["'])http://purl\.oclc\.org/ooxml/(\w+)/""")
_TRANSITIONAL = rb"\1http://schemas.openxmlformats.org/\2/2006/"
#: More than the longest stretch of bytes that `_STRICT` can match in an honest file.
_LONGEST_NAME = 200

_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Source:
    """The bytes of a part as the parser asks for them: counted, and with transitional names."""

    def __init__(self, stream: IO[bytes], extent: Extent) -> None:
        self._stream = stream
        self._extent = extent
        self._held = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, hardly more than `size`; none at the end only."""
        while True:
            fresh = self._stream.read(size)
            self._extent.add_markup(fresh)
            content, self._held = self._held + fresh, b""
            if not fresh:
                return transitional(content)
            # A name must not be cut in two: what may be the beginning of one waits for the rest.
            cut = max(content.rfind(b"="), content.rfind(b"<"))
            if cut >= 0 and len(content) - cut <= _LONGEST_NAME:
                content, self._held = content[:cut], content[cut:]
            if content:
                return transitional(content)


def transitional(content: bytes) -> bytes:
    """XML with the namespaces of Strict Open XML replaced by those in common use."""
    return _STRICT.sub(_TRANSITIONAL, content) if b"purl.oclc.org" in content else content


def parse(content: bytes, extent: Extent) -> Element:
    """The root of an XML document in memory. Raises UnreadableFile."""
    extent.add_markup(content)
    try:
        root = etree.fromstring(transitional(content), etree.XMLParser(**_SAFE))
    except etree.XMLSyntaxError as error:
        raise bad_xml(extent.path, error) from error
    refuse_doctype(extent.path, root)
    return root


def events(source: Source, tags: tuple[str, ...]) -> Any:
    """An iterator over the start and end events of the given tags."""
    return etree.iterparse(source, ("start", "end"), tag=tags, **_SAFE)


def root_of(path: Path) -> Element:
    """The root of an XML file outside any package, as it starts: its name and attributes, not its content."""
    try:
        with path.open("rb") as source:
            starts: Any = etree.iterparse(source, ("start",), **_SAFE)
            for _, element in starts:
                refuse_doctype(path, element)
                root: Element = element
                return root
    except etree.XMLSyntaxError as error:
        raise bad_xml(path, error) from error
    raise damaged(path)


def bad_xml(path: Path, error: etree.XMLSyntaxError) -> UnreadableFile:
    """The refusal that a complaint of the parser comes to."""
    text = str(error).lower()
    if "entity" in text or "amplification" in text:
        return unsafe_xml(path)
    if "depth" in text:
        return too_deep(path)
    if "resource limit" in text:
        return too_much(path, "有一段文字长得不正常")
    return damaged(path)


def refuse_doctype(path: Path, element: Element) -> None:
    """Refuse a document type, which may declare entities."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise unsafe_xml(path)
