"""Our own data files as they were parsed and checked when the program was built.

Parsing YAML and holding it against a meta schema costs a call more than all the rest, and depends on nothing but the
file's bytes and on what reads them: code and meta schema. So what comes of it is kept under a hash of both. A file
that differs by one byte is none of those that are kept, and is read itself. An artefact is plain JSON and never code;
it lies beside the shipped forms, and only building the program writes there (`form/keeping`).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from greenforms.bundled import resource_root


def artefact_folder() -> Path:
    """Where artefacts lie, whether or not any were made."""
    return resource_root() / "artefacts"


def kept(raw: bytes, reader: bytes) -> Any | None:
    """What a file of these bytes says to a reader, if that was kept when the program was built; else None."""
    try:
        return json.loads((artefact_folder() / artefact_name(raw, reader)).read_bytes())
    except OSError:
        return None


def artefact_name(raw: bytes, reader: bytes) -> str:
    """The name of the artefact of a file with these bytes."""
    return f"{hashlib.sha256(reader + raw).hexdigest()}.json"


def reader_of(*parts: bytes) -> bytes:
    """What stands for a reader: a hash of all that decides what it makes of a file."""
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()
