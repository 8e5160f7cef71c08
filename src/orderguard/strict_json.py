"""JSON text to Python values, without the liberties of the standard reader.

Numbers with a point or an exponent become exact Decimals. A key given twice, NaN, more than 50 levels, more
than 4 MiB and anything but UTF-8 are refused, each with its place.

There are two ways through the same text. `read_quickly` reads what is in order and knows no places;
`read_with_problems` reads what is not, and names every problem.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, DecimalException
from typing import NamedTuple

from orderguard.errors import InvalidOrder, OrderProblem

MAX_BYTES = 4 * 1024 * 1024
MAX_LEVELS = 50
MAX_KEY_SHOWN = 64

Location = tuple[str | int, ...]


class LocatedProblem(NamedTuple):
    """What is wrong, and the keys and indices that lead there."""

    location: Location
    message: str


class Reading(NamedTuple):
    """A value, and what was wrong with the text it comes from."""

    value: object
    problems: tuple[LocatedProblem, ...]


def read_json(text: str | bytes | bytearray) -> object:
    """Read a JSON document.

    Objects become dicts, arrays lists, integers ints, all other numbers Decimals.

    Raises:
        InvalidOrder: the text is no JSON document as orderguard reads it; carries every problem.
    """
    decoded = decode(text)
    reading = read_with_problems(decoded)
    if reading.problems:
        raise InvalidOrder(OrderProblem(pointer(p.location), p.message) for p in reading.problems)
    return reading.value


def pointer(location: Location) -> str:
    """The JSON Pointer (RFC 6901) of a place. Keys are cut to 64 characters and shown printable."""
    return "".join("/" + shown_key(str(step)).replace("~", "~0").replace("/", "~1") for step in location)


def shown_key(key: str) -> str:
    """A key as it may stand in a message: at most 64 characters, unprintable ones escaped."""
    head = key[:MAX_KEY_SHOWN]
    if not head.isprintable():
        head = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in head)
    return head + "..." if len(key) > MAX_KEY_SHOWN else head


def decode(text: str | bytes | bytearray) -> str:
    """The document as text, without a byte-order mark.

    Raises:
        InvalidOrder: the document is too large, or is not UTF-8.
    """
    if isinstance(text, str):
        if _utf8_length(text) > MAX_BYTES:
            raise _invalid("must be at most 4 MiB")
        return text.removeprefix("\ufeff")
    if not isinstance(text, bytes | bytearray):
        raise _invalid("must be JSON text")
    if len(text) > MAX_BYTES:
        raise _invalid("must be at most 4 MiB")
    try:
        return text.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        pass
    raise _invalid("must be UTF-8 text")


def _utf8_length(text: str) -> int:
    """The length in UTF-8; exact only where it may matter."""
    if text.isascii() or len(text) > MAX_BYTES or len(text) * 4 <= MAX_BYTES:
        return len(text)
    return len(text.encode("utf-8", "surrogatepass"))


def _invalid(message: str) -> InvalidOrder:
    return InvalidOrder([OrderProblem("", message)])


class _Unusual(Exception):  # a signal within this file, not an error
    """The text needs the careful reading."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise _Unusual
    return fields


def _unusual(_: str) -> object:
    raise _Unusual


_quick = json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal, parse_constant=_unusual)


def read_quickly(text: str) -> Reading | None:
    """Read a decoded document that has no fault but perhaps its depth; None when it has one."""
    try:
        return Reading(_quick.decode(text), ())
    except (_Unusual, ValueError, DecimalException, RecursionError):
        return None


class _Object(dict[str, object]):
    """An object that remembers all its pairs, the repeated ones too."""

    pairs: list[tuple[str, object]]


def _remembering_object(pairs: list[tuple[str, object]]) -> _Object:
    pairs = [(key if _is_unicode(key) else shown_key(key), value) for key, value in pairs]
    fields = _Object(pairs)
    fields.pairs = pairs
    return fields


def _is_unicode(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


_MANY_DIGITS = 40  # more than any number of an order has
_TOO_LARGE = Decimal("1e1000")  # stands for a number that Decimal cannot hold; no field takes it


def _careful_int(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _MANY_DIGITS else Decimal(digits)


def _careful_float(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except DecimalException:
        return _TOO_LARGE


_careful = json.JSONDecoder(
    object_pairs_hook=_remembering_object,
    parse_int=_careful_int,  # a Decimal stands for an int of thousands of digits
    parse_float=_careful_float,
    parse_constant=Decimal,
)


def read_with_problems(text: str) -> Reading:
    """Read a decoded document and find all that is wrong with it.

    Raises:
        InvalidOrder: the text cannot be read at all.
    """
    try:
        value = _careful.decode(text)
    except json.JSONDecodeError as error:
        fault = _syntax_message(error)
    except RecursionError:
        fault = f"must not be nested deeper than {MAX_LEVELS} levels"
    else:
        return Reading(value, tuple(_problems(value)))
    raise _invalid(fault)


def _syntax_message(error: json.JSONDecodeError) -> str:
    if not error.doc.strip():
        return "must be a JSON document: there is no text"
    return f"must be well-formed JSON: the error is at line {error.lineno}, column {error.colno}"


def _problems(document: object) -> Iterator[LocatedProblem]:
    waiting: list[tuple[Location, object]] = [((), document)]
    while waiting:
        location, value = waiting.pop()
        if isinstance(value, Decimal):
            if not value.is_finite():
                yield LocatedProblem(location, "must be a finite number")
        elif isinstance(value, list | _Object):
            if len(location) >= MAX_LEVELS:
                yield LocatedProblem(location, f"must not be nested deeper than {MAX_LEVELS} levels")
                continue
            if isinstance(value, _Object):
                yield from _repeated_keys(location, value)
            waiting += reversed([((*location, step), child) for step, child in _children(value)])


def _children(value: list[object] | _Object) -> Iterator[tuple[str | int, object]]:
    return iter(value.pairs) if isinstance(value, _Object) else enumerate(value)


def _repeated_keys(location: Location, value: _Object) -> Iterator[LocatedProblem]:
    if len(value) == len(value.pairs):
        return
    seen: dict[str, int] = {}
    for key, _ in value.pairs:
        seen[key] = seen.get(key, 0) + 1
        if seen[key] == 2:  # noqa: PLR2004
            yield LocatedProblem((*location, key), "must be given only once")
