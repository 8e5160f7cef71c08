"""The context of a measurement that is explained: the same order, behind a proxy that notes what is read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar, cast

from orderguard.facts.context import DRUG_FIELDS, FindDrug, Measure, OrderContext
from orderguard.facts.terminology import DrugMatch, Terminology
from orderguard.facts.trace import Notes, Part, Recorder, TracedModel
from orderguard.order import Order

T = TypeVar("T")

_MOST_NOTES = 500_000
"""So many notes of an order are kept to be repeated; what notes more than that is worked out each time."""


class Tracing:
    """What the traced measurements of one order share, so that none works it out again.

    Args:
        order: the order.
        recorder: takes the notes.

    Attributes:
        order: the order, its reading noted.
        recorder: takes the notes.
        values: what was worked out, by its key.
        parts: what is noted when it is worked out, by its key and the recorder's mode.
    """

    def __init__(self, order: Order, recorder: Recorder) -> None:
        self.order = cast(Order, TracedModel(order, "", recorder))
        self.recorder = recorder
        self.values: dict[Hashable, Any] = {}
        self.parts: dict[Hashable, Part] = {}
        self._room = _MOST_NOTES

    def remember(self, place: Hashable, part: Part) -> None:
        """Keep a part, as long as there is room for its notes."""
        self.values.setdefault(part.key, part.value)
        size = sum(len(noted) for step in part.steps if isinstance(step, Notes) for noted in step)
        if size <= self._room:
            self._room -= size
            self.parts[place] = part


class TracedContext(OrderContext):
    """An order whose reading is noted, for one measurement.

    Args:
        tracing: what the measurements of the order share.
        terminology: the value sets.
        measure: what the pack tells the measurements.
        find_drug: `terminology.drug`, or the same with a memory.
        noted: what is worked out already, so that nothing is noted of it.
    """

    recorder: Recorder

    def __init__(
        self,
        tracing: Tracing,
        terminology: Terminology,
        measure: Measure,
        find_drug: FindDrug,
        noted: Iterable[Hashable] = (),
    ) -> None:
        super().__init__(tracing.order, terminology, measure, find_drug)
        self.recorder = tracing.recorder
        self._tracing = tracing
        self._noted = set(noted)

    @property
    def noted(self) -> frozenset[Hashable]:
        """What was worked out."""
        return frozenset(self._noted)

    def work_out(self, work_out: Callable[..., T], *arguments: Hashable) -> T:
        """What a function gives; what it notes is noted when the measurement asks for the first time.

        It runs once an order. After that its notes are repeated, which is far faster.
        """
        key = work_out, arguments
        if key not in self._noted:
            self._noted.add(key)
            self.recorder.take(self._part(key), self._noted)
        return cast(T, self._tracing.values[key])

    def _part(self, key: tuple[Callable[..., Any], tuple[Hashable, ...]]) -> Part:
        place = key, self.recorder.mode
        part = self._tracing.parts.get(place)
        if part is None:
            work_out, arguments = key
            # In a context of its own nothing is worked out yet, so all is noted that may ever be.
            own = TracedContext(self._tracing, self.terminology, self.measure, self.find_drug)
            with self.recorder.apart() as steps:
                value = work_out(own, *arguments)
            part = Part(key, value, tuple(filter(_says_something, steps)))
            self._tracing.remember(place, part)
        return part

    def quiet(self, entry: Any, name: str) -> Any:
        """A field that is read without a note."""
        with self.recorder.silent():
            return getattr(entry, name)

    def background_get(self, entry: Any, name: str) -> Any:
        """A field that is noted as background."""
        with self.recorder.in_background():
            return getattr(entry, name)

    def peek(self, entry: Any, name: str) -> Any:
        """A field that may be absent without anything being missing."""
        value = self.quiet(entry, name)
        return value if value is None else getattr(entry, name)

    def background(self) -> AbstractContextManager[Any]:
        """Notes what is read within as background."""
        return self.recorder.in_background()

    def silent(self) -> AbstractContextManager[Any]:
        """Notes nothing of what is read within."""
        return self.recorder.silent()

    def note_missing(self, entry: Any, name: str) -> None:
        """Note that a field of an entry is needed and not known."""
        getattr(entry, name)

    def note_unusable(self, entry: Any, name: str) -> None:
        """Note that a field of an entry is given but tells nothing."""
        self.recorder.missing.setdefault(f"{entry._pointer}/{name}")  # noqa: SLF001

    def note_untold(self, entry: Any) -> None:
        """Note that something is needed of an entry that it has no field for."""
        self.recorder.missing.setdefault(entry._pointer)  # noqa: SLF001

    def note_lacking(self, pointer: str) -> None:
        """Note that a list does not hold what is needed."""
        self.recorder.missing.setdefault(pointer)

    def exists(self, entries: Sequence[T] | None, test: Callable[[T], bool | None]) -> bool | None:
        """Whether an entry passes a test; the notes are those of the entries that decide."""
        if not entries:
            return None if entries is None else False
        parts: dict[bool | None, list[Notes]] = {True: [], False: [], None: []}
        for entry in entries:
            with self.recorder.attempt() as part:
                found = test(entry)
            parts[found].append(part)
        result = True if parts[True] else None if parts[None] else False
        if result is not False:
            for part in parts[result]:
                self.recorder.keep(part)
        return result

    def note_missing_days(self) -> None:
        """Note what the date of an infusion is needed from and not known."""
        if not self.infusions:
            self.recorder.missing.setdefault("/infusions")
        for item in self.infusions:
            if item.day is None:
                self.note_missing(item.infusion, "scheduled_start")

    def drug_of(self, entry: Any) -> DrugMatch | None:
        """The drug that an entry names; None when it has neither name nor code."""
        with self.recorder.silent():
            fields = DRUG_FIELDS[type(entry._model)](entry)  # noqa: SLF001
        match = self.find_drug(*fields)
        if match is None:
            self.note_missing(entry, "name")
        return match


def _says_something(step: Notes | Part) -> bool:
    return any(step) if isinstance(step, Notes) else True
