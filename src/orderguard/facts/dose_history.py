"""The doses of one treatment: earlier infusions of the same product and course, and those of the order.

What is not known of an earlier infusion never makes a dose disappear: an entry that may be a dose of the
treatment, or whose place in time is not known, is kept as unsure, and a measurement that it could change is
not known.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from orderguard.facts.context import InfusionItem, OrderContext

_NO_MOMENT = datetime.min.replace(tzinfo=UTC)
_Place = tuple[date, bool, datetime, int]


@dataclass(frozen=True, slots=True)
class TreatmentDose:
    """A dose that certainly belongs to the treatment and has a date.

    Attributes:
        entry: the earlier infusion, or the infusion of the order.
        day: its local date.
        dose_mg: the dose, if known.
        grade: the grade of the reaction, if known; never known of an infusion of the order.
        number: its place on the order, from 1; 0 for an earlier infusion.
        moment: when it starts; nothing but infusions of one order are put in order by it.
    """

    entry: Any
    day: date
    dose_mg: Decimal | None
    grade: int | None = None
    number: int = 0
    moment: datetime = _NO_MOMENT

    @property
    def place(self) -> _Place:
        """What doses are put in order by: an earlier infusion comes before one of the order on its date."""
        return self.day, self.number > 0, self.moment, self.number

    @property
    def dated_by(self) -> str:
        """The field that gives the date."""
        return "scheduled_start" if self.number else "date"


@dataclass(frozen=True, slots=True)
class Unsure:
    """An entry that may be a dose of the treatment, or one whose place in time is not known.

    Attributes:
        entry: the entry.
        day: its date, if that is known.
        dose_mg: its dose, if known.
        lacks: the fields that would tell.
        member: whether it certainly belongs to the treatment.
        lacks_number: whether the number of the order's own course would tell.
    """

    entry: Any
    day: date | None
    dose_mg: Decimal | None
    lacks: tuple[str, ...]
    member: bool = False
    lacks_number: bool = False

    def can_be_from(self, day: date) -> bool:
        """Whether it can be dated on a day or after it."""
        return self.day is None or self.day >= day


@dataclass(frozen=True, slots=True)
class History:
    """The doses of the treatment on or before an infusion, without the infusion itself, oldest first."""

    doses: tuple[TreatmentDose, ...]
    unsure: tuple[Unsure, ...]


class _Line(NamedTuple):
    """All doses of the treatment, whatever infusion is asked about.

    Attributes:
        doses: the doses, oldest first.
        places: the place of each.
        earlier: those that are earlier infusions, oldest first.
        days: the day of each of these.
        own: those of the order, as they stand there.
        unsure: the entries that are unsure.
        contradictory: the earlier infusions as they count for an infusion that they are dated after.
    """

    doses: tuple[TreatmentDose, ...]
    places: list[_Place]
    earlier: tuple[TreatmentDose, ...]
    days: list[date]
    own: tuple[TreatmentDose, ...]
    unsure: tuple[Unsure, ...]
    contradictory: tuple[tuple[date, Unsure], ...]


def history(ctx: OrderContext, item: InfusionItem) -> History | None:
    """The doses before an infusion; None while its date or the list of earlier infusions is not known."""
    start = ctx.background_get(item.infusion, "scheduled_start")
    line = ctx.once(_line)
    if line is None or start is None or item.day is None:
        return None
    before = bisect_left(line.places, (item.day, True, start, item.number))
    unsure = line.unsure
    if line.days and line.days[-1] > item.day:
        unsure += tuple([each for day, each in line.contradictory if day > item.day])
    return History(line.doses[:before], unsure)


def window(ctx: OrderContext, item: InfusionItem, days: int) -> History | None:
    """All doses on the dates of the window that ends with an infusion's date, the infusion's own among them.

    Args:
        ctx: the order.
        item: the infusion.
        days: how many calendar dates the window has.
    """
    past = history(ctx, item)
    if past is None or item.day is None:
        return None
    first = item.day - timedelta(days=days - 1)
    doses = ctx.once(_doses_between, first, item.day)
    return History(doses, tuple([each for each in past.unsure if each.can_be_from(first)]))


def note_window(ctx: OrderContext, item: InfusionItem, days: int) -> None:
    """Note the doses of a window, as `note_dose` does. Infusions of one date have the same."""
    if item.day is not None:
        ctx.once(_note_between, item.day - timedelta(days=days - 1), item.day)


def _note_between(ctx: OrderContext, first: date, last: date) -> None:
    for dose in ctx.once(_doses_between, first, last):
        note_dose(ctx, dose, "dose_mg")


def _doses_between(ctx: OrderContext, first: date, last: date) -> tuple[TreatmentDose, ...]:
    """The doses on the dates from one to another: earlier infusions, then those of the order."""
    line = ctx.once(_line)
    if line is None:
        return ()
    earlier = line.earlier[bisect_left(line.days, first) : bisect_right(line.days, last)]
    return (*earlier, *[dose for dose in line.own if first <= dose.day <= last])


def first_planned_day(ctx: OrderContext) -> date | None:
    """The date of the first planned infusion, or day 1 where none is planned; None while one is not known."""
    planned = [item for item in ctx.infusions if ctx.quiet(item.infusion, "status") == "planned"]
    if not planned:
        return ctx.day_1
    days = [item.day for item in planned]
    for item in planned:
        ctx.background_get(item.infusion, "scheduled_start")
    known = [day for day in days if day is not None]
    return min(known) if len(known) == len(days) else None


def given_days(ctx: OrderContext) -> dict[date, tuple[Any, str]] | None:
    """The dates on which any dose was given, each with its entry and field; None while one is not known.

    Earlier infusions of any product count, and infusions of the order that are given.
    """
    return ctx.once(_find_given_days)


def _find_given_days(ctx: OrderContext) -> dict[date, tuple[Any, str]] | None:
    entries = ctx.order.patient.prior_infusions
    if entries is None:
        return None
    found: dict[date | None, tuple[Any, str]] = {}
    for entry in entries:
        found.setdefault(ctx.quiet(entry, "date"), (entry, "date"))
        if ctx.quiet(entry, "date") is None:
            ctx.note_missing(entry, "date")
    for item in ctx.infusions:
        if ctx.quiet(item.infusion, "status") == "given":
            found.setdefault(item.day, (item.infusion, "scheduled_start"))
            ctx.background_get(item.infusion, "scheduled_start")
    return None if None in found else {day: place for day, place in found.items() if day is not None}


def note_unsure(ctx: OrderContext, unsure: Iterable[Unsure]) -> None:
    """Note what would tell of entries that are unsure."""
    for each in unsure:
        for field in each.lacks:
            ctx.note_unusable(each.entry, field)
        if each.lacks_number:
            ctx.note_missing(ctx.order.course, "number")


def note_dose(ctx: OrderContext, dose: TreatmentDose, *fields: str) -> None:
    """Note the date of a dose as background, and fields of it as read."""
    ctx.background_get(dose.entry, dose.dated_by)
    for field in fields:
        ctx.peek(dose.entry, field)


def _line(ctx: OrderContext) -> _Line | None:
    earlier, own = ctx.once(_earlier_infusions), ctx.once(_infusions_of_order)
    if earlier is None:
        return None
    doses = tuple(sorted([*earlier.doses, *own.doses], key=attrgetter("place")))
    oldest_first = tuple(dose for dose in doses if not dose.number)
    return _Line(
        doses,
        [dose.place for dose in doses],
        oldest_first,
        [dose.day for dose in oldest_first],
        own.doses,
        (*earlier.unsure, *own.unsure),
        tuple((dose.day, _contradictory(dose)) for dose in earlier.doses),
    )


def _earlier_infusions(ctx: OrderContext) -> History | None:
    entries = ctx.order.patient.prior_infusions
    if entries is None:
        return None
    doses, unsure = [], []
    with ctx.silent():
        for entry in entries:
            found = _of_treatment(ctx, entry)
            if isinstance(found, TreatmentDose):
                doses.append(found)
            elif found is not None:
                unsure.append(found)
    return History(tuple(doses), tuple(unsure))


def _of_treatment(ctx: OrderContext, entry: Any) -> TreatmentDose | Unsure | None:
    """What an earlier infusion is to the treatment; None when it belongs to another product or course."""
    product, number = ctx.product_of(entry), ctx.order.course.number
    if product not in (None, ctx.measure.product):
        return None
    if None not in (entry.course, number) and entry.course != number:
        return None
    lacks = [field for field, known in (("product", product), ("course", entry.course)) if known is None]
    if lacks or number is None:
        return Unsure(entry, entry.date, entry.dose_mg, tuple(lacks), lacks_number=number is None)
    if entry.date is None:
        return Unsure(entry, None, entry.dose_mg, ("date",), member=True)
    return TreatmentDose(entry, entry.date, entry.dose_mg, entry.reaction_grade)


def _contradictory(dose: TreatmentDose) -> Unsure:
    """An earlier infusion that is dated after the infusion: when it was given is not known."""
    return Unsure(dose.entry, None, dose.dose_mg, ("date",), member=True)


def _infusions_of_order(ctx: OrderContext) -> History:
    doses, unsure = [], []
    with ctx.silent():
        for item in ctx.infusions:
            start, mg = item.infusion.scheduled_start, item.infusion.dose_mg
            if start is None or item.day is None:
                unsure.append(Unsure(item.infusion, None, mg, ("scheduled_start",)))
            else:
                doses.append(TreatmentDose(item.infusion, item.day, mg, number=item.number, moment=start))
    return History(tuple(doses), tuple(unsure))
