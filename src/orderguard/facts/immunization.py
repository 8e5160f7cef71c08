"""Facts about one immunization, given or planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orderguard.facts.context import OrderContext
from orderguard.facts.definition import Kind, integer, stated, word
from orderguard.order import MAX_ITEMS

VACCINE_CLASSES = ("live-tier-1", "live-tier-2", "possibly-live", "non-live")


@dataclass(frozen=True, slots=True)
class ImmunizationItem:
    """An immunization: its number on the order (from 1) and what its code or name says it is."""

    number: int
    entry: Any
    vaccine_class: str | None


def items(ctx: OrderContext) -> tuple[ImmunizationItem, ...]:
    """The immunizations; one whose code and name disagree stands once for each reading."""
    found = []
    for number, entry in enumerate(ctx.order.patient.immunizations or (), 1):
        with ctx.silent():
            classes = ctx.terminology.vaccine(entry.cvx, entry.name)
        found += [ImmunizationItem(number, entry, name) for name in sorted(classes or ()) or (None,)]
    return tuple(found)


@integer(
    "immunizations.count",
    "number of immunizations",
    unit="immunizations",
    lowest=0,
    highest=MAX_ITEMS,
    listed="patient.immunizations",
    when_empty=0,
)
def count(ctx: OrderContext) -> int | None:
    """Immunizations on record, given or planned."""
    immunizations = ctx.order.patient.immunizations
    return None if immunizations is None else len(immunizations)


stated(
    "immunization.number",
    Kind.INTEGER,
    "number of the immunization",
    "number",
    "The place of the immunization on the order, from 1.",
    scope="immunization",
    lowest=1,
    highest=MAX_ITEMS,
)


@word("immunization.vaccine_class", "vaccine class", scope="immunization", words=VACCINE_CLASSES)
def vaccine_class(ctx: OrderContext, item: ImmunizationItem) -> str | None:
    """What kind of vaccine the CVX code or the name says; not known for one that no value set knows."""
    ctx.peek(item.entry, "name")
    if item.vaccine_class is None and ctx.recorder is not None:
        ctx.recorder.missing.setdefault(f"/patient/immunizations/{item.number - 1}/cvx")
    else:
        ctx.peek(item.entry, "cvx")
    return item.vaccine_class


@integer(
    "immunization.days_before_course", "days from the vaccine to day 1", scope="immunization", unit="days"
)
def days_before_course(ctx: OrderContext, item: ImmunizationItem) -> int | None:
    """Calendar days from the vaccine to day 1 of this course; 0 or less for one on or after it."""
    return ctx.days_before_course(item.entry.date)


@integer(
    "immunization.days_since_first_infusion",
    "days from the first infusion of any course to the vaccine",
    scope="immunization",
    unit="days",
)
def days_since_first_infusion(ctx: OrderContext, item: ImmunizationItem) -> int | None:
    """Calendar days from day 1 of the earliest course, this one included, to the vaccine."""
    day = item.entry.date
    known = [start for start in (ctx.first_prior_day, ctx.day_1) if start is not None]
    if day is None or not known:
        return None
    since: int = (day - min(known)).days
    # An infusion whose date is not known may lie before the earliest known one.
    return since if since >= 0 or _all_dates_known(ctx) else None


def _all_dates_known(ctx: OrderContext) -> bool:
    entries = ctx.order.patient.prior_infusions
    return (
        ctx.day_1 is not None and entries is not None and all([entry.date is not None for entry in entries])
    )
