"""What papers state, as an answer for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from starlette.responses import Response

from greenforms.export.statements import Stating, statements_of, written
from greenforms.form.library import Library

Kind = Literal["jsonl", "csv", "xbrl.json"]
_MEDIA = {"jsonl": "application/jsonl", "csv": "text/csv", "xbrl.json": "application/json"}
#: How the answer stands in the description of the interface.
FACTS: dict[int | str, dict[str, Any]] = {
    200: {"description": "一行一条，或 xBRL-JSON", "content": {media: {} for media in _MEDIA.values()}}
}


def stated_answer(library: Library, papers: Sequence[Stating], kind: Kind) -> Response:
    """The file that `greenforms facts -o` writes."""
    return Response(written(library, statements_of(library, papers), kind), media_type=_MEDIA[kind])
