"""Facts about laboratory results on the day of an infusion: as such, and against earlier ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from orderguard.facts import calendar
from orderguard.facts.context import InfusionItem, OrderContext
from orderguard.facts.definition import boolean, decimal, integer
from orderguard.facts.dose_history import given_days
from orderguard.facts.laboratory import (
    NUMERIC_TESTS,
    Newest,
    amount_of,
    greatest,
    is_present,
    least,
    newest_until,
    results_until,
    unit_of,
)
from orderguard.order import MAX_LABS

_HUNDRED = Decimal(100)
_MOST = Decimal(10**12)
_LABS = "/patient/labs"


def _newest(ctx: OrderContext, item: InfusionItem, test: str) -> Newest | None:
    """The newest results of a test on or before the date of an infusion."""
    ctx.background_get(item.infusion, "scheduled_start")
    return _on_file(ctx, newest_until(ctx, test, item.day))


def _on_file(ctx: OrderContext, found: Newest | None) -> Newest | None:
    """The same; that the test is lacking is noted."""
    if found is not None and found.day is None:
        ctx.note_lacking(_LABS)
    return found


# -- on the day of the infusion ----------------------------------------------------------------------------


@boolean(
    "infusion.labs.{test}.present",
    "{test} on file by the infusion date",
    scope="infusion",
    over={"test": NUMERIC_TESTS},
)
def present(ctx: OrderContext, item: InfusionItem, test: str) -> bool | None:
    """Whether a result of the test up to the infusion's date is on file; not known while it is unreadable."""
    return is_present(_newest(ctx, item, test))


@integer(
    "infusion.labs.{test}.age_days",
    "age of the newest {test} on the infusion date",
    scope="infusion",
    unit="days",
    lowest=0,
    over={"test": NUMERIC_TESTS},
)
def age_days(ctx: OrderContext, item: InfusionItem, test: str) -> int | None:
    """Calendar days from the newest result up to the infusion's date to that date."""
    found = _newest(ctx, item, test)
    return None if found is None or found.day is None or item.day is None else (item.day - found.day).days


@decimal(
    "infusion.labs.{test}.lowest",
    "{test} on the infusion date",
    scope="infusion",
    unit=unit_of,
    lowest=0,
    over={"test": NUMERIC_TESTS},
)
def lowest(ctx: OrderContext, item: InfusionItem, test: str) -> Decimal | None:
    """The lowest result on the newest day up to the infusion's date, in the test's canonical unit."""
    return least(_newest(ctx, item, test))


# -- against the baseline ----------------------------------------------------------------------------------


@decimal(
    "labs.{test}.baseline",
    "{test} before the first dose ever",
    unit=unit_of,
    lowest=0,
    over={"test": NUMERIC_TESTS},
)
def baseline(ctx: OrderContext, test: str) -> Decimal | None:
    """The highest result on the newest day up to the first dose that was ever given; none without a dose."""
    return _baseline(ctx, test)


def _baseline(ctx: OrderContext, test: str) -> Decimal | None:
    given = given_days(ctx)
    if given is not None and not given:
        ctx.note_lacking("/patient/prior_infusions")
    if not given:
        return None
    first = min(given)
    ctx.background_get(*given[first])
    return greatest(ctx, test, _on_file(ctx, newest_until(ctx, test, first)))


@decimal(
    "infusion.labs.{test}.percent_of_baseline",
    "{test} on the infusion date against the baseline",
    scope="infusion",
    unit="%",
    lowest=0,
    over={"test": NUMERIC_TESTS},
)
def percent_of_baseline(ctx: OrderContext, item: InfusionItem, test: str) -> Decimal | None:
    """The newest result up to the infusion's date in percent of the baseline, cut down."""
    result, base = least(_newest(ctx, item, test)), _baseline(ctx, test)
    if result is None or base is None:
        return None
    if not base:
        return _MOST if result else Decimal(0)
    return min(calendar.quotient_down(result * _HUNDRED, base), _MOST)


# -- since the last dose -----------------------------------------------------------------------------------


def _since_last_dose(ctx: OrderContext, test: str, until: date | None) -> list[tuple[date, Any]] | None:
    """The results from the date of the last given dose before a day to that day."""
    given = given_days(ctx)
    if given is None or until is None:
        return None
    last = max([day for day in given if day < until], default=None)
    if last is None:
        return []
    ctx.background_get(*given[last])
    return results_until(ctx, test, until, last)


@integer(
    "infusion.labs.{test}.results_since_last_dose",
    "number of results since the last given dose ({test})",
    scope="infusion",
    unit="results",
    lowest=0,
    highest=MAX_LABS,
    over={"test": NUMERIC_TESTS},
)
def results_since_last_dose(ctx: OrderContext, item: InfusionItem, test: str) -> int | None:
    """Results from the last given dose to the infusion's date; 0 where no dose was given."""
    ctx.background_get(item.infusion, "scheduled_start")
    return ctx.once(_count_since_last_dose, test, item.day)


def _count_since_last_dose(ctx: OrderContext, test: str, until: date | None) -> int | None:
    found = _since_last_dose(ctx, test, until)
    return None if found is None else len(found)


@decimal(
    "infusion.labs.{test}.lowest_since_last_dose",
    "lowest {test} since the last given dose",
    scope="infusion",
    unit=unit_of,
    lowest=0,
    over={"test": NUMERIC_TESTS},
)
def lowest_since_last_dose(ctx: OrderContext, item: InfusionItem, test: str) -> Decimal | None:
    """The lowest of these results in the test's canonical unit; not known while one cannot be read."""
    ctx.background_get(item.infusion, "scheduled_start")
    return ctx.once(_lowest_since_last_dose, test, item.day)


def _lowest_since_last_dose(ctx: OrderContext, test: str, until: date | None) -> Decimal | None:
    amounts = [amount_of(ctx, test, lab) for _, lab in _since_last_dose(ctx, test, until) or ()]
    known = [amount for amount in amounts if amount is not None]
    return min(known, default=None) if len(known) == len(amounts) else None


# -- by the last infusion of the order ---------------------------------------------------------------------


@boolean(
    "labs.{test}.present_by_last_infusion",
    "{test} on file by the last infusion",
    over={"test": NUMERIC_TESTS},
)
def present_by_last_infusion(ctx: OrderContext, test: str) -> bool | None:
    """Whether a result up to the last infusion's date is on file; not known while it cannot be read."""
    return is_present(newest_until(ctx, test, ctx.last_day))


@decimal(
    "labs.{test}.lowest_by_last_infusion",
    "{test} by the last infusion",
    unit=unit_of,
    lowest=0,
    over={"test": NUMERIC_TESTS},
)
def lowest_by_last_infusion(ctx: OrderContext, test: str) -> Decimal | None:
    """The lowest result on the newest day up to the last infusion's date, in the test's canonical unit."""
    return least(_on_file(ctx, newest_until(ctx, test, ctx.last_day)))
