"""Facts about the course: its dates, its number, and the courses before it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from orderguard.facts.context import OrderContext
from orderguard.facts.definition import Kind, integer, stated
from orderguard.order import MAX_ITEMS, InfusionStatus

_PRIOR_INFUSIONS = "patient.prior_infusions"

stated(
    "course.number",
    Kind.INTEGER,
    "course number",
    "course.number",
    "The number of the course that the order states.",
    lowest=1,
)


@integer("course.infusion_count", "number of infusions", unit="infusions", lowest=0, highest=MAX_ITEMS)
def infusion_count(ctx: OrderContext) -> int:
    """Infusions of the order that are not held."""
    return len(ctx.infusions)


def _count_status(ctx: OrderContext, status: InfusionStatus) -> int:
    return [infusion.status for infusion in ctx.order.infusions].count(status)


@integer(
    "course.given_count", "number of infusions already given", unit="infusions", lowest=0, highest=MAX_ITEMS
)
def given_count(ctx: OrderContext) -> int:
    """Infusions of the order that are given already."""
    return _count_status(ctx, "given")


@integer("course.held_count", "number of held infusions", unit="infusions", lowest=0, highest=MAX_ITEMS)
def held_count(ctx: OrderContext) -> int:
    """Infusions of the order that are held."""
    return _count_status(ctx, "held")


@integer("course.idle_days", "days without an infusion within the course", unit="days", lowest=0)
def idle_days(ctx: OrderContext) -> int | None:
    """Calendar days between the first and the last infusion on which no infusion stands."""
    if ctx.days is None:
        return None
    return (ctx.days[-1] - ctx.days[0]).days + 1 - len(ctx.days)


@integer(
    "course.most_infusions_in_a_day",
    "greatest number of infusions on one date",
    unit="infusions",
    lowest=1,
    highest=MAX_ITEMS,
)
def most_infusions_in_a_day(ctx: OrderContext) -> int | None:
    """The greatest number of infusions that stand on one local date."""
    if ctx.days is None:
        return None
    if len(ctx.days) == len(ctx.infusions):
        return 1
    return max(Counter(item.day for item in ctx.infusions).values())


@integer(
    "prior_infusions.count",
    "number of earlier infusions",
    unit="infusions",
    lowest=0,
    highest=MAX_ITEMS,
    listed=_PRIOR_INFUSIONS,
    when_empty=0,
)
def prior_infusions_count(ctx: OrderContext) -> int | None:
    """Earlier infusions of any alemtuzumab product."""
    entries = ctx.order.patient.prior_infusions
    return None if entries is None else len(entries)


@integer(
    "course.prior_infusion_count",
    "number of earlier infusions of this product",
    unit="infusions",
    lowest=0,
    highest=MAX_ITEMS,
    listed=_PRIOR_INFUSIONS,
    when_empty=0,
)
def prior_infusion_count(ctx: OrderContext) -> int | None:
    """Earlier infusions of the pack's own product."""
    own = ctx.own_prior_infusions
    return None if own is None else len(own)


@integer(
    "course.prior_infusions_on_course_dates",
    "number of earlier infusions on a date of this course",
    unit="infusions",
    lowest=0,
    highest=MAX_ITEMS,
    listed=_PRIOR_INFUSIONS,
    when_empty=0,
)
def prior_infusions_on_course_dates(ctx: OrderContext) -> int | None:
    """Earlier infusions of any alemtuzumab product that are dated on a day of this course."""
    entries = ctx.order.patient.prior_infusions
    if entries is None or (entries and ctx.days is None):
        return None
    dates = [entry.date for entry in entries]
    return None if None in dates else sum(day in (ctx.days or ()) for day in dates)


def last_prior_day(ctx: OrderContext) -> date | None:
    """The date of the last earlier infusion of the pack's own product, if all dates are known."""
    if ctx.recorder is None:
        return ctx.once(_find_last_prior_day)
    return _find_last_prior_day(ctx)


def _find_last_prior_day(ctx: OrderContext) -> date | None:
    own = ctx.own_prior_infusions
    if not own:
        return None
    with ctx.background():
        dated = [(entry.date, entry) for entry in own]
    if any(day is None for day, _ in dated):
        return None
    _, last = max(dated, key=lambda pair: str(pair[0]))
    return last.date


