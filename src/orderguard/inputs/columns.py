"""The columns that a flat table of orders may have, as the JSON Schema of the order document gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any

Step = str | int

_INDEX = re.compile(r"0|[1-9][0-9]{0,3}")
_NUMBERED = re.compile(r"(?<=\.)[0-9]+(?=\.|$)")


class Kind(Enum):
    """What a cell of a column is read as."""

    TEXT = "text"
    WHOLE = "whole number"
    FLAG = "true or false"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where its cells stand in the order document, and what they are."""

    steps: tuple[Step, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the order document: fields by name, items of a list, or neither."""

    kind: Kind | None
    fields: Mapping[str, _Part]
    item: _Part | None = None
    most: int = 0


def column_of(name: str) -> Column | None:
    """The column of that name; None when the order document has no such place."""
    part = _document()
    steps: list[Step] = []
    for word in name.split("."):
        if part.item is not None:
            if not _INDEX.fullmatch(word) or int(word) >= part.most:
                return None
            steps.append(int(word))
            part = part.item
        elif word in part.fields:
            steps.append(word)
            part = part.fields[word]
        else:
            return None
    return None if part.kind is None else Column(tuple(steps), part.kind)


def is_column(name: str) -> bool:
    """Whether a table of orders may have a column of that name."""
    return column_of(name) is not None


def suggestion(name: str) -> str | None:
    """The name of a column that is nearly the same."""
    numbers = iter(_NUMBERED.findall(name))
    near = get_close_matches(_NUMBERED.sub("0", name), column_names(), 1)
    return _NUMBERED.sub(lambda found: next(numbers, found[0]), near[0]) if near else None


@cache
def column_names() -> tuple[str, ...]:
    """The names of all columns, with 0 for the number of each item."""
    return tuple(_names(_document(), ""))


def _names(part: _Part, name: str) -> Iterator[str]:
    if part.kind is not None:
        yield name
    for word, inner in part.fields.items():
        yield from _names(inner, f"{name}.{word}" if name else word)
    if part.item is not None:
        yield from _names(part.item, f"{name}.0")


def field_names(*steps: str) -> tuple[str, ...]:
    """The names of the fields at a place of the order document, where a list stands for its items.

    Args:
        steps: the names of the fields that lead there; none for the document itself.

    Returns:
        Nothing where there is no such place, or none with fields.
    """
    part: _Part | None = _document()
    for step in steps:
        part = None if part is None else (part.item or part).fields.get(step)
    return () if part is None else tuple((part.item or part).fields)


@cache
def _document() -> _Part:
    from orderguard.order import Order

    schema = Order.model_json_schema()
    return _part(schema, schema["$defs"])


def _part(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> _Part:
    if "$ref" in schema:
        return _part(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    choices = [choice for choice in schema.get("anyOf", ()) if choice.get("type") != "null"]
    if len(choices) == 1:
        return _part(choices[0], definitions)
    if "properties" in schema:
        return _Part(None, {name: _part(inner, definitions) for name, inner in schema["properties"].items()})
    if "items" in schema:
        return _Part(Kind.LIST, {}, _part(schema["items"], definitions), schema["maxItems"])
    kinds = {"integer": Kind.WHOLE, "boolean": Kind.FLAG}
    kind = schema.get("type")
    return _Part(kinds.get(kind, Kind.TEXT) if isinstance(kind, str) else Kind.TEXT, {})
