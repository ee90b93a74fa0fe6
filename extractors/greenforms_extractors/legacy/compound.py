"""Old binary Office files: OLE compound files (MS-CFB) of Word, Excel and Kingsoft WPS, looked at before conversion.

Word and WPS texts hold a stream WordDocument (MS-DOC), Excel and WPS sheets a stream Workbook or Book (MS-XLS).
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from greenforms_extractors.legacy.book import check_book, without_formulas
from greenforms_extractors.legacy.fields import without_fields
from greenforms_extractors.refusals import damaged, macros, password, unknown

if TYPE_CHECKING:
    import olefile

#: Streams and storages at the top, by what they mean.
_ENCRYPTED = {"EncryptedPackage", "EncryptionInfo"}
_MACROS = {"Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT"}
_WORKS = {"MatOST", "MN0"}
_BOOKS = ("Workbook", "Book")

#: MS-DOC 2.5.2: the first two bytes, the least version number of Word 97, and bits of the twelfth byte.
_WORD, _WORD_95 = b"\xec\xa5", b"\xdc\xa5"
_OLDEST = 0xC0
_WORD_ENCRYPTED, _WORD_FIRST_TABLE = 0x01, 0x02
#: The whole fixed part of the header.
_WORD_HEAD = 898


def compound_kind(path: Path) -> Literal["doc", "xls"]:
    """Which old format it is. Raises UnreadableFile for one that is encrypted, holds macros or is damaged."""
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as file:
            return _kind(path, file)
    except (OSError, IndexError, ValueError, TypeError) as error:  # whatever olefile stumbles over
        raise damaged(path) from error


def _kind(path: Path, file: olefile.OleFileIO) -> Literal["doc", "xls"]:
    tops = {parts[0] for parts in file.listdir(streams=True, storages=True)}
    if tops & _ENCRYPTED:
        raise password(path)
    if tops & _MACROS:
        raise macros(path)
    _refuse_cut_off(path, file)
    if "WordDocument" in tops:
        _check_word(path, file)
        return "doc"
    for name in _BOOKS:
        if name in tops:
            check_book(path, file.openstream(name).read())
            return "xls"
    if tops & _WORKS:
        raise unknown(path, "是 Microsoft Works 的 .wps 文件，不是 WPS Office 的")
    raise damaged(path) if file.parsing_issues else unknown(path, "不是 Word 文档或 Excel 工作簿")


def _refuse_cut_off(path: Path, file: olefile.OleFileIO) -> None:
    """Of a file that was cut off olefile gives what is left of its streams."""
    for parts in file.listdir():
        if len(file.openstream(parts).read()) < file.get_size(parts):
            raise damaged(path)


def _check_word(path: Path, file: olefile.OleFileIO) -> None:
    document = file.openstream("WordDocument").read()
    if len(document) < _WORD_HEAD:
        raise damaged(path)
    if document[:2] == _WORD_95 or int.from_bytes(document[2:4], "little") < _OLDEST:
        raise unknown(path, "是 Word 95 或更早版本的文档")
    if document[:2] != _WORD or not file.exists(_table(document)):
        raise damaged(path)
    if document[11] & _WORD_ENCRYPTED:
        raise password(path)


def _table(document: bytes) -> str:
    """The name of the stream that the header of a Word document refers to for everything but the text."""
    return "1Table" if document[11] & _WORD_FIRST_TABLE else "0Table"


def frozen_compound(content: bytes, kind: Literal["doc", "xls"]) -> bytes:
    """The file with fields or formulas replaced by their saved results."""
    import olefile

    copy = io.BytesIO(content)
    with olefile.OleFileIO(copy, write_mode=True) as file:
        if kind == "doc":
            document = file.openstream("WordDocument").read()
            name = _table(document)
            changed = without_fields(document, file.openstream(name).read())
        else:
            name = next(name for name in _BOOKS if file.exists(name))
            changed = without_formulas(file.openstream(name).read())
        file.write_stream(name, changed)
        return copy.getvalue()
