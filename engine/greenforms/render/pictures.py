"""Pictures of the data as drawings of a Word paper, and as parts of a package that is made of ready parts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from hashlib import sha1
from pathlib import Path
from typing import Any

from greenforms.codec.printable import show_controls
from greenforms.errors import InputError
from greenforms.render.sealing import declare_part, relate

#: Widest and tallest a picture may stand on the page, in EMU (914,400 to the inch): 14 cm × 9 cm.
_WIDEST, _TALLEST = 5_040_000, 3_240_000
_MEDIA = re.compile(r"word/media/image(\d+)\.\w+")

_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"

#: Makes python-docx's inline drawing of a picture file.
Inline = Callable[[str], Any]


def caption_of(picture: Mapping[str, Any]) -> str:
    """The caption of a picture as it is printed."""
    return show_controls(picture.get("caption", ""))


def drawing(picture: Mapping[str, Any], base: Path | None, inline_of: Inline, number: int) -> str:
    """A picture as what stands in a run of Word XML.

    Raises InputError for a file that is no picture, or lies elsewhere than below `base`: whoever sent the data shall
    not have what else is on this machine printed.
    """
    path = _below(base, picture["file"])
    try:
        if not path.is_file():  # a pipe would keep us waiting
            raise FileNotFoundError(path)
        inline = inline_of(str(path))
        _fit(inline)
    except Exception as error:  # a damaged picture makes python-docx fail in a dozen ways
        raise InputError(
            f"图片“{picture['file']}”读不出来：文件不存在、已损坏，或不是 PNG、JPG 图片。"
            "请把图片放在数据文件旁边，并核对文件名。"
        ) from error
    for name, value in (("id", str(number)), ("name", show_controls(picture["file"])), ("descr", caption_of(picture))):
        inline.docPr.set(name, value)
    return f"</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space='preserve'>"


def _below(base: Path | None, file: str) -> Path:
    """The place of a picture, as its name says it; without a base there is none."""
    home = Path(os.path.abspath(base or ""))  # noqa: PTH100 - no resolving: a link in the folder is its owner's
    path = Path(os.path.normpath(home / file))
    if base is None or not path.is_relative_to(home):
        raise InputError(f"图片“{file}”没有放在数据文件旁边，不去别处找。请把图片和数据放在同一个目录里，只写文件名。")
    return path


def _fit(inline: Any) -> None:
    """Scale a picture down to the page; never up."""
    width, height = inline.extent.cx, inline.extent.cy
    factor = min(Decimal(1), Decimal(_WIDEST) / width, Decimal(_TALLEST) / height)
    for extent in (inline.extent, inline.graphic.graphicData.pic.spPr.xfrm.ext):
        extent.cx, extent.cy = int(width * factor), int(height * factor)


class Pictures:
    """The pictures of one paper, put among the parts of its package, each file once."""

    def __init__(self, ready: Mapping[str, bytes], main: str, base: Path | None) -> None:
        self._ready, self._main, self._base = ready, main, base
        #: The parts with the pictures; None as long as there are none.
        self.parts: dict[str, bytes] | None = None
        self._known: dict[bytes, str] = {}

    def draw(self, picture: Mapping[str, Any], number: int) -> str:
        """A picture as what stands in a run."""
        return drawing(picture, self._base, self._inline, number)

    def _inline(self, path: str) -> Any:
        from docx.image.image import Image
        from docx.oxml.shape import CT_Inline

        image = Image.from_file(path)
        if self.parts is None:
            self.parts = dict(self._ready)
            media = ((name, content) for name, content in self.parts.items() if _MEDIA.fullmatch(name))
            self._known = {_digest(content): name for name, content in media}
        target = self._known.get(_digest(image.blob)) or self._added(image, self.parts)
        id_ = relate(self.parts, self._main, _RELATIONSHIP, target)
        return CT_Inline.new_pic_inline(1, id_, image.filename, *image.scaled_dimensions(None, None))

    def _added(self, image: Any, parts: dict[str, bytes]) -> str:
        from docx.opc.spec import default_content_types

        taken = {int(match[1]) for name in parts if (match := _MEDIA.fullmatch(name))}
        number = next(number for number in range(1, len(taken) + 2) if number not in taken)
        name = f"word/media/image{number}.{image.ext}"
        usual = (image.ext.lower(), image.content_type) in default_content_types
        declare_part(parts, name, image.content_type, usual=usual)
        parts[name] = image.blob
        self._known[_digest(image.blob)] = name
        return name


def _digest(content: bytes) -> bytes:
    return sha1(content, usedforsecurity=False).digest()
