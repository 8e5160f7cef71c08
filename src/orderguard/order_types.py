"""The scalar types of the order document: quantities, whole numbers, dates, instants, texts.

Pydantic reads more kinds of text as numbers and dates than the order document allows, so quantities, dates
and instants are read here. What was read from text is remembered, for orders repeat themselves.
"""

from __future__ import annotations

import decimal
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal, get_args

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, Strict, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from orderguard.memo import remembered
from orderguard.time_zones import time_zone

MAX_DIGITS = 12
MAX_DECIMAL_PLACES = 6
MAX_WHOLE_NUMBER = 10**MAX_DIGITS - 1
MAX_TEXT = 200
MAX_IDENTIFIER = 64
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)

LabWord = Literal["normal", "abnormal"]
LAB_WORDS: tuple[str, ...] = get_args(LabWord)

# `$` also matches before a last line break in some dialects, but a line break is itself excluded here.
NO_CONTROL_CHARACTERS = r"^[^\x00-\x1f\x7f-\x9f]*$"
ORDER_ID = r"^[A-Za-z0-9._-]+$"

_PLAIN_DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-5][0-9])?"
)
_DATE_LENGTH = len("YYYY-MM-DD")
_TIME = re.compile(r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-5][0-9])")


def refusal(must: str) -> PydanticCustomError:
    """The error of a field; its text must not hold a value."""
    return PydanticCustomError("order", must)


# The context that reduces a number to its significant digits, and refuses to lose any.
_EXACT = decimal.Context(
    prec=MAX_DIGITS,
    Emin=-999999,
    Emax=999999,
    capitals=1,
    clamp=0,
    traps=[decimal.Inexact, decimal.InvalidOperation, decimal.Overflow, decimal.Underflow],
)
_ONE = Decimal(1)
_ZERO = Decimal(0)
_NOT_A_QUANTITY = "must be a number, or a decimal number in plain digits as text"
_NOT_FINITE = "must be a finite number"
_TOO_MANY_DIGITS = f"must have at most {MAX_DECIMAL_PLACES} decimal places and at most {MAX_DIGITS} digits"


def _reduced(number: Decimal) -> Decimal:
    """The same number without exponent and trailing zeros, or an error when it has too many digits."""
    try:
        shortest = _EXACT.normalize(number)
        exponent = shortest.as_tuple().exponent
        if isinstance(exponent, int) and exponent >= -MAX_DECIMAL_PLACES:
            return _EXACT.quantize(shortest, _ONE) if exponent > 0 else shortest
    except decimal.DecimalException:
        pass
    raise refusal(_TOO_MANY_DIGITS)


@remembered
def _quantity_of_text(text: str) -> Decimal:
    if len(text) > MAX_TEXT:
        raise refusal(_TOO_MANY_DIGITS)
    if not _PLAIN_DIGITS.fullmatch(text):
        raise refusal(_NOT_A_QUANTITY)
    return _quantity_of_number(Decimal(text))


@remembered
def _quantity_of_int(number: int) -> Decimal:
    return _quantity_of_number(Decimal(number))


