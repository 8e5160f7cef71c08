"""What the command line writes, and what becomes of it when nobody can take it.

Standard output carries results and nothing else. A reader that goes away ends the program without a
traceback, and Ctrl-C is held back while a line is being written, so a cut line is never left behind.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from enum import IntEnum
from types import FrameType
from typing import IO, Protocol


class ExitCode(IntEnum):
    """The exit codes of the command line; where several apply, the highest wins."""

    VERIFIED = 0
    NOT_VERIFIED = 1
    USAGE = 2
    INVALID = 3
    RULES = 4
    FAULT = 5


INTERRUPTED = 128 + 2
"""The exit code after Ctrl-C, as shells count it."""

OUTPUT_CLOSED = 128 + 13
"""The exit code when the reader of standard output went away, as shells count it."""


class OutputClosedError(Exception):
    """Nobody reads standard output any more."""


class OutputError(Exception):
    """What is written cannot be written; the text says why.

    Attributes:
        what: standard output, or the name of a file.
    """

    def __init__(self, reason: str, what: str = "standard output") -> None:
        super().__init__(reason)
        self.what = what


class Write(Protocol):
    """Writes text: to standard output, or to a file."""

    def __call__(self, text: str, *, flush: bool = True) -> None:
        """Write a text; with `flush` it is handed over at once.

        Raises:
            OutputClosedError: the reader went away.
            OutputError: it cannot be written for another reason.
        """


def write_out(text: str, *, encoding: str = "utf-8", flush: bool = True) -> None:
    """Write a text to standard output.

    Raises:
        OutputClosedError: the reader went away.
        OutputError: it cannot be written for another reason, such as a full disk.
    """
    if not text:
        return
    if sys.stdout is None:
        raise OutputError("it is closed")
    try:
        sys.stdout.buffer.write(text.encode(encoding, "backslashreplace"))
        if flush:
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise OutputClosedError from None
    except OSError as error:
        raise OutputError(error.strerror or type(error).__name__) from None


def write_table(text: str, *, flush: bool = True) -> None:
    """Write a text for people to standard output, in the encoding of the terminal.

    Raises:
        OutputClosedError: the reader went away.
        OutputError: it cannot be written for another reason.
    """
    write_out(text, encoding=getattr(sys.stdout, "encoding", None) or "utf-8", flush=flush)


def complain(text: str, *, prefix: str = "orderguard: ") -> None:
    """Write one line to standard error. Where that cannot be, the exit code has to speak alone."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{prefix}{printable(text)}\n")
        sys.stderr.flush()


def tell(text: str) -> None:
    """Write a paragraph to standard error as it is."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(text)
        sys.stderr.flush()


def printable(text: str) -> str:
    """The text with everything escaped that could move a terminal's cursor or be no character at all."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def settle() -> None:
    """Before the end: give up what standard output or error could not take, so that the exit code stays."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            _settle(stream)


def _settle(stream: IO[str]) -> None:
    try:
        stream.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


class Interrupts:
    """Ctrl-C while a record is in work: waits until its lines are written. A second Ctrl-C does not wait."""

    def __init__(self) -> None:
        self._held = False
        self._pending = False

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        """Handle Ctrl-C this way inside the block."""
        before = signal.signal(signal.SIGINT, self._on_signal)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold Ctrl-C back inside the block; it is raised at the end.

        Raises:
            KeyboardInterrupt: Ctrl-C came meanwhile.
        """
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._pending:
            raise KeyboardInterrupt

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._held and not self._pending:
            self._pending = True
        else:
            raise KeyboardInterrupt
