"""Where a fact comes from: the places in the order document that its measurement read or lacked.

A measurement is an ordinary function over the order. To explain a fact, the same function runs once more over
a proxy of the order that records what is read. So no measurement states its own pointers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel


class _Depth:
    """Counts how often it was entered and not left. As a generator it would take three times as long."""

    def __init__(self) -> None:
        self.depth = 0

    def __enter__(self) -> None:
        self.depth += 1

    def __exit__(self, *_: object) -> None:
        self.depth -= 1


class Recorder:
    """What one measurement read and what it lacked, as JSON Pointers.

    Attributes:
        reads: pointer to value of what the fact itself speaks of.
        background: the same for what only places the fact in time, such as the dates of all infusions.
        lists: pointer to content of the lists that were looked through; None for lists of parts.
        missing: pointers of what is not known.
    """

    def __init__(self) -> None:
        self.reads: dict[str, object] = {}
        self.background: dict[str, object] = {}
        self.lists: dict[str, object] = {}
        self.missing: dict[str, None] = {}
        self._background = _Depth()
        self._silent = _Depth()

    def read(self, pointer: str, value: object) -> None:
        """Note a value that was read; None is noted as missing."""
        if self._silent.depth:
            return
        if value is None:
            self.missing.setdefault(pointer)
        elif self._background.depth:
            self.background.setdefault(pointer, value)
        else:
            self.reads.setdefault(pointer, value)

    def list_read(self, pointer: str, items: tuple[Any, ...]) -> None:
        """Note a list that was looked through."""
        if not self._silent.depth:
            self.lists[pointer] = None if any(isinstance(item, BaseModel) for item in items) else list(items)

    def forget(self) -> None:
        """Start anew: what was noted so far belongs to something else."""
        for noted in (self.reads, self.background, self.lists, self.missing):
            noted.clear()

    def in_background(self) -> AbstractContextManager[None]:
        """What is read within is background."""
        return self._background

    def silent(self) -> AbstractContextManager[None]:
        """What is read within is not noted at all."""
        return self._silent

    @contextmanager
    def attempt(self) -> Iterator[Recorder]:
        """What is read within is noted apart, for `keep` or for nothing."""
        outer = self.reads, self.missing
        self.reads, self.missing = {}, {}
        part = Recorder()
        try:
            yield part
        finally:
            part.reads, part.missing = self.reads, self.missing
            self.reads, self.missing = outer

    def keep(self, part: Recorder) -> None:
        """Take over what an attempt noted."""
        self.reads = {**self.reads, **part.reads}
        self.missing = {**self.missing, **part.missing}


_SCALARS = frozenset({type(None), bool, int, str, Decimal, date, datetime})


class TracedModel:
    """A part of the order document that notes what is read of it."""

    __slots__ = ("_model", "_pointer", "_recorder")

    def __init__(self, model: BaseModel, pointer: str, recorder: Recorder) -> None:
        self._model = model
        self._pointer = pointer
        self._recorder = recorder

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._model, name)
        pointer = f"{self._pointer}/{name}"
        kind = type(value)
        if kind is tuple:
            return TracedList(value, pointer, self._recorder)
        # Asking `isinstance` of a model takes longer than all the rest.
        if kind not in _SCALARS and isinstance(value, BaseModel):
            return TracedModel(value, pointer, self._recorder)
        # A default is no place in the document.
        if value is None or name in self._model.model_fields_set:
            self._recorder.read(pointer, value)
        return value


class TracedList:
    """A list of the order document that notes that it was looked through."""

    __slots__ = ("_items", "_pointer", "_recorder")

    def __init__(self, items: tuple[Any, ...], pointer: str, recorder: Recorder) -> None:
        self._items = items
        self._pointer = pointer
        self._recorder = recorder
        recorder.list_read(pointer, items)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        for index, item in enumerate(self._items):
            if type(item) not in _SCALARS:
                yield TracedModel(item, f"{self._pointer}/{index}", self._recorder)
            else:
                self._recorder.read(f"{self._pointer}/{index}", item)
                yield item
