"""What is to be done with every file of a batch, and by which forms and program."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from greenforms.batch.versions import travelling, versions_of
from greenforms.form.library import Library

Command = Literal["extract", "check", "render"]


@dataclass(frozen=True, slots=True)
class Job:
    """`form` and `edition` as in the commands for single files; `kind` is the format that `render` prints.

    `day` is the day that verdicts are for, ISO. It stays that of the first call, so that a batch speaks with one voice.
    """

    command: Command
    form: str | None = None
    edition: str | None = None
    kind: str | None = None
    day: str = ""
    folders: tuple[str, ...] = ()
    versions: str = ""

    def by(self, library: Library) -> Job:
        """The same job, to be done by these forms and this program."""
        return replace(self, folders=travelling(library.folders), versions=versions_of(library))

    @property
    def as_of(self) -> date:
        """The day that verdicts are for."""
        return date.fromisoformat(self.day)

    @property
    def asked(self) -> dict[str, Any]:
        """What the user asked for, without the day."""
        kept = ("command", "form", "edition", "kind")
        return {name: value for name, value in asdict(self).items() if name in kept and value is not None}

    def key(self, digest: str) -> str:
        """The key of doing this to bytes of a hash."""
        told = [self.asked, self.day, self.versions, digest]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
