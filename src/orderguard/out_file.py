"""The files that `--out` and `--report` name."""

from __future__ import annotations

import fcntl
import os
import stat

from orderguard.errors import OrderguardError
from orderguard.output import OutputError


class OutFileError(OrderguardError):
    """The file cannot be used; the text says why."""


class OutFile:
    """A file that takes what a run writes.

    Args:
        path: the file. It is made if it is not there; what is in it stays until `keep` is called.

    Attributes:
        stream: takes bytes.

    Raises:
        OutFileError: it cannot be opened, or another run writes it.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        try:
            self.stream = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o666), "wb")
        except OSError as error:
            raise OutFileError(f"{path}: cannot be written: {error.strerror}") from None
        # A device can be sought but not cut, and many may write to it at once.
        self._is_file = stat.S_ISREG(os.fstat(self.stream.fileno()).st_mode)
        if self._is_file:
            self._lock(path)

    def _lock(self, path: str) -> None:
        try:
            # The lock goes with the process, however it ends.
            fcntl.flock(self.stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.stream.close()
            raise OutFileError(f"{path}: another run is writing it") from None

    def keep(self, count: int) -> None:
        """Go on behind the first `count` bytes of the file; what stands there is cut off."""
        if self._is_file:
            self.stream.truncate(count)
            self.stream.seek(count)

    def write(self, text: str, *, flush: bool = True) -> None:
        """Write a text.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            self.stream.write(text.encode("utf-8", "backslashreplace"))
            if flush:
                self.stream.flush()
        except OSError as error:
            raise self.failure(error) from None

    def close(self) -> None:
        """Write what is held back, and close the file.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            self.stream.close()
        except OSError as error:
            raise self.failure(error) from None

    def failure(self, error: OSError) -> OutputError:
        """What ends a command whose file cannot be written."""
        return OutputError(error.strerror or type(error).__name__, self._path)
