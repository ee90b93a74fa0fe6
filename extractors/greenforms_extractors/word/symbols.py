"""Signs written in the symbol fonts of Microsoft Office, as the Unicode signs they look like."""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x9F: "•", 0xA1: "○", 0xA7: "■", 0xA8: "□",
    0xAB: "★", 0xD8: "➢", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA2: "■", 0xA3: "□"}
_WEBDINGS = {0x61: "√", 0x63: "□", 0x67: "■", 0x72: "×"}
_SYMBOL = {
    0x2D: "−", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x61: "\u03b1", 0x62: "β", 0x67: "\u03b3", 0x6D: "μ", 0xA3: "≤",
    0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD7: "·",
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "symbol": _SYMBOL,
    "wingdings 3": {},
    "webdings": _WEBDINGS,
}


def is_symbol_font(font: str | None) -> bool:
    """Whether characters of this font are not what their code says."""
    return font is not None and font.lower() in _FONTS


def symbol(font: str, code: int) -> str | None:
    """The sign at a code (with or without the F000 of the private area) of a symbol font; None if not known."""
    table = _FONTS.get(font.lower())
    if table is None:
        return chr(code) if is_character(code) and not 0xE000 <= code <= 0xF8FF else None
    return table.get(code & 0xFF)


def is_character(code: int) -> bool:
    """Whether a number is the code of a character: no control, no half of a pair, not beyond Unicode."""
    if not 0x20 <= code <= 0x10FFFF or code & 0xFFFE == 0xFFFE:
        return False
    return not 0x7F <= code < 0xA0 and not 0xD800 <= code < 0xE000
