"""Files of a form folder as they were parsed and checked when the program was built.

Parsing YAML and holding a file against its meta schema costs a call more than all the rest, and both depend on nothing
but the file's bytes, its meta schema and the code that does it. So what comes of them is kept under the hash of these
three: a file that was changed by one byte is none of those that are kept, and is read itself. An artefact is plain
JSON and never code; it lies where the shipped forms do, and only building the program writes there (`keeping`).
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from greenforms.bundled import resource_root

#: The modules that decide what a file's bytes come to.
_PARSERS = ("artefacts.py", "source.py")
_META, _ENDING = Path(__file__).with_name("meta"), ".schema.json"


def artefact_folder() -> Path:
    """Where artefacts lie, whether or not any were made."""
    return resource_root() / "artefacts"


def kept(raw: bytes, meta: str) -> Any | None:
    """What a file of these bytes says, if it satisfied the meta schema when the program was built; else None."""
    path = artefact_folder() / artefact_name(raw, meta)
    try:
        return json.loads(path.read_bytes())
    except OSError:
        return None


def artefact_name(raw: bytes, meta: str) -> str:
    """The name of the artefact of a file: a hash of its bytes, of what they must satisfy and of what parses them."""
    return f"{hashlib.sha256(_program(meta) + raw).hexdigest()}.json"


def meta_schemas() -> tuple[str, ...]:
    """The names of our meta schemas."""
    return tuple(sorted(path.name.removesuffix(_ENDING) for path in _META.iterdir()))


@cache
def meta_schema(meta: str) -> str:
    """The text of one of our meta schemas (`edition`, `rules`)."""
    return (_META / f"{meta}{_ENDING}").read_text("utf-8")


@cache
def _program(meta: str) -> bytes:
    parsers = (Path(__file__).with_name(name).read_bytes() for name in _PARSERS)
    return hashlib.sha256(b"\0".join((*parsers, meta_schema(meta).encode()))).digest()
