"""Goes through every record of every input, one after the other, and knows the exit code."""

from __future__ import annotations

import abc
import contextlib
import errno
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from orderguard.output import ExitCode, Interrupts, OutputClosedError, OutputError, complain
from orderguard.records import Record, read_records

if TYPE_CHECKING:
    from orderguard.checked import Checker
    from orderguard.reports import Report

STANDARD_INPUT = "-"


class Run(abc.ABC):
    """One run over inputs: every record is handled, whatever became of those before it.

    Attributes:
        code: the exit code so far; where several apply, the highest.
    """

    def __init__(self) -> None:
        self._interrupts = Interrupts()
        self.code = ExitCode.VERIFIED

    def run(self, paths: Sequence[str]) -> ExitCode:
        """Handle all inputs.

        Raises:
            KeyboardInterrupt: Ctrl-C; all lines that were written are whole.
            OutputClosedError: nobody reads standard output any more.
            OutputError: standard output cannot be written.
        """
        with self._interrupts.installed():
            for path in paths:
                self._read_input(path)
            with self._interrupts.held():
                self._end()
        return self.code

    @abc.abstractmethod
    def _handle(self, record: Record) -> None:
        """Handle a record, readable or not."""

    @abc.abstractmethod
    def _end(self) -> None:
        """Write what stands after the last record."""

    def _read_input(self, path: str) -> None:
        """Handle the records of one input. What fails here does not keep the next input from being read."""
        try:
            with opened(path) as stream:
                self._read_records(read_records(stream, path), path)
        except (OutputClosedError, OutputError):
            raise
        except OSError as error:
            complain(f"{path}: cannot be read: {error.strerror or type(error).__name__}")
            self._raise_to(ExitCode.USAGE)
        except Exception as error:  # noqa: BLE001 (the next input is read whatever happens here)
            complain(f"{path}: internal error ({type(error).__name__})")
            self._raise_to(ExitCode.FAULT)

    def _read_records(self, records: Iterator[Record], path: str) -> None:
        empty = True
        for record in records:
            empty = False
            with self._interrupts.held():
                self._handle(record)
        if empty:
            complain(f"{path}: holds no order")
            self._raise_to(ExitCode.INVALID)

    def _raise_to(self, code: ExitCode) -> None:
        self.code = max(self.code, code)


class Checking(Run):
    """Checks every record.

    Args:
        checker: what checks a record.
        report: what takes what became of it.
    """

    def __init__(self, checker: Checker, report: Report) -> None:
        super().__init__()
        self._checker = checker
        self._report = report
        self._first = True

    def _handle(self, record: Record) -> None:
        checked = self._checker.check(record, in_full=self._first)
        self._first = False
        if checked.complaint:
            complain(checked.complaint)
        self._report.add(checked)
        self._raise_to(checked.code)

    def _end(self) -> None:
        self._report.end()


@contextlib.contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input for `-`.

    Raises:
        OSError: it cannot be opened.
    """
    if path != STANDARD_INPUT:
        with open(path, "rb") as stream:  # noqa: PTH123 (a Path would drop a trailing slash)
            yield stream
    elif sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    else:
        yield sys.stdin.buffer
