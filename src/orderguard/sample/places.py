"""Places in an order document, written as in `infusions/any/duration_minutes`."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

Json = dict[str, Any]

EVERY, ONE = "every", "any"


def spots(document: Json, path: str, source: Random) -> Iterator[tuple[Any, str | int]]:
    """The containers and keys that a path leads to.

    A step is a key; `every` is every item of a list, `any` one item by chance, `0` a number, and
    `test=platelets` every item that has this value. A part on the way that is absent is made.

    Args:
        document: the order document.
        path: steps joined by `/`.
        source: chooses the item of an `any`.

    Yields:
        A container, and the key or index of the place in it.
    """
    *above, last = path.split("/")
    containers: list[Any] = [document]
    for step in above:
        containers = [
            _inside(container, key) for container in containers for key in _keys(container, step, source)
        ]
    for container in containers:
        for key in _keys(container, last, source):
            yield container, key


def _keys(container: Any, step: str, source: Random) -> list[str | int]:
    if not isinstance(container, list):
        return [step]
    if step == EVERY:
        return list(range(len(container)))
    if step == ONE:
        return [source.randrange(len(container))] if container else []
    key, equals, value = step.partition("=")
    if equals:
        return [index for index, item in enumerate(container) if item.get(key) == value]
    return [int(step)]


def _inside(container: Any, key: str | int) -> Any:
    return container.setdefault(key, {}) if isinstance(container, dict) else container[key]
