"""A memory of what a function gives, for functions that are asked far more often than they differ."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_MOST = 4096


def remembered(function: Callable[[Key], Value], most: int = _MOST) -> Callable[[Key], Value]:
    """The same function with a memory.

    It forgets everything when it is full. Unlike `lru_cache` it changes nothing where it remembers, so an
    answer costs half as much. Arguments must be of one type: 1 and True would be taken for the same.

    Args:
        function: a function of one argument. What it raises is not remembered.
        most: how many arguments are remembered.
    """
    return _Memory(function, most).__getitem__


class _Memory(dict[Key, Value]):
    """What a function gave."""

    def __init__(self, function: Callable[[Key], Value], most: int) -> None:
        super().__init__()
        self._function = function
        self._most = most

    def __missing__(self, key: Key) -> Value:
        value = self._function(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value
