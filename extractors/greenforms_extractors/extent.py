"""How much one file may hold. Whatever is inside, reading it ends within bounds of time and memory.

The limits lie far above any paper or list: 20,000 rows of a dozen columns and a report of a thousand pages pass. They
count what reading costs and not how well the file is packed, for a table of equal rows packs as small as a bomb.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from greenforms_extractors.refusals import too_much

#: Bytes that all elements and attributes of the parts read take as trees of libxml2, were they all kept at once.
MAX_MARKUP = 1200 * 1024 * 1024
_ELEMENT, _ATTRIBUTE = 120, 216
#: Beginnings and ends of rows, paragraphs, tables and controls, empty ones too.
MAX_EVENTS = 5_000_000
#: Paragraphs, cells and tagged places that hold something.
MAX_PLACES = 600_000
MAX_CHARACTERS = 10_000_000
#: Bytes of pictures, each as often as it is shown, and how often pictures are shown at all.
MAX_PICTURE_BYTES = 500 * 1024 * 1024
MAX_PICTURES = 10_000


@dataclass(slots=True)
class Extent:
    """What has been read of one file so far; raises `UnreadableFile` where it is too much."""

    path: Path
    markup: int = 0
    events: int = 0
    places: int = 0
    characters: int = 0
    pictures: int = 0
    picture_bytes: int = 0

    def add_markup(self, content: bytes) -> None:
        """Count the elements and attributes in a stretch of XML, without parsing it."""
        opened = content.count(b"<") - content.count(b"</")
        self.markup += opened * _ELEMENT + content.count(b"=") * _ATTRIBUTE
        if self.markup > MAX_MARKUP:
            raise too_much(self.path, f"内部结构过于庞大，约需 {self.markup >> 20} MB 内存")

    def add_event(self) -> None:
        """Count something that is looked at one by one."""
        self.events += 1
        if self.events > MAX_EVENTS:
            raise too_much(self.path, f"的行、段落和控件（包括空的）超过 {MAX_EVENTS // 20_000} 万个")

    def add_places(self, count: int = 1) -> None:
        """Count paragraphs, cells or tagged places."""
        self.places += count
        if self.places > MAX_PLACES:
            raise too_much(self.path, f"的段落、单元格和控件超过 {MAX_PLACES // 10_000} 万个")

    def add_text(self, text: str) -> None:
        """Count a text, each time it stands somewhere."""
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            raise too_much(self.path, f"的文字超过 {MAX_CHARACTERS // 10_000} 万字")

    def add_picture(self, content: bytes) -> None:
        """Count a picture, each time it is shown."""
        self.pictures += 1
        self.picture_bytes += len(content)
        if self.pictures > MAX_PICTURES:
            raise too_much(self.path, f"的图片超过 {MAX_PICTURES} 幅")
        if self.picture_bytes > MAX_PICTURE_BYTES:
            raise too_much(self.path, f"的图片合计超过 {MAX_PICTURE_BYTES >> 20} MB")
