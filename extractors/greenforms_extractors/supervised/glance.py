"""Whether a file promises so little work that it may be read in the process itself: sizes and counts, no content.

Only Office packages do: what they hold is told by the directory of a zip, and no more than that is unpacked. What a
PDF or a picture comes to is not known before it is read.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

#: An official form of thirty pages has 25 parts and half a megabyte of XML.
_MOST_BYTES = 8 << 20
_MOST_PARTS = 300
_MOST_MARKUP = 4 << 20
_MOST_UNPACKED = 32 << 20
_ZIP = b"PK\x03\x04"
#: Parts that are taken as they are, not parsed.
_PICTURES = (".png", ".jpeg", ".jpg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp")


def is_light(path: Path) -> bool:
    """Whether a file needs no child: a modest Office package, or nothing that could be opened at all."""
    try:
        if not path.is_file():
            return path.is_dir() or not path.exists()
        if path.stat().st_size > _MOST_BYTES:
            return False
        with path.open("rb") as stream:
            head = stream.read(len(_ZIP))
        return not head or (head == _ZIP and _is_modest(path))
    except OSError:
        return True


def _is_modest(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return True  # not to be unpacked by anybody
    markup = sum(part.file_size for part in parts if not part.filename.lower().endswith(_PICTURES))
    return (
        len(parts) <= _MOST_PARTS and markup <= _MOST_MARKUP and sum(part.file_size for part in parts) <= _MOST_UNPACKED
    )
