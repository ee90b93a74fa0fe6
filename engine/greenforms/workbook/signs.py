"""Whether a file is a workbook of ours, by what its parts say alone: by its marker, else by what its sheets say."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from greenforms.workbook.signature import ENTRY_COLUMNS, HOW_TO, READINGS, REQUIRED, SHEET

#: As much of a part is looked at; what a workbook says of itself stands at the beginning.
_MOST_BYTES = 8 * 1024 * 1024
#: The beginning of an old Office file (MS-CFB 2.2) and of a zip.
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
#: A heading with the star of what must be filled in; two of them make a list of ours.
_STARRED = re.compile(rf"[\u4e00-\u9fff）)]{re.escape(REQUIRED)}(?=[<\",\r\n])")
_STARS = 2
#: Where the runs of one text meet: programs part it by script, as "标 ", "* " and "的栏目必填".
_RUNS = re.compile(r"</t></r><r>(?:<rPr>.*?</rPr>)?<t(?: [^>]*)?>|</text:span>(?:<text:span[^>]*>)?|<text:span[^>]*>")
_TEXTS = re.compile(r"xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml|content\.xml")


def is_workbook(path: Path) -> bool:
    """Whether a file is a fill-in workbook of ours, in whatever format it was saved; never raises for a bad file."""
    return any(_is_ours(text) for text in _texts(path))


def is_readings(path: Path) -> bool:
    """Whether a file is a workbook of readings; never raises for a bad file."""
    return f'name="{READINGS}"' in _part(path, "xl/workbook.xml")


def has_marker(path: Path) -> bool:
    """Whether an .xlsx has the marker's sheet; never raises for a bad file."""
    return _is_marked(_part(path, "xl/workbook.xml"))


def _is_ours(text: str) -> bool:
    label, value = ENTRY_COLUMNS[:2]
    if _is_marked(text) or HOW_TO in text or (label in text and value in text):
        return True
    return len({*_STARRED.findall(text)}) >= _STARS or len(_STARRED.findall(text)) >= _STARS


def _is_marked(text: str) -> bool:
    return f'name="{SHEET}"' in text


def _texts(path: Path) -> Iterator[str]:
    """What the parts of a file say, as far as that can be told without reading it."""
    head = _content(path, len(_OLE))
    if path.suffix.lower() == ".csv":
        from greenforms_extractors.sheet.comma_text import decoded

        yield decoded(_content(path, _MOST_BYTES)) or ""
    elif head.startswith(_ZIP):
        yield _part(path, "xl/workbook.xml")
        yield from (_RUNS.sub("", _part(path, name)) for name in _names(path) if _TEXTS.fullmatch(name))
    elif head == _OLE:
        from greenforms_extractors.guard import MAX_LEGACY

        content = _content(path, MAX_LEGACY)
        yield content.decode("latin-1")
        yield from (content[start:].decode("utf-16-le", "ignore") for start in (0, 1))


def _content(path: Path, most: int) -> bytes:
    try:
        if not path.is_file():  # a pipe would keep us waiting
            return b""
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError:
        return b""


def _names(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as package:
            return package.namelist()
    except (OSError, ValueError, zipfile.BadZipFile):
        return []


def _part(path: Path, name: str) -> str:
    """The beginning of a part as text; "" for one that is not there or cannot be read."""
    if not path.is_file():
        return ""
    try:
        with zipfile.ZipFile(path) as package, package.open(name) as part:
            return part.read(_MOST_BYTES).decode("utf-8", "replace")
    except (OSError, EOFError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        return ""
