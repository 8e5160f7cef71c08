"""What a measurement was made on, without its name."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

import psutil

from measuring.figures import Figures


def machine() -> Figures:
    """The machine: processor, memory, system, Python, and how busy it is."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "system": platform.freedesktop_os_release()["PRETTY_NAME"],
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    named = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return platform.machine() if named is None else " ".join(named[1].split())
