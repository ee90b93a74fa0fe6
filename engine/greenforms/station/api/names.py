"""Names in addresses and parameters: what is no name is refused before anything is looked up."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query

_NAME, _LONGEST = r"^[a-z0-9-]+$", 80

Name = Annotated[str, Path(pattern=_NAME, max_length=_LONGEST, examples=["nm-2024"])]
Edition = Annotated[str | None, Query(pattern=_NAME, max_length=_LONGEST, description="只列这个版本的，如 nm-2024。")]
