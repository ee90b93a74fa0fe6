"""Word fields frozen to the results they were saved with.

LibreOffice works out dates, references and properties anew when it opens an old document: a date field would give the
day of reading, not the day the applicant saw. So such a field is renamed to one of which it shows what was saved.
"""

from __future__ import annotations

import re

#: Fields by name and by number (MS-DOC 2.9.90). Left alone: form fields, links, symbols, numbering, objects, tables.
_FROZEN = {
    "REF": 0x03, "IF": 0x07, "STYLEREF": 0x0A, "SEQ": 0x0C, "INFO": 0x0E, "TITLE": 0x0F, "SUBJECT": 0x10,
    "AUTHOR": 0x11, "KEYWORDS": 0x12, "COMMENTS": 0x13, "LASTSAVEDBY": 0x14, "CREATEDATE": 0x15, "SAVEDATE": 0x16,
    "PRINTDATE": 0x17, "REVNUM": 0x18, "EDITTIME": 0x19, "NUMPAGES": 0x1A, "NUMWORDS": 0x1B, "NUMCHARS": 0x1C,
    "FILENAME": 0x1D, "TEMPLATE": 0x1E, "DATE": 0x1F, "TIME": 0x20, "PAGE": 0x21, "INCLUDE": 0x24, "PAGEREF": 0x25,
    "ASK": 0x26, "FILLIN": 0x27, "DDE": 0x2D, "DDEAUTO": 0x2E, "IMPORT": 0x37, "LINK": 0x38, "MERGEFIELD": 0x3B,
    "USERNAME": 0x3C, "USERINITIALS": 0x3D, "USERADDRESS": 0x3E, "DOCVARIABLE": 0x40, "SECTION": 0x41,
    "SECTIONPAGES": 0x42, "INCLUDEPICTURE": 0x43, "INCLUDETEXT": 0x44, "FILESIZE": 0x45, "NOTEREF": 0x48,
    "COMPARE": 0x50, "DOCPROPERTY": 0x55,
}  # fmt: skip
#: What they become: a field that repeats a text, of which LibreOffice takes the text that was saved.
_QUOTE, _QUOTE_NUMBER = "QUOTE", 0x23

#: MS-DOC 2.5.6: pairs of place and length in the table stream, from this byte of the header on; those of field lists
#: are the text's, headers', footnotes', comments', endnotes', text boxes' and header text boxes'.
_PAIRS = 154
_FIELD_LISTS = (16, 17, 18, 19, 48, 57, 59)
#: MS-DOC 2.8.25: a list is n+1 places of 4 bytes and n fields of 2, of which the first says where in a field we are.
_PLACE, _FIELD, _BEGIN, _PART = 4, 2, 0x13, 0x1F

_NAMES = "|".join(sorted(_FROZEN, key=len, reverse=True))
#: The name after the keyword, past the groups and settings of the run that holds it.
_RTF_FIELD = re.compile(
    rf"(\\fldinst(?:\s|[{{}}]|\\\*|\\[a-z]+-?\d*)*)(?:{_NAMES})(?![A-Za-z])".encode(), re.IGNORECASE
)
_INSTRUCTION = re.compile(rf"^(\s*)(?:{_NAMES})(?![A-Za-z])", re.IGNORECASE)


def without_fields(document: bytes, table: bytes) -> bytes:
    """The table stream of a Word document, as long as before, with such fields renamed; `document` is its text."""
    frozen = bytearray(table)
    numbers = set(_FROZEN.values())
    for index in _FIELD_LISTS:
        at = _PAIRS + 8 * index
        start, length = (int.from_bytes(document[each : each + 4], "little") for each in (at, at + 4))
        count = (length - _PLACE) // (_PLACE + _FIELD)
        fields = start + _PLACE * (count + 1)
        for field in range(fields, min(fields + _FIELD * count, len(frozen) - 1), _FIELD):
            if frozen[field] & _PART == _BEGIN and frozen[field + 1] in numbers:
                frozen[field + 1] = _QUOTE_NUMBER
    return bytes(frozen)


def without_rtf_fields(content: bytes) -> bytes:
    """An RTF document with such fields renamed."""
    return _RTF_FIELD.sub(rb"\1" + _QUOTE.encode(), content)


def without_field(instruction: str) -> str:
    """The instruction of a field, renamed if it is such a field."""
    return _INSTRUCTION.sub(rf"\1{_QUOTE}", instruction, count=1)