def _quantity_of_number(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise refusal(_NOT_FINITE)
    if number.is_zero():
        return _ZERO
    if number.is_signed():
        raise refusal("must not be negative")
    return _reduced(number)


def read_quantity(value: object) -> Decimal:
    """Read a quantity: not negative, exact, at most 6 decimal places and 12 digits.

    Args:
        value: an integer, a Decimal, or plain digits as text. A float is refused, for it is not exact.

    Raises:
        PydanticCustomError: the value is no quantity.
    """
    if type(value) is str:
        return _quantity_of_text(value)
    if type(value) is int:
        return _quantity_of_int(value)
    if isinstance(value, Decimal):
        return _quantity_of_number(value)
    if type(value) is float:
        raise refusal("must not be a binary floating-point number: give an integer, a Decimal or text")
    raise refusal(_NOT_A_QUANTITY)


def read_lab_value(value: object) -> Decimal | str:
    """Read a laboratory value: a quantity, or one of the words `normal` and `abnormal`.

    Raises:
        PydanticCustomError: the value is neither.
    """
    if type(value) is str and value in LAB_WORDS:
        return value
    return read_quantity(value)


def _within_the_years(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise refusal(f"must lie between {FIRST_DAY} and {LAST_DAY}")


@remembered
def _date_of(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise refusal("must be a date written YYYY-MM-DD")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None:
        raise refusal("must be a day of the calendar")
    _within_the_years(day)
    return day


def read_date(value: object) -> date:
    """Read a calendar date from 1900-01-01 to 2199-12-31: `YYYY-MM-DD` as text, or a `datetime.date`.

    Raises:
        PydanticCustomError: the value is no such date.
    """
    if type(value) is str:
        return _date_of(value)
    if type(value) is date:
        _within_the_years(value)
        return value
    raise refusal("must be a date written YYYY-MM-DD")


def _instant_of(text: str) -> datetime:
    # Dates and times of day repeat where instants do not.
    try:
        return datetime.combine(_date_of(text[:_DATE_LENGTH]), _time_of(text[_DATE_LENGTH:]))
    except (PydanticCustomError, ValueError):
        return _careful_instant_of(text)


@remembered
def _time_of(text: str) -> time:
    """The time of day and offset of an instant, from the `T` on.

    Raises:
        ValueError: they cannot be read as such.
    """
    if not _TIME.fullmatch(text):
        raise ValueError
    found = time.fromisoformat(text)
    # Instants with one offset object are compared and subtracted faster.
    return found.replace(tzinfo=_offset(found.utcoffset()))


@lru_cache(maxsize=256)
def _offset(offset: timedelta) -> timezone:
    return timezone(offset) if offset else UTC


def _careful_instant_of(text: str) -> datetime:
    match = _INSTANT.fullmatch(text)
    if not match:
        raise refusal("must be a date and time with offset, written YYYY-MM-DDThh:mm:ss+hh:mm")
    if not match[2]:
        raise refusal("must have an offset from UTC, such as -04:00 or Z")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None:
        raise refusal("must be a day of the calendar and a time of the day")
    _within_the_years(moment.date())
    return moment


def read_instant(value: object) -> datetime:
    """Read an instant with its offset: RFC 3339 text, or an aware `datetime.datetime`.

    Raises:
        PydanticCustomError: the value is no instant, has no offset, or lies outside of 1900 to 2199.
    """
    if type(value) is str:
        return _instant_of(value)
    if type(value) is datetime:
        return _fixed_offset(value)
    raise refusal("must be a date and time with offset, written YYYY-MM-DDThh:mm:ss+hh:mm")


def _fixed_offset(moment: datetime) -> datetime:
    """The same instant with a plain offset instead of a zone, so that equal instants compare as equal."""
    offset = moment.utcoffset()
    if offset is None:
        raise refusal("must have an offset from UTC")
    _within_the_years(moment.date())
    return moment.replace(tzinfo=_offset(offset), fold=0)


def read_time_zone(value: object) -> str:
    """Read the name of an IANA time zone; None stands for the default `UTC`.

    Raises:
        PydanticCustomError: no zone has this name.
    """
    if value is None:
        return "UTC"
    if type(value) is str and len(value) <= MAX_IDENTIFIER:
        try:
            time_zone(value)
        except KeyError:
            pass
        else:
            return value
    raise refusal("must be the name of an IANA time zone, such as America/New_York")


class Reader:
    """Makes a function the reading of a Pydantic field, with the JSON Schema of what it takes."""

    def __init__(self, read: Callable[[object], object], schema: JsonSchemaValue) -> None:
        self._read = read
        self._schema = schema

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return self._schema


class ListLength:
    """Takes lists and tuples of so many items, and nothing else that can be iterated.

    The length is checked before the items, so that a wrong item is not reported as one too few.
    """

    def __init__(self, fewest: int, most: int) -> None:
        self._fewest = fewest
        self._most = most

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        limits = {"minItems": self._fewest} if self._fewest else {}
        return {**handler(schema), **limits, "maxItems": self._most}

    def _check(self, value: object) -> object:
        if type(value) is not list and type(value) is not tuple:
            raise refusal("must be a list")
        if len(value) > self._most:
            raise refusal(f"must have at most {self._most} items")
        if len(value) < self._fewest:
            raise refusal(f"must have at least {self._fewest} item")
        return value


_QUANTITY_SCHEMA: JsonSchemaValue = {
    "type": ["number", "string"],
    "minimum": 0,
    "maximum": MAX_WHOLE_NUMBER,
    "pattern": r"^0*[0-9]{1,12}(\.[0-9]{1,6}0*)?$",
}
_LAB_VALUE_SCHEMA: JsonSchemaValue = {"anyOf": [_QUANTITY_SCHEMA, {"enum": list(LAB_WORDS)}]}
_DATE_SCHEMA: JsonSchemaValue = {"type": "string", "format": "date"}
_INSTANT_SCHEMA: JsonSchemaValue = {"type": "string", "format": "date-time"}
_TIME_ZONE_SCHEMA: JsonSchemaValue = {"type": ["string", "null"], "maxLength": MAX_IDENTIFIER}

Text = Annotated[str, Strict(), StringConstraints(max_length=MAX_TEXT, pattern=NO_CONTROL_CHARACTERS)]
Identifier = Annotated[
    str, Strict(), StringConstraints(max_length=MAX_IDENTIFIER, pattern=NO_CONTROL_CHARACTERS)
]
OrderId = Annotated[str, Strict(), StringConstraints(max_length=MAX_IDENTIFIER, pattern=ORDER_ID)]
Flag = Annotated[bool, Strict()]
CountNumber = Annotated[int, Strict(), Field(ge=0, le=MAX_WHOLE_NUMBER)]
CourseNumber = Annotated[int, Strict(), Field(ge=1, le=MAX_WHOLE_NUMBER)]
ReactionGrade = Annotated[int, Strict(), Field(ge=0, le=5)]
Quantity = Annotated[Decimal, Reader(read_quantity, _QUANTITY_SCHEMA)]
LabValue = Annotated[Decimal | LabWord, Reader(read_lab_value, _LAB_VALUE_SCHEMA)]
Date = Annotated[date, Reader(read_date, _DATE_SCHEMA)]
Instant = Annotated[datetime, Reader(read_instant, _INSTANT_SCHEMA)]
TimeZoneName = Annotated[str, Reader(read_time_zone, _TIME_ZONE_SCHEMA)]
