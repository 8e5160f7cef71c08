"""How far a run is, shown on a terminal."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from orderguard.process import allow_rich

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_SECONDS_WITHOUT = 1.0
"""A run that is over sooner shows nothing."""

_SECONDS_BETWEEN = 0.2


def shows_progress(*, others_write: bool) -> bool:
    """Whether standard error is a terminal on which a bar can move.

    Args:
        others_write: whether verdicts or events are written to a terminal too.
    """
    on_terminal = sys.stderr is not None and sys.stderr.isatty()
    return on_terminal and not others_write and os.environ.get("TERM") != "dumb"


class Progress:
    """A bar with the number of records, their rate, and the time left.

    Args:
        total: how many bytes the inputs have; None where nobody knows.
    """

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._started = time.monotonic()
        self._shown_at = self._started + _SECONDS_WITHOUT - _SECONDS_BETWEEN
        self._records = 0
        self._read = 0
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def reach(self, read: int) -> None:
        """Take note that some bytes of the inputs, from the beginning on, are done with."""
        self._read = read

    def add(self) -> None:
        """Count a record that was reported."""
        self._records += 1
        now = time.monotonic()
        if now - self._shown_at >= _SECONDS_BETWEEN:
            self._shown_at = now
            self._show(self._records / (now - self._started))

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _show(self, rate: float) -> None:
        if self._bar is None:
            self._bar = _bar()
            self._task = self._bar.add_task("", total=self._total, said="")
            self._bar.start()
        if self._task is not None:
            said = f"{self._records:,} records, {rate:,.0f} a second"
            self._bar.update(self._task, completed=self._read, said=said)
            self._bar.refresh()


def _bar() -> Bar:
    allow_rich()
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    # It is drawn when records are counted: a thread of its own would draw between other lines.
    return Progress(
        BarColumn(),
        TextColumn("{task.fields[said]}"),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=Console(stderr=True),
        auto_refresh=False,
        redirect_stdout=False,
        transient=True,
    )
