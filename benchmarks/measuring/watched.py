"""A command watched from outside: time, processor time, and the memory of its processes as it goes."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import psutil

MEGABYTE = 1_000_000

_PAUSE_SECONDS = 0.1
_LOOK_FOR_CHILDREN_SECONDS = 2.0
_MOST_SAMPLES = 400


class Sample(NamedTuple):
    """The memory at one time.

    Attributes:
        seconds: since the start.
        progress: what the caller reads at that time.
        parent: resident megabytes of the process that was started.
        children: resident megabytes of those that it started, together.
    """

    seconds: float
    progress: float
    parent: float
    children: float


@dataclass
class Watched:
    """What a command took.

    Attributes:
        code: its exit code.
        seconds: from start to end.
        cpu_seconds: of it and its children, in the program and in the system.
        peak: the most megabytes that all of its processes had at one time.
        peak_parent: the most that it had by itself, as the system counted it.
        peak_child: the most that one of its children had.
        samples: the memory over time, at most some hundred; each is the largest of several.
    """

    code: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak: float = 0.0
    peak_parent: float = 0.0
    peak_child: float = 0.0
    samples: list[Sample] = field(default_factory=list)


def watch(command: Sequence[str], progress: Callable[[], float]) -> Watched:
    """Run a command and watch it.

    Args:
        command: the program and its arguments. What it writes to standard output is lost.
        progress: says how far it is, in any unit.
    """
    watched = Watched()
    family = _Family()
    samples: list[Sample] = []
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while True:
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            seconds = time.perf_counter() - started
            parent, children = family.memory(process.pid)
            samples.append(Sample(seconds, progress(), parent, children))
            time.sleep(_PAUSE_SECONDS)
        watched.seconds = time.perf_counter() - started
        watched.code = process.returncode = os.waitstatus_to_exitcode(status)
    watched.cpu_seconds = usage.ru_utime + usage.ru_stime
    watched.peak = max(sample.parent + sample.children for sample in samples)
    watched.peak_parent, watched.peak_child = family.peak_parent, family.peak_child
    watched.samples = _thinned(samples)
    return watched


class _Family:
    """A process and those that it started.

    Attributes:
        peak_parent: the most megabytes that the process had.
        peak_child: the most megabytes that one of the others had.
    """

    def __init__(self) -> None:
        self._children: list[int] = []
        self._looked = 0.0
        self.peak_parent = 0.0
        self.peak_child = 0.0

    def memory(self, process: int) -> tuple[float, float]:
        """Resident megabytes of the process, and of its children together."""
        parent, peak = _memory(process)
        self.peak_parent = max(self.peak_parent, peak)
        children = [_memory(child) for child in self._children_of(process)]
        self.peak_child = max([self.peak_child, *(peak for _, peak in children)])
        return parent, sum(memory for memory, _ in children)

    def _children_of(self, process: int) -> list[int]:
        now = time.monotonic()
        if now - self._looked > _LOOK_FOR_CHILDREN_SECONDS or not self._children:
            self._looked = now
            try:
                self._children = [child.pid for child in psutil.Process(process).children(recursive=True)]
            except psutil.Error:
                self._children = []
        return self._children


def _memory(process: int) -> tuple[float, float]:
    """Resident megabytes of a process, and the most it ever had; nothing of one that has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0, 0.0
    found = dict(line.split(":", 1) for line in status.splitlines())
    now, most = (int(found.get(name, "0").split()[0]) * 1024 / MEGABYTE for name in ("VmRSS", "VmHWM"))
    return now, most


def _thinned(samples: Sequence[Sample]) -> list[Sample]:
    """At most some hundred of the samples: of so many in a row the one with the most memory."""
    step = -(-len(samples) // _MOST_SAMPLES)
    parts = [samples[start : start + step] for start in range(0, len(samples), step)]
    return [max(part, key=lambda sample: sample.parent + sample.children) for part in parts]
