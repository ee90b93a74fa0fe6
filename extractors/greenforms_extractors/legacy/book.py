"""The records of an old workbook (MS-XLS): what must be refused, and formulas frozen to their saved results.

LibreOffice calculates an old workbook anew when it opens it: a cell with today's date, or with a figure from another
file, would say something else than the applicant saw. So each formula is overwritten by its saved result, in place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from greenforms_extractors.refusals import damaged, macros, password

#: MS-XLS 2.3: numbers of records.
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _CONTINUE = 0x0809, 0x000A, 0x002F, 0x0085, 0x003C
_FORMULA, _STRING, _SHARED, _ARRAY, _TABLE = 0x0006, 0x0207, 0x04BC, 0x0221, 0x0236
_NUMBER, _LABEL, _BLANK, _BOOLERR = 0x0203, 0x0204, 0x0201, 0x0205
#: A number that no record has; readers pass over what they do not know.
_IGNORED = 0x7FFF
#: MS-XLS 2.4.28: kinds of sheets that are programs (Excel 4 macro sheet, Visual Basic module).
_PROGRAMS = {0x01, 0x06}
#: MS-XLS 2.5.133: a saved result that ends so is no number; its first byte tells what it is.
_NO_NUMBER = b"\xff\xff"
_TEXT, _TRUTH, _ERROR = 0, 1, 2


@dataclass(frozen=True, slots=True)
class _Record:
    at: int
    number: int
    content: bytes

    @property
    def end(self) -> int:
        return self.at + 4 + len(self.content)


def check_book(path: Path, book: bytes) -> None:
    """Raise UnreadableFile for a workbook that is encrypted, holds macro sheets or breaks off."""
    records = _records(book)
    first = next(records, None)
    if first is None or first.number != _BOF:
        raise damaged(path)
    for record in records:
        if record.number == _FILEPASS:
            raise password(path)
        if record.number == _BOUNDSHEET and len(record.content) > 5 and record.content[5] in _PROGRAMS:
            raise macros(path)
        if record.number == _EOF:
            return
    raise damaged(path)


def without_formulas(book: bytes) -> bytes:
    """The stream, as long as before, with saved results in place of formulas."""
    frozen = bytearray(book)
    records = [*_records(book)]
    waiting: _Record | None = None
    for record, following in zip(records, [*records[1:], None], strict=True):
        if record.number == _FORMULA and len(record.content) >= 14:
            waiting = record if record.content[12:14] == _NO_NUMBER and record.content[6] == _TEXT else None
            if waiting is None:
                _overwrite(frozen, record.at, record.end, *_result(record.content))
        elif record.number in (_SHARED, _ARRAY, _TABLE):
            _overwrite(frozen, record.at, record.end, _IGNORED, b"")
        elif record.number == _STRING and waiting is not None:
            if following is None or following.number != _CONTINUE:
                _overwrite(frozen, waiting.at, record.end, _LABEL, waiting.content[:6] + record.content)
            waiting = None
    return bytes(frozen)


def _result(formula: bytes) -> tuple[int, bytes]:
    """The record that states a formula's saved result, a text excepted: row, column and format, then the value."""
    place, value = formula[:6], formula[6:14]
    if value[6:] != _NO_NUMBER:
        return _NUMBER, place + value
    if value[0] in (_TRUTH, _ERROR):
        return _BOOLERR, place + value[2:3] + bytes([value[0] == _ERROR])
    return _BLANK, place


def _overwrite(frozen: bytearray, start: int, end: int, number: int, content: bytes) -> None:
    """Put a record there, and one that is ignored over what is left."""
    record = _record(number, content)
    rest = end - start - len(record)
    frozen[start:end] = record + (_record(_IGNORED, bytes(rest - 4)) if rest else b"")


def _record(number: int, content: bytes) -> bytes:
    return number.to_bytes(2, "little") + len(content).to_bytes(2, "little") + content


def _records(book: bytes) -> Iterator[_Record]:
    """The records of the stream: number, length, content (MS-XLS 2.1.4)."""
    at = 0
    while at + 4 <= len(book):
        number, length = int.from_bytes(book[at : at + 2], "little"), int.from_bytes(book[at + 2 : at + 4], "little")
        record = _Record(at, number, book[at + 4 : at + 4 + length])
        yield record
        at = record.end
