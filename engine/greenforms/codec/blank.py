"""What an unfilled place looks like, and the signs by which a form says 不适用.

Codecs do not handle null: whether a field may be 不适用 is the schema's business, so the caller asks here first.
"""

from __future__ import annotations

from greenforms_extractors.folding import fold_code, fold_dashes, without_space

#: Signs for 不适用, as they stand after folding; SF-36 of the submission practice lists the spellings met.
NULL_SIGNS = frozenset({"/", "//", "-", "--", "---", "\\", "无", "不适用", "不涉及", "N/A"})


def is_null_sign(text: str) -> bool:
    """Whether the whole text is a sign for 不适用 (/ ／ — —— – - 无 不适用)."""
    return without_space(fold_dashes(fold_code(text))).rstrip("。").upper() in NULL_SIGNS


def is_blank(text: str) -> bool:
    """Whether nothing is written: white space, invisible characters and the underscores of a dotted line."""
    return not without_space(text).replace("_", "").replace("\uff3f", "")
