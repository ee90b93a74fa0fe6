"""Who made a file, as its properties say: author, last editor, company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.ooxml import Package

#: The parts of a package that say so, by the end of their relationship's type, and the elements that do.
_PARTS: Mapping[str, tuple[str, ...]] = {
    "core-properties": ("creator", "lastModifiedBy"),
    "extended-properties": ("Company",),
}
#: Nobody's name is longer.
_LONGEST = 80


def makers_of_package(package: Package) -> tuple[str, ...]:
    """Who made an Office file."""
    return each_once(_told(package))


def _told(package: Package) -> Iterator[str]:
    for kind, names in _PARTS.items():
        part = package.related("", kind)
        try:
            root = package.xml(part) if part is not None else None
        except UnreadableFile:  # nothing that the paper says is lost with its properties
            continue
        for element in root.iter() if root is not None else ():
            if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in names:
                yield element.text or ""


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Names as properties hold them, each once, without what is none."""
    found = (" ".join(name.split()) for name in names)
    return tuple(dict.fromkeys(name for name in found if name and len(name) <= _LONGEST))