@integer(
    "course.months_since_last_infusion",
    "time since the last earlier infusion",
    unit="months",
    listed=_PRIOR_INFUSIONS,
)
def months_since_last_infusion(ctx: OrderContext) -> int | None:
    """Completed calendar months from the last earlier infusion to day 1."""
    last = last_prior_day(ctx)
    return None if last is None or ctx.day_1 is None else ctx.completed_months(last, ctx.day_1)


@integer(
    "course.months_begun_since_last_infusion",
    "time since the last earlier infusion, begun months counted",
    unit="months",
    listed=_PRIOR_INFUSIONS,
)
def months_begun_since_last_infusion(ctx: OrderContext) -> int | None:
    """Calendar months from the last earlier infusion to day 1, a begun month counted in full."""
    last = last_prior_day(ctx)
    return None if last is None or ctx.day_1 is None else ctx.begun_months(last, ctx.day_1)


@integer(
    "course.months_since_previous_course_began",
    "time since the first infusion of the previous course",
    unit="months",
    listed=_PRIOR_INFUSIONS,
)
def months_since_previous_course_began(ctx: OrderContext) -> int | None:
    """Completed calendar months from the first infusion of the course before this one to day 1."""
    courses = prior_courses(ctx)
    if not courses or ctx.day_1 is None:
        return None
    first = courses[-1].first_day
    return None if first is None else ctx.completed_months(first, ctx.day_1)


@dataclass(frozen=True, slots=True)
class PriorCourse:
    """An earlier course of the pack's own product: its number, its infusions, its first day if known."""

    number: int
    infusions: int
    first_day: date | None


def prior_courses(ctx: OrderContext) -> tuple[PriorCourse, ...] | None:
    """The earlier courses by number; None while the course or product of an earlier infusion is not known."""
    return ctx.once(_find_prior_courses)


def _find_prior_courses(ctx: OrderContext) -> tuple[PriorCourse, ...] | None:
    own = ctx.own_prior_infusions
    if not own:
        return None if own is None else ()
    by_number: dict[int, list[date | None]] = {}
    for entry in own:
        if entry.course is None:
            return None
        with ctx.silent():
            by_number.setdefault(entry.course, []).append(entry.date)
    return tuple(
        PriorCourse(course, len(days), None if None in days else min(day for day in days if day))
        for course, days in sorted(by_number.items())
    )


@integer(
    "prior_courses.count",
    "number of earlier courses",
    unit="courses",
    lowest=0,
    highest=MAX_ITEMS,
    listed=_PRIOR_INFUSIONS,
    when_empty=0,
)
def prior_courses_count(ctx: OrderContext) -> int | None:
    """Earlier courses of the pack's own product; an incomplete one counts."""
    courses = prior_courses(ctx)
    return None if courses is None else len(courses)


@integer("course.number_minus_prior_courses", "course number less the number of earlier courses")
def number_minus_prior_courses(ctx: OrderContext) -> int | None:
    """The stated course number less the number of earlier courses."""
    stated, courses = ctx.order.course.number, prior_courses(ctx)
    return None if stated is None or courses is None else stated - len(courses)


@integer("course.number_minus_highest_prior", "course number less the highest earlier course number")
def number_minus_highest_prior(ctx: OrderContext) -> int | None:
    """The stated course number less the highest number of an earlier course (0 without one)."""
    stated, courses = ctx.order.course.number, prior_courses(ctx)
    if stated is None or courses is None:
        return None
    return stated - max((course.number for course in courses), default=0)


stated(
    "prior_course.number",
    Kind.INTEGER,
    "number of the earlier course",
    "number",
    "The number of an earlier course.",
    scope="prior_course",
    lowest=1,
)
stated(
    "prior_course.infusion_count",
    Kind.INTEGER,
    "infusions of the earlier course",
    "infusions",
    "The infusions that an earlier course had.",
    scope="prior_course",
    unit="infusions",
    lowest=1,
    highest=MAX_ITEMS,
)
