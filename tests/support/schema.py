"""Every field of the order document, as the JSON Schema of the model tells them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from orderguard import Order

PART, LIST = "part", "list"


@dataclass(frozen=True)
class Field:
    """A field of the order document.

    Attributes:
        path: the keys to it; `*` stands for any item of a list.
        kind: part, list, quantity, count, date, instant, flag, word or text.
        words: the words it may have.
        lowest: the least whole number it may have.
        highest: the greatest, or None.
    """

    path: tuple[str, ...]
    kind: str
    words: tuple[str, ...] = ()
    lowest: int = 0
    highest: int | None = None

    @property
    def pattern(self) -> str:
        """The path in one word."""
        return "/".join(self.path)


@cache
def order_fields() -> tuple[Field, ...]:
    """Every field below the order, from the outside in."""
    schema = Order.model_json_schema()
    return tuple(_fields(schema, schema["$defs"], ()))


def _fields(schema: dict[str, Any], parts: dict[str, Any], path: tuple[str, ...]) -> Iterator[Field]:
    for name, field in schema["properties"].items():
        yield from _field(field, parts, (*path, name))


def _field(field: dict[str, Any], parts: dict[str, Any], path: tuple[str, ...]) -> Iterator[Field]:
    forms = [form for form in field.get("anyOf", [field]) if form.get("type") != "null"]
    form = forms[0]
    if "$ref" in form:
        yield Field(path, PART)
        yield from _fields(parts[form["$ref"].rsplit("/", 1)[1]], parts, path)
    elif form.get("type") == "array":
        yield Field(path, LIST)
        yield from _field(form["items"], parts, (*path, "*"))
    else:
        yield _scalar(forms, path)


def _scalar(forms: list[dict[str, Any]], path: tuple[str, ...]) -> Field:
    form = forms[0]
    words = tuple(word for each in forms for word in each.get("enum", ()))
    if form.get("type") == ["number", "string"]:
        return Field(path, "quantity", words)
    if words:
        return Field(path, "word", words)
    if form.get("type") == "integer":
        return Field(path, "count", (), form.get("minimum", 0), form.get("maximum"))
    if form.get("type") == "boolean":
        return Field(path, "flag")
    return Field(path, {"date": "date", "date-time": "instant"}.get(form.get("format", ""), "text"))
