"""Values that stand nowhere else, planted in the fields of an order."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from support.documents import Json
from support.schema import LIST, PART, Field, order_fields

FREE = ("text", "date", "quantity")
"""The kinds of fields that may hold a value that stands nowhere else; words and yes-or-no cannot."""

KEPT = {
    "schema_version",
    "order_id",
    "time_zone",
    "product/name",
    "patient/labs/*/value",
    "patient/labs/*/unit",
}
"""Fields that stay as they are, so that the rules judge the order. Laboratory values are planted apart."""

_FIRST_CANARY_DAY = date(1903, 1, 1)


class Canaries:
    """Makes values that can be found again, and remembers them."""

    def __init__(self) -> None:
        self.planted: list[str] = []

    def value(self, kind: str) -> str:
        """A new one: a text, a date or a quantity as text."""
        number = len(self.planted)
        if kind == "date":
            made = (_FIRST_CANARY_DAY + timedelta(days=97 * number)).isoformat()
        elif kind == "quantity":
            made = f"7{number:03}3.0417"
        else:
            made = f"CANARY{number:03}x"
        self.planted.append(made)
        return made

    def found_in(self, text: str) -> list[str]:
        """Those that stand in a text."""
        return [canary for canary in self.planted if canary in text]


def fields_to_plant() -> list[Field]:
    """The scalar fields that can take a canary."""
    return [field for field in order_fields() if field.kind in FREE and field.pattern not in KEPT]


def plant(document: Json, canaries: Canaries) -> Json:
    """An order with a canary in every field that can take one; lists without an item get one."""
    planted = copy.deepcopy(document)
    for field in fields_to_plant():
        for parent, key in _holders(planted, field.path):
            parent[key] = canaries.value(field.kind)
    for lab in planted["patient"]["labs"]:
        if lab.get("unit"):
            lab["value"] = canaries.value("quantity")
    return planted


def _holders(value: Any, path: tuple[str, ...]) -> Iterator[tuple[Any, Any]]:
    """What holds the field at a path, in each item of each list on the way, and its key there.

    Parts that are absent are made, and lists without an item get one.
    """
    key, below = path[0], path[1:]
    if key == "*":
        for index, item in enumerate(value):
            yield from _holders(item, below) if below else [(value, index)]
    elif not below:
        yield value, key
    else:
        value[key] = value.get(key) or ([{}] if below[0] == "*" else {})
        yield from _holders(value[key], below)


def misplaced(document: Json) -> Iterator[tuple[Field, Json, str]]:
    """For each field an order in which it holds a canary of a kind that it cannot hold."""
    for number, field in enumerate(order_fields()):
        if field.pattern != "schema_version":
            changed = copy.deepcopy(document)
            parent, key = next(_holders(changed, field.path))
            is_text_wrong = field.kind in ("text", LIST, PART)
            parent[key] = 7_000_000_000_000_000_041 + number if is_text_wrong else f"CANARY{number:03}x"
            yield field, changed, str(parent[key])
