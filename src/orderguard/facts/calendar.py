"""Calendar months, ages and elapsed time, as the rules understand them.

A day that a month does not have (29 February, the 31st) rolls forward to the 1st of the next month: the safe
reading of a minimum wait. A pack may have it clamped to the month's last day instead, as usual libraries do.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Context, Decimal
from typing import Literal, TypeAlias, get_args

MonthEnd: TypeAlias = Literal["roll_forward", "clamp"]
MONTH_ENDS: tuple[str, ...] = get_args(MonthEnd)
"""What a day that a month does not have stands for: the 1st of the next month, or the month's last day."""

_MONTHS = 12
_IN_EVERY_MONTH = 28
_PLACES = 6
_MICROSECONDS_PER_MINUTE = Decimal(60_000_000)
_MICROSECOND = timedelta(microseconds=1)
_MINUTE = timedelta(minutes=1)
_EXACT = Context(prec=60)


def add_months(day: date, months: int, month_end: MonthEnd = "roll_forward") -> date:
    """The same day of the month `months` later; `month_end` says what a day that is not there stands for."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    month += 1
    if day.day <= _IN_EVERY_MONTH:
        return date(year, month, day.day)
    length = monthrange(year, month)[1]
    if day.day <= length:
        return date(year, month, day.day)
    last = date(year, month, length)
    return last if month_end == "clamp" else last + timedelta(days=1)


def _month_difference(start: date, end: date) -> int:
    return (end.year - start.year) * _MONTHS + end.month - start.month


def completed_months(start: date, end: date, month_end: MonthEnd = "roll_forward") -> int:
    """The most calendar months that fit between two dates; negative when `end` lies before `start`."""
    months = _month_difference(start, end)
    return months if add_months(start, months, month_end) <= end else months - 1


def begun_months(start: date, end: date, month_end: MonthEnd = "roll_forward") -> int:
    """The fewest calendar months after `start` that reach `end`: the age in months, begun months counted."""
    months = _month_difference(start, end)
    if add_months(start, months - 1, month_end) >= end:
        return months - 1
    return months if add_months(start, months, month_end) >= end else months + 1


def completed_years(birth: date, day: date) -> int:
    """Age in completed years; a birthday on 29 February falls on 1 March in any common year."""
    return completed_months(birth, day) // _MONTHS


def quotient_down(dividend: Decimal, divisor: Decimal) -> Decimal:
    """The quotient of two quantities cut down to 6 decimal places, for what a minimum is asked of."""
    whole, _ = _EXACT.divmod(_EXACT.scaleb(dividend, _PLACES), divisor)
    return _EXACT.scaleb(whole, -_PLACES)


def quotient_up(dividend: Decimal, divisor: Decimal) -> Decimal:
    """The quotient of two quantities cut up to 6 decimal places, for what a maximum is asked of."""
    whole, rest = _EXACT.divmod(_EXACT.scaleb(dividend, _PLACES), divisor)
    return _EXACT.scaleb(whole + 1 if rest else whole, -_PLACES)


def elapsed_minutes(start: datetime, end: datetime) -> Decimal:
    """Minutes between two instants, cut away from zero so that no microsecond of a wait is lost."""
    elapsed = _elapsed(start, end)
    whole, rest = divmod(elapsed, _MINUTE)
    if not rest:
        return Decimal(whole)
    microseconds = elapsed // _MICROSECOND
    minutes = quotient_up(Decimal(abs(microseconds)), _MICROSECONDS_PER_MINUTE)
    return minutes if microseconds > 0 else -minutes


def _elapsed(start: datetime, end: datetime) -> timedelta:
    if start.tzinfo is end.tzinfo and not isinstance(start.tzinfo, timezone):
        # Two times of one zone subtract as wall clocks, so a clock change would add or lose an hour.
        return end.astimezone(UTC) - start.astimezone(UTC)
    return end - start
