"""The decision log: one JSON line for each verdict. The only module that logs.

Everything that structlog needs is handed over here, so what a host program configures neither changes nor
drops an event. `structlog.configure` is never called.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn, Protocol

from orderguard.errors import DecisionLogError


class LineStream(Protocol):
    """What a decision log writes to: any text stream."""

    def write(self, text: str, /) -> object:
        """Take a whole line."""

    def flush(self) -> object:
        """Hand over what was taken."""


class KeptLines:
    """Keeps lines until they are taken, for a process whose events are written elsewhere."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def write(self, text: str, /) -> None:
        """Keep a line."""
        self._lines.append(text)

    def flush(self) -> None:
        """Who takes them writes them."""

    def take(self) -> tuple[str, ...]:
        """The lines that were kept since they were last taken."""
        lines, self._lines = tuple(self._lines), []
        return lines


class DecisionLog:
    """Writes decision events as JSON lines; may be shared between threads.

    Args:
        stream: where the lines go. None: standard error, as it is when an event is written.
    """

    def __init__(self, stream: LineStream | None = None) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._cut = False

    @classmethod
    def to_path(cls, path: str | os.PathLike[str]) -> DecisionLog:
        """A log that appends to a file, one system call a line.

        Raises:
            DecisionLogError: the file cannot be opened for appending.
        """
        try:
            return cls(_AppendedFile(Path(path)))
        except OSError as error:
            raise DecisionLogError(f"the decision log cannot be opened: {_reason(error)}") from None

    def write(self, event: Mapping[str, object]) -> None:
        """Write the event `order_verified`.

        Args:
            event: the fields of the event, made of JSON values only.

        Raises:
            DecisionLogError: the event is not certainly written. The text holds no value of the event.
        """
        self._emit("info", "order_verified", event)

    def fault(self, event: Mapping[str, object]) -> None:
        """Write the error event `engine_fault`.

        Args:
            event: the fields of the event, made of JSON values only.

        Raises:
            DecisionLogError: the event is not certainly written.
        """
        self._emit("error", "engine_fault", event)

    def pass_on(self, line: str) -> None:
        """Write an event that a worker process made.

        Args:
            line: the event as its log wrote it.

        Raises:
            DecisionLogError: the event is not certainly written.
        """
        try:
            self._put(line.strip("\n"))
        except Exception as error:  # noqa: BLE001 (as for an event of this process)
            raise DecisionLogError(f"the decision log cannot be written: {_reason(error)}") from None

    def close(self) -> None:
        """Close the file that `to_path` opened; any other stream is left alone."""
        if isinstance(self._stream, _AppendedFile):
            self._stream.close()

    @cached_property
    def _logger(self) -> Any:
        # Importing structlog takes long, and not every command writes an event.
        import structlog

        processors: list[Any] = [structlog.processors.add_log_level, _line]
        return structlog.BoundLogger(_Lines(self), processors, {})

    def _emit(self, level: str, name: str, event: Mapping[str, object]) -> None:
        # Whatever goes wrong in a stream of the host, the event is not written.
        try:
            getattr(self._logger, level)(name, **event)
        except Exception as error:  # noqa: BLE001
            raise DecisionLogError(f"the decision log cannot be written: {_reason(error)}") from None

    def _put(self, line: str) -> None:
        with self._lock:
            stream = sys.stderr if self._stream is None else self._stream
            if stream is None:
                raise OSError("standard error is closed")
            # A line that was cut by a failed write must not swallow the next one.
            text = f"\n{line}\n" if self._cut else f"{line}\n"
            self._cut = True
            stream.write(text)
            stream.flush()
            self._cut = False


class _Lines:
    """The logger that structlog wraps: takes a rendered event of either level."""

    def __init__(self, log: DecisionLog) -> None:
        self.info = self.error = log._put  # noqa: SLF001  (the two are one unit)


class _AppendedFile:
    """A file opened for appending, without a buffer that would write a lost event later."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)

    def write(self, text: str, /) -> None:
        rest = memoryview(text.encode())
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        os.close(self._descriptor)


def _reason(error: Exception) -> str:
    """Why, in words that come from the system, never from the event."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__


def timestamp(moment: datetime) -> str:
    """An instant in UTC, to the microsecond, always of the same length."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _refuse(_value: object) -> NoReturn:
    raise TypeError("an event is made of JSON values only")


_encode = json.JSONEncoder(allow_nan=False, default=_refuse, separators=(", ", ": ")).encode


def _line(_logger: Any, _method: str, event: dict[str, Any]) -> str:
    """The event as a line, with the same keys in the same order in every event: what it is, what it says."""
    head = {
        "timestamp": timestamp(datetime.now(UTC)),
        "level": event.pop("level"),
        "event": event.pop("event"),
    }
    return _encode(head | event)
