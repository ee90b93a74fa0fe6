"""The LibreOffice of this process: started when first needed, used for every file, renewed when it dies.

Starting it takes seconds, one more file tenths of a second. It ends with this process, however that ends.
"""

from __future__ import annotations

import atexit
import threading
import time

from greenforms_extractors.office.instance import Instance, Job, OfficeFailure
from greenforms_extractors.office.program import find_office

#: Seconds one file may take: 28 pages take 4 on a slow machine, a first start up to 10 more.
TIMEOUT = 120.0
#: LibreOffice keeps some memory of every file: 0.1 MB of one converted, 1 MB of one printed, beside 190 MB.
_MOST_FILES = 200


class Office:
    """Supervises one instance: one file at a time, a fresh instance after a crash or a file that took too long."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._instance: Instance | None = None

    def convert(self, job: Job, timeout: float = TIMEOUT) -> bytes:
        """Convert one file within so many seconds. Raises OfficeFailure."""
        deadline = time.monotonic() + timeout
        with self._turn:
            try:
                return self._attempt(job, deadline)
            except OfficeFailure as failure:
                if failure.code != "office-failed" or self._instance is not None:
                    raise
                # It died, perhaps not of this file: once more.
                return self._attempt(job, deadline)

    def stop(self) -> None:
        """End the instance, if there is one."""
        if self._instance is not None:
            self._instance.stop()
            self._instance = None

    def _attempt(self, job: Job, deadline: float) -> bytes:
        """One try. An instance that died, or that is still busy with what nobody waits for, is ended."""
        try:
            instance = self._running(deadline)
            return instance.convert(job, deadline)
        except BaseException as error:
            failed = isinstance(error, OfficeFailure) and error.code == "office-failed"
            if not failed or self._instance is None or not self._instance.alive():
                self.stop()
            raise

    def _running(self, deadline: float) -> Instance:
        if self._instance is not None and self._instance.alive() and self._instance.files < _MOST_FILES:
            return self._instance
        self.stop()
        program = find_office()
        if program is None:
            raise OfficeFailure("no-office")
        self._instance = Instance(program)
        self._instance.wait_until_ready(deadline)
        return self._instance


_OFFICE = Office()
atexit.register(_OFFICE.stop)


def convert(job: Job, timeout: float = TIMEOUT) -> bytes:
    """Convert one file by the LibreOffice of this process. Raises OfficeFailure."""
    return _OFFICE.convert(job, timeout)
