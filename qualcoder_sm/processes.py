"""Processes of this computer: whether the one that left something behind still runs."""

import os
from pathlib import Path


def started(pid: int) -> float:
    """When a process started, to tell a reused number from its first owner; 0 if it is gone.

    Seconds, from a moment of the system's own. 1 where the system does not tell.
    """
    stat = Path(f"/proc/{pid}/stat")
    if stat.parent.parent.joinpath("self").exists():
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            return 0
        return 0 if fields[0] in "ZX" else 1 + float(fields[19]) / os.sysconf("SC_CLK_TCK")
    return 1 if _runs(pid) else 0


def lives(pid: int, since: float) -> bool:
    """Whether the process of this number that started then still runs."""
    now = started(pid)
    return now > 0 and abs(now - since) < 2


def _runs(pid: int) -> bool:
    if os.name == "nt":
        return _runs_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _runs_on_windows(pid: int) -> bool:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]  # exists on Windows only
    limited_query, still_active = 0x1000, 259
    handle = kernel.OpenProcess(limited_query, False, pid)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == still_active
