"""Takes what came of each file: its results are written whole before the ledger is told."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenforms import datafile
from greenforms.batch.places import EACH
from greenforms.batch.work import Result
from greenforms.errors import Fault
from greenforms.scheduling.ledger import Ledger
from greenforms.scheduling.task import Refusal, Tally, Task
from greenforms_extractors.errors import UnreadableFile

#: Told now and then how things stand.
Watch = Callable[[Tally], None]

#: Seconds between two looks at how things stand, others' work with ours.
_PAUSE = 1.0


@dataclass(slots=True)
class Keeping:
    """The receiver of a batch."""

    output: Path
    ledger: Ledger
    watch: Watch
    faults: int = 0
    _made: set[Path] = field(default_factory=set)
    _looked: float = field(default_factory=time.monotonic)

    def begun(self, task: Task, number: int, total: int) -> None:
        """Many are begun at a time: what is told is how many are done."""

    def given(self, task: Task, value: Result) -> str:
        """Write the results of a file. Raises UsageError when nothing can be written any more."""
        for place, content in value.files.items():
            target = self.output / EACH / place
            if target.parent not in self._made:
                datafile.make_folder(target.parent)
                self._made.add(target.parent)
            datafile.write(str(target), content, force=True)
        self._look()
        return json.dumps(value.note, ensure_ascii=False)

    def refused(self, task: Task, error: Refusal) -> str:
        """Note why a file gave nothing; the traceback of a bug is written beside the results."""
        first, *more = _lines(error)
        if isinstance(error, UnreadableFile):
            first = first.replace(error.path.name, task.name, 1)
        note: dict[str, Any] = {"message": first, "more": more}
        if isinstance(error, Fault):
            self.faults += 1
            trace = f"出错-{error.number}.txt"
            datafile.write(str(self.output / trace), error.trace.encode(errors="backslashreplace"), force=True)
            note["trace"] = trace
        self._look()
        return json.dumps(note, ensure_ascii=False)

    def _look(self) -> None:
        if time.monotonic() - self._looked >= _PAUSE:
            self._looked = time.monotonic()
            self.watch(self.ledger.tally())


def _lines(error: Refusal) -> tuple[str, ...]:
    return (str(error),) if isinstance(error, UnreadableFile) else tuple(str(error).split("\n"))
