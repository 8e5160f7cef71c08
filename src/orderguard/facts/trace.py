"""Where a fact comes from: the places in the order document that its measurement read or lacked.

A measurement is an ordinary function over the order. To explain a fact, the same function runs once more over
a proxy of the order that records what is read. So no measurement states its own pointers.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import BaseModel


class _Depth:
    """Counts how often it was entered and not left. As a generator it would take three times as long."""

    def __init__(self) -> None:
        self.depth = 0

    def __enter__(self) -> None:
        self.depth += 1

    def __exit__(self, *_: object) -> None:
        self.depth -= 1


class Notes(NamedTuple):
    """What one measurement read and what it lacked, as JSON Pointers.

    Attributes:
        reads: pointer to value of what the fact itself speaks of.
        background: the same for what only places the fact in time, such as the dates of all infusions.
        lists: pointer to content of the lists that were looked through; None for lists of parts.
        missing: pointers of what is not known.
    """

    reads: dict[str, object]
    background: dict[str, object]
    lists: dict[str, object]
    missing: dict[str, None]


class Part(NamedTuple):
    """What is noted when something that measurements share is worked out.

    Attributes:
        key: what is worked out.
        value: what it is.
        steps: what is noted, in order; a part within stands for what is worked out on the way.
    """

    key: Hashable
    value: Any
    steps: tuple[Notes | Part, ...]


class Recorder:
    """Takes the notes of one measurement after the other.

    Attributes:
        reads, background, lists, missing: as in `Notes`.
    """

    def __init__(self) -> None:
        self._background = _Depth()
        self._silent = _Depth()
        self._steps: list[Notes | Part] | None = None
        self.begin()

    def begin(self) -> None:
        """Start anew: what was noted so far belongs to something else."""
        self.reads: dict[str, object] = {}
        self.background: dict[str, object] = {}
        self.lists: dict[str, object] = {}
        self.missing: dict[str, None] = {}

    @property
    def notes(self) -> Notes:
        """What was noted since the start."""
        return Notes(self.reads, self.background, self.lists, self.missing)

    @property
    def mode(self) -> tuple[bool, bool]:
        """What becomes of what is read: whether nothing is noted, and whether it is background."""
        return self._silent.depth > 0, self._background.depth > 0

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

    def in_background(self) -> AbstractContextManager[None]:
        """What is read within is background."""
        return self._background

    def silent(self) -> AbstractContextManager[None]:
        """What is read within is not noted at all."""
        return self._silent

    @contextmanager
    def attempt(self) -> Iterator[Notes]:
        """What is read within is noted apart, for `keep` or for nothing."""
        if self._steps is not None:
            # A part says what is noted always; an attempt in it would depend on what was noted before.
            raise RuntimeError("nothing that is worked out once may hang on an attempt")
        outer = self.reads, self.missing
        self.reads, self.missing = {}, {}
        try:
            yield Notes(self.reads, {}, {}, self.missing)
        finally:
            self.reads, self.missing = outer

    def keep(self, notes: Notes) -> None:
        """Take over what was noted apart."""
        self.reads.update(notes.reads)
        self.background.update(notes.background)
        self.lists.update(notes.lists)
        self.missing.update(notes.missing)

    @contextmanager
    def apart(self) -> Iterator[list[Notes | Part]]:
        """What is noted within becomes the steps of a part, and nothing else."""
        outer, outer_steps = self.notes, self._steps
        steps = self._steps = []
        self._begin_step()
        try:
            yield steps
        finally:
            self._steps = outer_steps
            self.reads, self.background, self.lists, self.missing = outer

    def _begin_step(self) -> None:
        self.begin()
        if self._steps is not None:
            self._steps.append(self.notes)

    def take(self, part: Part, noted: set[Hashable]) -> None:
        """Note what a part notes: all at once, or as a part of the part that is being made.

        Args:
            part: the part.
            noted: keys of what this measurement has noted already; those of the parts within are added.
        """
        if self._steps is not None:
            self._steps.append(part)
            self._begin_step()
            return
        for step in part.steps:
            if isinstance(step, Notes):
                self.keep(step)
            elif step.key not in noted:
                noted.add(step.key)
                self.take(step, noted)


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
