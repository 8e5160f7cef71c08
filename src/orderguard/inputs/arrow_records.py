"""Order documents out of Arrow: rows that are nested as the order document is, or JSON text.

Decimals, dates and instants reach the order exactly as they stand in the row. A binary floating-point number
is not exact, so a row that has one is refused.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from decimal import Decimal
from json.encoder import encode_basestring_ascii
from typing import Any

from orderguard.errors import OrderProblem
from orderguard.records import MAX_DOCUMENT_BYTES, TOO_LARGE, Record
from orderguard.strict_json import Location, pointer

_NOT_EXACT = "must be a decimal, whole or text column: a binary floating-point number is not exact"
_NOT_OF_ORDERS = "must be text, a number, a date, an instant, or true or false"
_NOT_READABLE = "holds a value that cannot be read exactly"
_NULL = "must be an order document: it is NULL"


def records_in_rows(rows: Any, source: str, done: int) -> Iterator[Record]:
    """The records of rows, each of which is an order document, or NULL.

    Args:
        rows: a record batch, whose columns are the parts of the order, or an array of structs.
        source: what the records say of where they come from.
        done: how many records there were before.
    """
    values: list[Any] | None = None
    if rows.nbytes <= MAX_DOCUMENT_BYTES:
        try:
            values = rows.to_pylist()
        except Exception:  # noqa: BLE001 (which row it is shows when they are read one by one)
            values = None
    for place in range(len(rows)):
        number = done + place + 1
        if values is not None:
            yield _record(values[place], source, number)
            continue
        row = rows.slice(place, 1)
        if row.nbytes > MAX_DOCUMENT_BYTES:
            yield unreadable(source, number, TOO_LARGE)
            continue
        try:
            [value] = row.to_pylist()
        except Exception:  # noqa: BLE001 (a broken row never stops the next)
            yield unreadable(source, number, _NOT_READABLE)
        else:
            yield _record(value, source, number)


def records_in_texts(texts: Any, source: str, done: int) -> Iterator[Record]:
    """The records of JSON texts. One that is not UTF-8 does not stop those beside it.

    Args:
        texts: an array of text or binary values.
        source: what the records say of where they come from.
        done: how many records there were before.
    """
    # As bytes, for text that is not UTF-8 is for the reader of orders to refuse.
    for number, text in enumerate(texts.cast("large_binary").to_pylist(), done + 1):
        yield unreadable(source, number, _NULL) if text is None else Record(source, number, None, text)


def unreadable(source: str, number: int, message: str) -> Record:
    """A record that cannot be read, and why."""
    return Record(source, number, None, None, (OrderProblem("", message),))


def _record(row: dict[str, Any] | None, source: str, number: int) -> Record:
    if row is None:
        return unreadable(source, number, _NULL)
    problems: list[OrderProblem] = []
    document = _as_json(row, (), problems)
    if problems:
        return Record(source, number, None, None, tuple(problems))
    return Record(source, number, None, document.encode())


def _as_json(value: Any, location: Location, problems: list[OrderProblem]) -> str:
    """The value as JSON text, exactly."""
    if value is None or isinstance(value, str | bool | int):
        return _scalar(value)
    if isinstance(value, dict):
        members = (
            f"{encode_basestring_ascii(name)}: {_as_json(inner, (*location, name), problems)}"
            for name, inner in value.items()
        )
        return "{" + ", ".join(members) + "}"
    if isinstance(value, list):
        items = (_as_json(inner, (*location, place), problems) for place, inner in enumerate(value))
        return "[" + ", ".join(items) + "]"
    if isinstance(value, Decimal):
        # A number, never a text: what has digits for its name or code must be text here too.
        return format(value, "f")
    # pyarrow refuses parts of a microsecond by itself, but not where pandas is installed.
    if getattr(value, "nanosecond", 0):
        problems.append(OrderProblem("", _NOT_READABLE))
    elif isinstance(value, datetime.date):  # or an instant, which is one too
        return f'"{value.isoformat()}"'
    else:
        message = _NOT_EXACT if isinstance(value, float) else _NOT_OF_ORDERS
        problems.append(OrderProblem(pointer(location), message))
    return "null"


def _scalar(value: str | int | None) -> str:
    return encode_basestring_ascii(value) if isinstance(value, str) else json.dumps(value)
