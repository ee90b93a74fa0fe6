"""Which batch a results folder holds: what was asked for, of which day, by which forms and program."""

from __future__ import annotations

import json
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from greenforms import datafile
from greenforms.batch.job import Job
from greenforms.batch.places import BATCH, BOOK, EACH
from greenforms.errors import UsageError

#: Seconds another process may need to write the few bytes of the file it has just made.
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Identity:
    """The id of a batch in its ledger, the job with the day of the first call, and whether its versions are new."""

    batch: str
    job: Job
    renewed: bool = False


def taken_up(output: Path, job: Job, *, resume: bool) -> Identity:
    """The batch in a folder, begun or taken up.

    Raises UsageError for a folder that holds one already without `resume`, another one, or something else.
    """
    file = output / BATCH
    if not file.exists():
        for name in (EACH, BOOK):
            datafile.refuse_taken(str(output / name), force=False)
        with suppress(FileExistsError):  # another computer was quicker
            with file.open("x", encoding="utf-8") as target:
                target.write(_text(begun := Identity(secrets.token_hex(8), job)))
            return begun
    elif not resume:
        raise UsageError(f"“{output}”里已有一次批处理。接着做请加 --resume，重新做请换一个目录。")
    return _compared(output, job, _read(file))


def _compared(output: Path, job: Job, kept: Any) -> Identity:
    if kept["asked"] != job.asked:
        asked = "、".join(map(str, kept["asked"].values()))
        raise UsageError(f"“{output}”里是另一次批处理（{asked}），不能接着做。请换一个目录，或照原来的命令写。")
    return Identity(kept["batch"], replace(job, day=kept["day"]), kept["versions"] != job.versions)


def batch_in(output: Path) -> str | None:
    """The id of the batch in a folder; None where none has begun."""
    file = output / BATCH
    return str(_read(file)["batch"]) if file.exists() else None


def renew(output: Path, identity: Identity) -> None:
    """From now on the batch is done by the forms and the program of this job."""
    datafile.write(str(output / BATCH), _text(identity).encode(), force=True)


def _text(identity: Identity) -> str:
    job = identity.job
    kept = {"batch": identity.batch, "asked": job.asked, "day": job.day, "versions": job.versions}
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def _read(file: Path) -> Any:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            kept = json.loads(file.read_text("utf-8"))
            if isinstance(kept, dict) and kept.keys() >= {"batch", "asked", "day", "versions"}:
                return kept
        except ValueError:
            pass
        if time.monotonic() > until:
            raise UsageError(f"“{file}”被改动过，认不出是哪一次批处理。请换一个目录重新做。")
        time.sleep(0.1)
