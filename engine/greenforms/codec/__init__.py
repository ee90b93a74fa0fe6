"""Codecs: what the values of forms look like on paper, in both directions.

Schemas name a codec in `x-codec` and bind its options in `x-options`; `make` does the binding.
"""

from __future__ import annotations

from typing import Any

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import NULL_SIGNS, is_blank, is_null_sign
from greenforms.errors import FormPackageError
from greenforms.named import Named

__all__ = ["CODECS", "NULL_SIGNS", "Codec", "Problem", "Reading", "is_blank", "is_null_sign", "make"]

#: Every codec by the name schemas use.
CODECS: Named[Codec] = Named(
    __name__,
    (
        "text",
        "paragraphs",
        "number",
        "percentage",
        "integer",
        "quantity",
        "date",
        "year",
        "choice",
        "uscc",
        "orgcode",
        "phone",
        "email",
        "region",
        "industry",
        "pictures",
    ),
)


def make(name: str, **options: Any) -> Codec:
    """Bind a codec's options; a name or option that does not exist is an error of the form package."""
    codec = CODECS.get(name)
    if codec is None:
        raise FormPackageError((f"没有名为“{name}”的值类型，可用的有：{'、'.join(CODECS)}",))
    unknown = set(options) - set(option_names(name))
    if unknown:
        raise FormPackageError((f"值类型“{name}”没有选项“{'、'.join(sorted(unknown))}”",))
    try:
        return codec(**options)
    except (TypeError, ValueError) as error:
        raise FormPackageError((f"值类型“{name}”的选项有误：{error}",)) from error


def option_names(name: str) -> tuple[str, ...]:
    """The options a codec takes."""
    return tuple(getattr(CODECS[name], "__dataclass_fields__", {}))
