"""Says a value as people write it: as its field prints it, never as a program holds it."""

from __future__ import annotations

from typing import Any

from greenforms.form.tree import Leaf


def said(leaf: Leaf, value: Any) -> str:
    """A value of a field in words for a screen; what has not the field's shape is only named."""
    if value is None:
        return "（不适用）"
    if not leaf.shape.fits(value):
        return "（类型不对的内容）"
    if leaf.codec.name == "pictures":
        captions = "、".join(picture.get("caption") or picture["file"] for picture in value)
        return f"{len(value)} 张图片{f'：{captions}' if captions else ''}"
    return leaf.codec.format(value)
