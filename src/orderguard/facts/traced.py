"""The context of a measurement that is explained: the same order, behind a proxy that notes what is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar, cast

from orderguard.facts.context import DRUG_FIELDS, FindDrug, Measure, OrderContext
from orderguard.facts.terminology import DrugMatch, Terminology
from orderguard.facts.trace import Recorder, TracedModel
from orderguard.order import Order

T = TypeVar("T")


class TracedContext(OrderContext):
    """An order whose reading is noted.

    Args:
        order: the order.
        terminology: the value sets.
        measure: what the pack tells the measurements.
        find_drug: `terminology.drug`, or the same with a memory.
        recorder: takes the notes.
    """

    recorder: Recorder

    def __init__(
        self,
        order: Order,
        terminology: Terminology,
        measure: Measure,
        find_drug: FindDrug,
        recorder: Recorder,
    ) -> None:
        super().__init__(cast(Order, TracedModel(order, "", recorder)), terminology, measure, find_drug)
        self.recorder = recorder

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
        parts: dict[bool | None, list[Recorder]] = {True: [], False: [], None: []}
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
