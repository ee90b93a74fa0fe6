"""Headers and footers of a Word document: what somebody typed there is no part of the form, but must not be lost."""

from __future__ import annotations

from collections.abc import Iterator

from greenforms_extractors.model import MarginOrigin, Paragraph
from greenforms_extractors.ooxml import Package
from greenforms_extractors.page_numbers import is_page_number
from greenforms_extractors.word.markup import W
from greenforms_extractors.word.text import TextReader

_NAMES = {"header": "页眉", "footer": "页脚"}


class Margins:
    """The margins of a document whose main part is `part`, each different text once, without page numbers."""

    def __init__(self, package: Package, part: str) -> None:
        self.watermarks: list[str] = []
        self._package, self._part = package, part
        self.paragraphs = tuple({(each.text.strip(), each.origin): each for each in self._read()}.values())

    def _read(self) -> Iterator[Paragraph]:
        for link in self._package.relationships(self._part):
            name = _NAMES.get(link.type.rpartition("/")[2])
            if name is None or link.external or link.target not in self._package.names:
                continue
            text = TextReader(self._package, link.target, self._part)
            for paragraph in self._package.xml(link.target).iter(W + "p"):
                line = text.read(paragraph, MarginOrigin(name))
                if line.text.strip() and not is_page_number(line.text):
                    yield Paragraph(line.text, line.origin)
            self.watermarks += text.watermarks
