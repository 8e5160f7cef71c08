"""Which files the arguments of a command name: files, directories, and patterns."""

from __future__ import annotations

import os
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from orderguard.inputs.compressed import ENDINGS as PACKED_ENDINGS

STANDARD_INPUT = "-"
TEXT_ENDINGS = (".json", ".jsonl", ".ndjson", ".csv")
ENDINGS = (*TEXT_ENDINGS, *(kind + packed for kind in TEXT_ENDINGS for packed in PACKED_ENDINGS), ".parquet")
"""What the names of files end with that are taken out of a directory."""

_PATTERN_CHARACTERS = frozenset("*?[")
_ANY_DIRECTORIES = "**"
_NO_FILES = f"holds no file of orders ({', '.join((*TEXT_ENDINGS, '.parquet'))})"


class Named(NamedTuple):
    """What an argument names.

    Attributes:
        files: the files, in the order of their names.
        problems: what cannot be read, a text each; it begins with the path.
    """

    files: Sequence[str]
    problems: Sequence[str] = ()


def input_files(path: str) -> Named:
    """The files that an argument names.

    A directory stands for the files in it and below it whose names end as those of orders do; names that
    begin with a dot or an underscore are left out, as other programs do. A path that is not there and has
    `*`, `?` or `[` is a pattern; `**` stands for any number of directories. A file that links lead to more
    than once is named once. What cannot be read keeps nothing else from being named.
    """
    if path == STANDARD_INPUT:
        return Named([path])
    if os.path.isdir(path):  # noqa: PTH112 (a Path would drop a trailing slash)
        return _Search().in_directory(path)
    if _PATTERN_CHARACTERS.intersection(path) and not os.path.lexists(path):
        return _Search().matching(path)
    return Named([path])


class _Search:
    """A search for files. Links are followed, and what they lead to is seen once."""

    def __init__(self) -> None:
        self._files: list[str] = []
        self._problems: list[str] = []
        self._named: set[str] = set()
        self._visited: set[str] = set()
        self._matches: list[str] = []
        self._matched_in: set[tuple[str, int]] = set()

    def in_directory(self, directory: str) -> Named:
        """The files of orders in a directory and below it."""
        self._look_below(directory)
        return self._found(f"{directory}: {_NO_FILES}")

    def matching(self, pattern: str) -> Named:
        """The files that match, and those of orders in directories that match."""
        root, parts = ("/", pattern.lstrip("/")) if pattern.startswith("/") else ("", pattern)
        self._match(root, parts.split("/"), 0)
        if not self._matches:
            return self._found(f"{pattern}: matches no file")
        for match in sorted(self._matches):
            if os.path.isdir(match):  # noqa: PTH112
                self._look_below(match)
            else:
                self._name(match)
        return self._found(f"{pattern}: {_NO_FILES}")

    def _found(self, nothing: str) -> Named:
        if not self._files and not self._problems:
            self._problems.append(nothing)
        return Named(self._files, self._problems)

    def _name(self, file: str) -> None:
        real = os.path.realpath(file)
        if real not in self._named:
            self._named.add(real)
            self._files.append(file)

    def _look_below(self, directory: str) -> None:
        real = os.path.realpath(directory)
        if real in self._visited:
            return
        self._visited.add(real)
        for entry in self._entries(directory):
            if entry.name.startswith((".", "_")):
                continue
            is_order = entry.name.lower().endswith(ENDINGS)
            try:
                if entry.is_dir():
                    self._look_below(entry.path)
                    continue
                is_file = entry.is_file() or not os.path.exists(entry.path)  # noqa: PTH110
            except OSError as error:
                if not is_order:
                    self._cannot_read(entry.path, error)
                    continue
                is_file = True
            # A link that leads nowhere is an order that cannot be read, and is said to be.
            if is_order and is_file:
                self._name(entry.path)

    def _match(self, directory: str, parts: Sequence[str], done: int) -> None:
        """Find what matches the parts of a pattern from `done` on, in a directory."""
        state = (os.path.realpath(directory), done)
        if state in self._matched_in:
            return
        self._matched_in.add(state)
        if parts[done] == _ANY_DIRECTORIES:
            self._match_any(directory, parts, done)
            return
        is_last = done == len(parts) - 1
        for name in self._names_like(directory, parts[done]):
            path = os.path.join(directory, name)  # noqa: PTH118
            if not is_last and os.path.isdir(path):  # noqa: PTH112
                self._match(path, parts, done + 1)
            elif is_last and os.path.lexists(path):
                self._matches.append(path)

    def _match_any(self, directory: str, parts: Sequence[str], done: int) -> None:
        """Find what matches where the next part stands for any number of directories."""
        is_last = done == len(parts) - 1
        if is_last:
            self._matches.append(directory or os.curdir)
        else:
            self._match(directory, parts, done + 1)
        for name in self._names_like(directory, "*"):
            path = os.path.join(directory, name)  # noqa: PTH118
            if os.path.isdir(path):  # noqa: PTH112
                self._match(path, parts, done)
            elif is_last:
                self._matches.append(path)

    def _names_like(self, directory: str, part: str) -> Sequence[str]:
        """The names in a directory that match a part of a pattern; `*` matches no dot that begins a name."""
        if not _PATTERN_CHARACTERS.intersection(part):
            return [part]
        names = [entry.name for entry in self._entries(directory or os.curdir)]
        return [name for name in names if fnmatchcase(name, part) and (name[0] != "." or part[0] == ".")]

    def _entries(self, directory: str) -> Sequence[os.DirEntry[str]]:
        try:
            with os.scandir(directory) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._cannot_read(directory, error)
            return []

    def _cannot_read(self, path: str, error: OSError) -> None:
        problem = f"{path}: cannot be read: {error.strerror or type(error).__name__}"
        if problem not in self._problems:
            self._problems.append(problem)
