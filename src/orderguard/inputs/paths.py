"""Which files the arguments of a command name: files, directories, and patterns."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence

from orderguard.inputs.compressed import ENDINGS as PACKED_ENDINGS

STANDARD_INPUT = "-"
TEXT_ENDINGS = (".json", ".jsonl", ".ndjson", ".csv")
ENDINGS = (*TEXT_ENDINGS, *(kind + packed for kind in TEXT_ENDINGS for packed in PACKED_ENDINGS), ".parquet")
"""What the names of files end with that are taken out of a directory."""

_PATTERN_CHARACTERS = frozenset("*?[")


class PathError(Exception):
    """An argument that names no input; the text begins with the argument."""


def input_files(path: str) -> Iterator[str]:
    """The files that an argument names, in the order of their names.

    A directory stands for the files in it and below it whose names end as those of orders do; names that
    begin with a dot or an underscore are left out, as other programs do. A path that is not there and has
    `*`, `?` or `[` is a pattern; `**` stands for any number of directories.

    Raises:
        PathError: a directory cannot be read or holds no such file, or a pattern matches nothing.
    """
    if path == STANDARD_INPUT:
        yield path
    elif os.path.isdir(path):  # noqa: PTH112 (a Path would drop a trailing slash)
        yield from _in_directory(path)
    elif _PATTERN_CHARACTERS.intersection(path) and not os.path.lexists(path):
        yield from _matching(path)
    else:
        yield path


def _matching(pattern: str) -> Iterator[str]:
    """The files that match, and those in directories that match; each once."""
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (names stay as they are written)
    if not matches:
        raise PathError(f"{pattern}: matches no file")
    seen: set[str] = set()
    files = {match for match in matches if not os.path.isdir(match)}  # noqa: PTH112
    for match in matches:
        found: Sequence[str] = [match] if match in files else list(_files_below(match, ()))
        for file in found:
            name = os.path.normpath(file)
            if name not in seen:
                seen.add(name)
                yield file
    if not seen:
        raise PathError(f"{pattern}: {_NO_FILES}")


_NO_FILES = f"holds no file of orders ({', '.join((*TEXT_ENDINGS, '.parquet'))})"


def _in_directory(directory: str) -> Iterator[str]:
    empty = True
    for file in _files_below(directory, ()):
        empty = False
        yield file
    if empty:
        raise PathError(f"{directory}: {_NO_FILES}")


def _files_below(directory: str, above: tuple[tuple[int, int], ...]) -> Iterator[str]:
    """The files of orders in a directory, which lies in those that are named by device and inode."""
    try:
        status = os.stat(directory)  # noqa: PTH116
        with os.scandir(directory) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise PathError(f"{directory}: cannot be read: {error.strerror or type(error).__name__}") from None
    here = (status.st_dev, status.st_ino)
    if here in above:
        return
    for entry in found:
        if entry.name.startswith((".", "_")):
            continue
        if entry.is_dir():
            yield from _files_below(entry.path, (*above, here))
        elif entry.name.lower().endswith(ENDINGS) and (entry.is_file() or not os.path.exists(entry.path)):  # noqa: PTH110
            # A link that leads nowhere is an order that cannot be read, and is said to be.
            yield entry.path
