"""The canonical JSON of an order: one text for all documents that say the same.

Keys are sorted, quantities are plain digits in JSON strings, instants are in UTC, defaults are filled in.
What is not known is left out, and so is an optional part of which nothing is known; an empty list stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from json.encoder import encode_basestring_ascii
from typing import Any

from orderguard.memo import remembered
from orderguard.order import OptionalPart, Order, Part


def canonical_json(order: Order) -> bytes:
    """The canonical JSON of an order, in ASCII.

    Two orders have the same canonical JSON exactly when they are equal. It is itself an order document, and
    reads as the same order.
    """
    return _WRITERS[Order](order).encode("ascii")


def _part_writer(part: type[Part]) -> Callable[[Part], str]:
    """A function that writes such a part; an optional part of which nothing is known becomes no text."""
    keys = tuple((name, encode_basestring_ascii(name) + ":") for name in sorted(part.model_fields))
    empty = "" if issubclass(part, OptionalPart) else "{}"

    def write(value: Part) -> str:
        values = value.__dict__
        members = []
        for name, key in keys:
            member = values[name]
            if member is not None and (text := _WRITERS[type(member)](member)):
                members.append(key + text)
        return "{" + ",".join(members) + "}" if members else empty

    return write


def _list(items: tuple[Any, ...]) -> str:
    return "[" + ",".join([_WRITERS[type(item)](item) for item in items]) + "]"


@remembered
def _quantity(value: Decimal) -> str:
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f'"{digits}"'


@remembered
def _date(value: date) -> str:
    return f'"{value.isoformat()}"'


def _instant(value: datetime) -> str:
    # Dates and times of day repeat where instants do not.
    instant = value.astimezone(UTC)
    seconds = (instant.hour * 60 + instant.minute) * 60 + instant.second
    text = _date_and_t(instant.date()) + _time_of_day(seconds)
    return f'{text}.{instant.microsecond:06d}Z"' if instant.microsecond else text + 'Z"'


@remembered
def _date_and_t(day: date) -> str:
    return f'"{day.isoformat()}T'


@remembered
def _time_of_day(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


def _kinds_of(part: type[Part]) -> Iterator[type[Part]]:
    for kind in part.__subclasses__():
        yield kind
        yield from _kinds_of(kind)


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring_ascii,
    bool: {True: "true", False: "false"}.__getitem__,
    int: str,
    Decimal: _quantity,
    date: _date,
    datetime: _instant,
    tuple: _list,
    **{kind: _part_writer(kind) for kind in _kinds_of(Part)},
}
