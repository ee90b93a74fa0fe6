"""The pictures of a Word document's part, each of its files read once."""

from __future__ import annotations

from greenforms_extractors.model import Origin, Picture
from greenforms_extractors.ooxml import Package


class Pictures:
    """Finds pictures by the ids of the part's relationships."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._targets = {link.id: link for link in package.relationships(part)}
        self._contents: dict[str, bytes] = {}

    def find(self, identifier: str | None, name: str, description: str, origin: Origin) -> Picture | None:
        """The picture of an id; None where it is linked from outside or missing."""
        link = self._targets.get(identifier or "")
        if link is None or link.external or link.target not in self._package.names:
            return None
        if link.target not in self._contents:
            self._contents[link.target] = self._package.read(link.target)
        content = self._contents[link.target]
        self._package.extent.add_picture(content)
        return Picture(name, description, self._package.media_type(link.target), content, origin)
