"""Statements as a Parquet table, for statistics: the columns of a line, figures as the exact text of their digits."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from greenforms.errors import UsageError
from greenforms.export.line import COLUMNS, Stated, line_of

#: Columns that are no text.
_OTHERS = {"decimals": "int32", "listed": "bool_", "confidence": "float64"}


def refuse_parquet() -> None:
    """Raise UsageError where Parquet cannot be written, before the long work."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise UsageError(
            '写 Parquet 要另装一个程序库。请运行 pip install "greenforms[parquet]"，或换成别的格式（去掉 --parquet）。'
        ) from error


def parquet_bytes(statements: Sequence[Stated]) -> bytes:
    """The table as a file. Raises UsageError without pyarrow."""
    refuse_parquet()
    import pyarrow
    from pyarrow import parquet

    types = [(name, getattr(pyarrow, _OTHERS.get(name, "string"))()) for name in COLUMNS]
    lines = [line_of(one) for one in statements]
    arrays = [pyarrow.array([_held(name, line[name]) for line in lines], type_) for name, type_ in types]
    written = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(types)), written, compression="zstd")
    return written.getvalue()


def _held(name: str, value: Any) -> Any:
    """A value as its column holds it: a figure keeps its digits, a place is JSON."""
    if value is None or name in _OTHERS or isinstance(value, str):
        return value
    import simplejson

    return simplejson.dumps(value, ensure_ascii=False, use_decimal=True)
