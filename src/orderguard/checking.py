"""Goes through every record of every input, one after the other, and knows the exit code."""

from __future__ import annotations

import abc
import contextlib
import errno
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from orderguard.errors import OrderguardError
from orderguard.inputs.extra import MissingExtraError
from orderguard.inputs.paths import STANDARD_INPUT, input_files
from orderguard.inputs.reading import read_input
from orderguard.output import ExitCode, Interrupts, OutputClosedError, OutputError, complain
from orderguard.records import Record


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
            self._catch_up()
            with self._interrupts.held():
                self._end()
        return self.code

    @abc.abstractmethod
    def _handle(self, record: Record) -> None:
        """Handle a record, readable or not."""

    def _take(self, record: Record) -> None:
        """Take a record, to handle it at once or later."""
        with self._interrupts.held():
            self._handle(record)

    def _catch_up(self) -> None:  # noqa: B027 (most runs leave nothing)
        """Handle what was taken and not handled."""

    def _opened(self, path: str) -> contextlib.AbstractContextManager[BinaryIO]:
        """The bytes of an input."""
        return opened(path)

    @abc.abstractmethod
    def _end(self) -> None:
        """Write what stands after the last record."""

    def _read_input(self, path: str) -> None:
        """Handle the records of one input. What fails here does not keep the next input from being read."""
        try:
            with self._opened(path) as stream:
                self._read_records(read_input(stream, path), path)
        except (OutputClosedError, OutputError, OrderguardError):
            raise
        except OSError as error:
            self._catch_up()
            complain(f"{path}: cannot be read: {error.strerror or type(error).__name__}")
            self._raise_to(ExitCode.USAGE)
        except MissingExtraError as error:
            self._catch_up()
            complain(f"{path}: {error}")
            self._raise_to(ExitCode.USAGE)
        except Exception as error:  # noqa: BLE001 (the next input is read whatever happens here)
            complain(f"{path}: internal error ({type(error).__name__})")
            self._raise_to(ExitCode.FAULT)

    def _read_records(self, records: Iterator[Record], path: str) -> None:
        empty = True
        for record in records:
            empty = False
            self._take(record)
        if empty:
            self._catch_up()
            complain(f"{path}: holds no order")
            self._raise_to(ExitCode.INVALID)

    def _raise_to(self, code: ExitCode) -> None:
        self.code = max(self.code, code)


def named_files(paths: Sequence[str]) -> tuple[list[str], ExitCode]:
    """The files that arguments name, and the exit code; what names none is said on standard error."""
    files: list[str] = []
    code = ExitCode.VERIFIED
    for path in paths:
        named = input_files(path)
        files += named.files
        for problem in named.problems:
            complain(problem)
            code = ExitCode.USAGE
    return files, code


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
