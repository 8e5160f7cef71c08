"""Order documents as JSON values, and JSON Pointers into them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Place = tuple[str | int, ...]

REPOSITORY = Path(__file__).parents[2]
EXAMPLES = REPOSITORY / "examples"
VERIFIED = {
    "lemtrada": ("lemtrada-course-1.json", "lemtrada-course-2.json"),
    "campath": ("campath-first-dose.json", "campath-second-dose.json", "campath-maintenance.json"),
}
"""Verified examples by product."""


def example(name: str) -> Json:
    """An order of the `examples` folder."""
    document: Json = json.loads((EXAMPLES / name).read_bytes())
    return document


def verified_orders(product: str = "lemtrada") -> list[Json]:
    """The examples for a product that are verified."""
    return [example(name) for name in VERIFIED[product]]


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Every place below a JSON value, from the outside in."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*place, key)
        yield from places(inner, (*place, key))


def at(document: Any, place: Place) -> Any:
    """What stands at a place."""
    for part in place:
        document = document[part]
    return document


def without(document: Json, place: Place) -> Json:
    """A copy of a document without what stands at a place."""
    changed = copy.deepcopy(document)
    del at(changed, place[:-1])[place[-1]]
    return changed


def replaced(document: Json, place: Place, value: Any) -> Json:
    """A copy of a document with another value at a place."""
    changed = copy.deepcopy(document)
    at(changed, place[:-1])[place[-1]] = value
    return changed


def pattern_of(place: Place) -> str:
    """A place with `*` for the number of a list item, such as `infusions/*/dose_mg`."""
    return "/".join("*" if isinstance(part, int) else part for part in place)


def resolve(document: Any, pointer: str) -> Any:
    """What a JSON Pointer points to.

    Raises:
        LookupError: there is nothing.
    """
    for part in pointer.split("/")[1:]:
        if isinstance(document, list):
            document = document[int(part)]
        elif isinstance(document, dict):
            document = document[part.replace("~1", "/").replace("~0", "~")]
        else:
            raise LookupError(pointer)
    return document


def text_of(document: Json) -> str:
    """A document as JSON text on one line."""
    return json.dumps(document)
