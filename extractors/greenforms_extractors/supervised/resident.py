"""How much memory another process holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def resident(pid: int) -> int:
    """Bytes of memory a process holds now; 0 when it has ended or the system does not tell."""
    if sys.platform == "win32":
        return _on_windows(pid)
    if sys.platform == "linux":
        return _on_linux(pid)
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=False)  # noqa: S603, S607
    return int(said.stdout.strip() or 0) * 1024


def _on_linux(pid: int) -> int:
    """The second number of statm counts pages (proc(5))."""
    if sys.platform != "linux":
        return 0
    import resource

    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def _on_windows(pid: int) -> int:
    """PROCESS_MEMORY_COUNTERS of psapi.h; its WorkingSetSize is asked for with PROCESS_QUERY_LIMITED_INFORMATION."""
    if sys.platform != "win32":
        return 0
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = [
            ("size", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            ("peak", ctypes.c_size_t),
            ("now", ctypes.c_size_t),
            ("rest", ctypes.c_size_t * 6),
        ]

    kernel = ctypes.WinDLL("kernel32")
    kernel.OpenProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo.argtypes = [wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD]
    kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    handle = kernel.OpenProcess(0x1000, False, pid)
    if not handle:
        return 0
    counters = Counters(size=ctypes.sizeof(Counters))
    kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.size)
    kernel.CloseHandle(handle)
    return int(counters.now)
