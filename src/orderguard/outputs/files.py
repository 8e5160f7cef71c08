"""Files that results are written to."""

from __future__ import annotations

from typing import BinaryIO

from orderguard.output import OutputError


class FileOutput:
    """A file that takes text in place of standard output.

    Args:
        path: the file; what is in it is replaced.

    Attributes:
        path: the file.

    Raises:
        OutputError: it cannot be opened.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.stream = opened_for_writing(path)

    def __call__(self, text: str, *, flush: bool = True) -> None:
        """Write a text.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            self.stream.write(text.encode("utf-8", "backslashreplace"))
            if flush:
                self.stream.flush()
        except OSError as error:
            raise failure(error, self.path) from None

    def close(self) -> None:
        """Hand over what is left.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            self.stream.close()
        except OSError as error:
            raise failure(error, self.path) from None


def opened_for_writing(path: str) -> BinaryIO:
    """A file whose content is replaced.

    Raises:
        OutputError: it cannot be opened.
    """
    try:
        return open(path, "wb")  # noqa: PTH123 (the caller closes it; a Path would drop a slash)
    except OSError as error:
        raise failure(error, path) from None


def failure(error: OSError, path: str) -> OutputError:
    """What ends a command whose file cannot be written."""
    return OutputError(error.strerror or type(error).__name__, path)
