"""How many threads this process may start: as many as there are cores, unless whoever started it said otherwise."""

from __future__ import annotations

import os

#: The variables that say so: of OpenMP, which most libraries mind, and of OpenCV.
THREADS = ("OMP_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")


def threads() -> int:
    """The number of threads to share work among."""
    said = os.environ.get(THREADS[0], "")
    return int(said) if said.isdecimal() and said != "0" else os.cpu_count() or 1
