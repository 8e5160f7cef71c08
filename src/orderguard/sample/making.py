"""Makes synthetic orders and says what each must get: from how it was made, never from the engines."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from orderguard.sample.breaking import BREAKS
from orderguard.sample.dates import after_start, day_1, last_day
from orderguard.sample.places import Json, spots
from orderguard.sample.recipes import Fault, movable_order, recipes

KINDS = ("clean", "violating", "incomplete", "broken")
USUAL_MIX: Mapping[str, int] = {"clean": 70, "violating": 15, "incomplete": 10, "broken": 5}
"""Percent of each kind."""

_MOST_FAULTS = 3
_MOST_DAYS_LATER = 1500
_STRICTEST_FIRST = ("reject", "hold", "verified")


@dataclass(frozen=True)
class Sampled:
    """A synthetic record.

    Attributes:
        line: the record, one line of JSON (or of what a broken sender sends).
        kind: clean, violating, incomplete or broken.
        decision: what `orderguard check` must say: verified, hold, reject or invalid.
        rules: ids of rules that must have a finding.
        faults: what was done to the order, in words.
        order_id: the order's id.
    """

    line: str
    kind: str
    decision: str
    rules: tuple[str, ...]
    faults: tuple[str, ...]
    order_id: str

    def expectation(self, record: int) -> Json:
        """What stands beside the record: everything but its text."""
        return {
            "record": record,
            "order_id": None if self.decision == "invalid" else self.order_id,
            "kind": self.kind,
            "decision": self.decision,
            "rules": list(self.rules),
            "faults": list(self.faults),
        }


def samples(count: int, seed: int, mix: Mapping[str, int] | None = None) -> Iterator[Sampled]:
    """Make synthetic orders, the same for the same arguments.

    Args:
        count: how many.
        seed: what chance starts from.
        mix: parts of each kind in KINDS; any numbers that are not all 0.
    """
    parts = USUAL_MIX if mix is None else mix
    weights = [parts.get(kind, 0) for kind in KINDS]
    for number in range(1, count + 1):
        # An order depends on its own number alone, so any part of a series can be made again.
        source = Random(f"{seed} {number}")  # noqa: S311 (nothing is kept secret by it)
        [kind] = source.choices(KINDS, weights)
        yield _Maker(source, number).make(kind)


class _Maker:
    """Makes one record."""

    def __init__(self, source: Random, number: int) -> None:
        self._source = source
        self._order_id = f"SAMPLE-{number:07d}"

    def make(self, kind: str) -> Sampled:
        base, order = self._clean()
        if kind == "violating":
            return self._faulty(kind, base, order, recipes().mistakes)
        if kind == "incomplete":
            return self._faulty(kind, base, order, recipes().gaps)
        if kind == "broken":
            name, broken = self._source.choice(BREAKS)
            line = broken(order, self._source)
            return Sampled(line, kind, "invalid", (), (name,), self._order_id)
        return Sampled(_text(order), kind, "verified", (), (), self._order_id)

    def _clean(self) -> tuple[str, Json]:
        """A base order at another time, in another zone, with values that change no verdict."""
        weights = recipes().weights
        [base] = self._source.choices(list(weights), list(weights.values()))
        zone = self._source.choice(recipes().zones)
        days = self._source.randrange(_MOST_DAYS_LATER)
        order = movable_order(base).moved(days, ZoneInfo(zone))
        order["time_zone"] = zone
        order["order_id"] = self._order_id
        order["patient"]["patient_id"] = f"SYNTHETIC-{self._source.randrange(10**6):06d}"
        for variation in recipes().variations:
            if base in variation.of:
                value = self._source.choice(variation.among)
                self._set(order, variation.at, value)
        return base, order

    def _faulty(self, kind: str, base: str, order: Json, all_faults: Sequence[Fault]) -> Sampled:
        fitting = [fault for fault in all_faults if base in fault.of]
        faults: list[Fault] = []
        for fault in self._source.sample(fitting, min(len(fitting), self._source.randint(1, _MOST_FAULTS))):
            if not any(_meet(fault, other) for other in faults):
                faults.append(fault)
        for fault in faults:
            for path in fault.removed:
                self._remove(order, path)
            for path, value in fault.changes.items():
                self._set(order, path, value)
        decision = min((fault.decision for fault in faults), key=_STRICTEST_FIRST.index)
        rules = sorted({rule for fault in faults for rule in fault.rules})
        names = tuple(fault.name for fault in faults)
        return Sampled(_text(order), kind, decision, tuple(rules), names, self._order_id)

    def _set(self, order: Json, path: str, value: Any) -> None:
        for container, key in list(spots(order, path, self._source)):
            container[key] = _value(order, copy.deepcopy(value))

    def _remove(self, order: Json, path: str) -> None:
        # From the end of a list, so that what is still to be removed keeps its number.
        for container, key in reversed(list(spots(order, path, self._source))):
            del container[key]


def _meet(one: Fault, other: Fault) -> bool:
    """Whether two faults touch the same part of an order, so that one could undo the other."""
    return bool(_parts(one) & _parts(other))


def _parts(fault: Fault) -> set[str]:
    """The parts a fault touches: the first two steps of its places."""
    return {"/".join(path.split("/")[:2]) for path in (*fault.changes, *fault.removed)} | {
        path.split("/")[0] for path in (*fault.changes, *fault.removed) if path.split("/")[0] != "patient"
    }


def _value(order: Json, value: Any) -> Any:
    """A value of the recipes, with dates and instants counted from the course."""
    if isinstance(value, list):
        return [_value(order, item) for item in value]
    if not isinstance(value, dict):
        return value
    if "day" in value:
        return (day_1(order) + timedelta(days=value["day"])).isoformat()
    if "last_day" in value:
        return (last_day(order) + timedelta(days=value["last_day"])).isoformat()
    if "start_of" in value:
        return after_start(order, value["start_of"], value["minutes"])
    return {key: _value(order, item) for key, item in value.items()}


def _text(order: Json) -> str:
    return json.dumps(order, ensure_ascii=False, separators=(",", ":"))
