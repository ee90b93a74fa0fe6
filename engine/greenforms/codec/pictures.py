"""Pictures with captions, such as 现场照片. The renderer places the pictures; the codec prints and reads captions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.codec.printable import character_problems, show_controls
from greenforms.codec.text import read_line
from greenforms_extractors.match.flow import Flow


@dataclass(frozen=True, slots=True)
class Pictures(Codec):
    """A list of ``{"file": "photo.jpg", "caption": "光伏屋顶"}``; a caption may be missing, the file may not."""

    name: ClassVar[str] = "pictures"
    json_types: ClassVar[frozenset[str]] = frozenset({"array"})
    flow: ClassVar[Flow] = Flow.PICTURES
    parts: ClassVar[Mapping[str, str]] = MappingProxyType({"file": "图片文件", "caption": "图题"})

    def format(self, value: Any) -> str:
        """Print the captions, one to a line."""
        captions = (picture.get("caption", "") for picture in value)
        return "\n".join(show_controls(caption) for caption in captions if caption)

    def parse(self, text: str) -> Reading:
        """Read captions only: which picture belongs to which is the reader's finding, so the files are left out."""
        captions = [caption for line in text.splitlines() if (caption := read_line(line))]
        return Reading([{"caption": caption} for caption in captions] or None)

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report pictures without a file and captions that do not fit on a line."""
        unnamed = (
            Problem(f"第{number}张图片没有写文件名", "请填写图片文件名")
            for number, picture in enumerate(value, 1)
            if is_blank(picture.get("file", ""))
        )
        captions = (problem for picture in value for problem in character_problems(picture.get("caption", "")))
        return (*unnamed, *captions)
