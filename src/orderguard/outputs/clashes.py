"""Files that a run would both read and write, or write twice."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from orderguard.inputs.paths import STANDARD_INPUT

_File = tuple[int, int] | str


def clash(
    inputs: Sequence[str], written: Mapping[str, str], streams: Mapping[str, IO[str] | None]
) -> str | None:
    """Why files of a run do not go together; None if they do.

    Devices and pipes may be named as often as one likes.

    Args:
        inputs: the files that are read.
        written: the files that are written, by the options that name them.
        streams: standard output and standard error, by their names, as far as something is written there.
    """
    read = set(_known(_file(path) for path in inputs))
    by_file: dict[_File, str] = {}
    for option, path in written.items():
        file = _file(path)
        if file is None:
            continue
        if file in read:
            return f"{option} {path} is an input, which it would overwrite"
        if file in by_file:
            return f"{by_file[file]} and {option} name the same file"
        by_file[file] = option
    # A shell that begins the output makes it, so in a directory of inputs it is found there.
    for name, stream in streams.items():
        file = _of_stream(stream)
        if file in read:
            return f"{name} is an input, which it would overwrite"
        if file in by_file:
            return f"{by_file[file]} and {name} are the same file"
    return None


def is_file(path: str) -> bool:
    """Whether a path is that of a file, also of one that is not there yet."""
    return _file(path) is not None


def _known(files: Iterable[_File | None]) -> Iterable[_File]:
    return (file for file in files if file is not None)


def _file(path: str) -> _File | None:
    """What tells a file from every other; None for what is no file."""
    if path == STANDARD_INPUT:
        return _of_stream(sys.stdin)
    try:
        return _of_status(os.stat(path))  # noqa: PTH116 (a Path would drop a trailing slash)
    except OSError:
        return os.path.realpath(path)


def _of_stream(stream: IO[str] | None) -> _File | None:
    try:
        return None if stream is None else _of_status(os.fstat(stream.fileno()))
    except (OSError, ValueError):
        return None


def _of_status(status: os.stat_result) -> _File | None:
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None
