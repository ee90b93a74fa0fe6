"""Text watermarks of a Word document: shapes with words that lie slanting over the page or behind its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greenforms_extractors.safe_xml import Element
from greenforms_extractors.word.markup import WP, A, V, W

_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
#: What Word and WPS call the watermarks they make.
_NAME = re.compile(r"water\s*mark|水印", re.IGNORECASE)
_ROTATION = re.compile(r"rotation:\s*(-?[0-9]{1,9})(fd)?")
#: Parts of a degree: of DrawingML and of VML (`fd`).
_ANGLE, _FD = 60_000, 65_536
_QUARTER = 90


def is_watermark(drawing: Element) -> bool:
    """Whether a drawing (`wp:anchor`, `wp:inline`) is a watermark: by its name, or by how its words lie."""
    about = drawing.find(WP + "docPr")
    if about is not None and _NAME.search(about.get("name", "") + about.get("descr", "")):
        return True
    shapes = [shape for shape in drawing.iter(_WPS + "wsp") if shape.find(_WPS + "txbx") is not None]
    frames = [shape.find(f"{_WPS}spPr/{A}xfrm") for shape in shapes]
    if frames and all(frame is not None and _leans(frame.get("rot", ""), _ANGLE) for frame in frames):
        return True
    return drawing.get("behindDoc") in {"1", "true"} and any(map(_is_art, drawing.iter(_WPS + "bodyPr")))


def is_slanting(box: Element) -> bool:
    """Whether the text of a VML text box lies slanting."""
    found = [_ROTATION.search(shape.get("style", "")) for shape in box.iterancestors(V + "shape", V + "rect")]
    return any(_leans(match[1], _FD if match[2] else 1) for match in found if match)


def words_of(shape: Element) -> str:
    """The words of a shape: typed into it, or those it is drawn from (`v:textpath`)."""
    return "".join((*_typed(shape), *(path.get("string", "") for path in shape.iter(V + "textpath")))).strip()


def _typed(shape: Element) -> Iterator[str]:
    return (node.text or "" for node in shape.iter(W + "t"))


def _leans(rotation: str, unit: int) -> bool:
    if not re.fullmatch(r"-?[0-9]{1,9}", rotation):
        return False
    return round(int(rotation) / unit) % _QUARTER != 0


def _is_art(body: Element) -> bool:
    """Whether the words of a shape are bent or drawn as WordArt."""
    warp = body.find(A + "prstTxWarp")
    bent = warp is not None and warp.get("prst") != "textNoShape"
    return bent or body.get("fromWordArt") in {"1", "true"}
