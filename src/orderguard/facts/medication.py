"""Facts about medicines: what the patient takes, took, and gets before an infusion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from orderguard.facts import calendar
from orderguard.facts.context import Dose, InfusionItem, OrderContext
from orderguard.facts.definition import boolean, decimal, integer
from orderguard.facts.terminology import EquivalentRow, Terminology
from orderguard.order import MAX_ITEMS


def _classes(terminology: Terminology) -> tuple[str, ...]:
    return tuple(terminology.drug_classes)


def _classes_with_equivalents(terminology: Terminology) -> tuple[str, ...]:
    return tuple(
        name
        for name, drug_class in terminology.drug_classes.items()
        if any(member.rows for member in drug_class.members.values())
    )


def _equivalent_rows(terminology: Terminology) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            row.row
            for drug_class in terminology.drug_classes.values()
            for member in drug_class.members.values()
            for row in member.rows
        )
    )


# -- what the patient takes ------------------------------------------------------------------------------


def _overlaps_course(ctx: OrderContext, medication: Any) -> bool | None:
    """No start: already started. No end: continuing. An end on day 1 overlaps."""
    if ctx.day_1 is None or ctx.last_day is None:
        return None
    start, end = ctx.peek(medication, "start"), ctx.peek(medication, "end")
    return (start is None or start <= ctx.last_day) and (end is None or end >= ctx.day_1)


@boolean(
    "medications.{drug_class}.during_course",
    "{drug_class} during the course",
    over={"drug_class": _classes},
    listed="patient.medications",
    when_empty=False,
)
def during_course(ctx: OrderContext, drug_class: str) -> bool | None:
    """Whether a medication of the class overlaps the days from the first to the last infusion."""

    def overlaps(medication: Any) -> bool | None:
        match = ctx.drug_of(medication)
        member = ctx.in_class(medication, match, drug_class)
        if match is None or member is False:
            return member
        ctx.peek(medication, "name")
        overlap = _overlaps_course(ctx, medication)
        return False if overlap is False else None if member is None else overlap

    return ctx.exists(ctx.order.patient.medications, overlaps)


@integer(
    "medications.unrecognised_count",
    "number of medications on no list",
    unit="medications",
    lowest=0,
    listed="patient.medications",
    when_empty=0,
)
def unrecognised_count(ctx: OrderContext) -> int | None:
    """Medications whose name and codes no value set knows."""
    medications = ctx.order.patient.medications
    if medications is None:
        return None
    matches = [(entry, ctx.drug_of(entry)) for entry in medications]
    if any(match is None for _, match in matches):
        return None
    unknown = [entry for entry, match in matches if match is not None and not match.recognised]
    for entry in unknown:
        ctx.peek(entry, "name")
    return len(unknown)


# -- what the patient took -------------------------------------------------------------------------------


@boolean("history.{drug_class}.given", "{drug_class} given in the past", over={"drug_class": _classes})
def given_in_history(ctx: OrderContext, drug_class: str) -> bool | None:
    """Whether earlier infusions, earlier therapies or ended medications name a drug of the class."""
    members = ctx.terminology.drug_classes[drug_class].members

    def infused(entry: Any) -> bool | None:
        product = ctx.product_of(entry)
        ctx.peek(entry, "product")
        return None if product is None else ctx.terminology.products[product].drug in members

    def treated(entry: Any) -> bool | None:
        match = ctx.drug_of(entry)
        ctx.peek(entry, "name")
        return None if match is None else drug_class in match.classes

    def ended(entry: Any) -> bool | None:
        match = ctx.drug_of(entry)
        end = ctx.peek(entry, "end")
        if match is None or end is None:
            return None if match is None else False
        member = ctx.in_class(entry, match, drug_class)
        ctx.peek(entry, "name")
        if member is False or ctx.day_1 is None:
            return False if member is False else None
        return member if end < ctx.day_1 else False

    patient = ctx.order.patient
    found = [
        ctx.exists(patient.prior_infusions, infused),
        ctx.exists(patient.prior_therapies, treated),
        ctx.exists(patient.medications, ended),
    ]
    return True if True in found else None if None in found else False


def _distinct(ctx: OrderContext, drug_class: str) -> tuple[int, int] | None:
    """Distinct drugs of the class that are known, and entries that might name one more."""
    return ctx.once(_count_distinct, drug_class)


def _count_distinct(ctx: OrderContext, drug_class: str) -> tuple[int, int] | None:
    therapies = ctx.therapies
    if therapies is None:
        return None
    members = ctx.terminology.drug_classes[drug_class].members
    known = {drug for _, match in therapies if match is not None for drug in match.drugs if drug in members}
    unknown = sum(match is None or not match.recognised for _, match in therapies)
    for entry, _ in therapies:
        ctx.peek(entry, "name")
    return len(known), unknown


@integer(
    "prior_therapies.{drug_class}.distinct_at_least",
    "known number of different earlier therapies ({drug_class})",
    unit="therapies",
    lowest=0,
    highest=MAX_ITEMS,
    over={"drug_class": _classes},
)
def distinct_at_least(ctx: OrderContext, drug_class: str) -> int | None:
    """Different drugs of the class among the earlier therapies whose names are on a list."""
    counted = _distinct(ctx, drug_class)
    return None if counted is None else counted[0]


@integer(
    "prior_therapies.{drug_class}.distinct_at_most",
    "possible number of different earlier therapies ({drug_class})",
    unit="therapies",
    lowest=0,
    highest=MAX_ITEMS,
    over={"drug_class": _classes},
)
def distinct_at_most(ctx: OrderContext, drug_class: str) -> int | None:
    """The same, were each entry on no list one more drug of the class."""
    counted = _distinct(ctx, drug_class)
    return None if counted is None else counted[0] + counted[1]


@integer(
    "prior_therapies.{drug_class}.distinct",
    "number of different earlier therapies ({drug_class})",
    unit="therapies",
    lowest=0,
    highest=MAX_ITEMS,
    over={"drug_class": _classes},
)
def distinct(ctx: OrderContext, drug_class: str) -> int | None:
    """The same, while every entry is on a list."""
    counted = _distinct(ctx, drug_class)
    if counted is None:
        return None
    if counted[1]:
        _note_unlisted(ctx)
        return None
    return counted[0]


def _note_unlisted(ctx: OrderContext) -> None:
    if ctx.recorder is None:
        return
    for index, (_, match) in enumerate(ctx.therapies or ()):
        if match is None or not match.recognised:
            ctx.recorder.missing.setdefault(f"/patient/prior_therapies/{index}/name")


def _of_class(ctx: OrderContext, drug_class: str) -> list[Any] | None:
    therapies = ctx.therapies
    if therapies is None:
        return None
    return [entry for entry, match in therapies if match is not None and drug_class in match.classes]


@integer(
    "prior_therapies.{drug_class}.count",
    "number of earlier therapies ({drug_class})",
    unit="therapies",
    lowest=0,
    highest=MAX_ITEMS,
    over={"drug_class": _classes},
)
def therapy_count(ctx: OrderContext, drug_class: str) -> int | None:
    """Known earlier therapies of the class; not known while none is and an entry has no name."""
    therapies = ctx.therapies
    if therapies is None:
        return None
    known = len(_of_class(ctx, drug_class) or ())
    return known if known or all(match is not None for _, match in therapies) else None


@integer(
    "prior_therapies.{drug_class}.fewest_months_since_end",
    "shortest time since the end of an earlier therapy ({drug_class})",
    unit="months",
    over={"drug_class": _classes},
)
def fewest_months_since_end(ctx: OrderContext, drug_class: str) -> int | None:
    """Completed calendar months to day 1 from the latest known end of a therapy of the class."""
    if ctx.therapies is None:
        return None
    with ctx.silent():
        entries = _of_class(ctx, drug_class) or ()
        dated = [(entry.ended_on, entry) for entry in entries if entry.ended_on is not None]
    if ctx.day_1 is None or not dated:
        return None
    latest, entry = max(dated, key=lambda pair: str(pair[0]))
    ctx.peek(entry, "name")
    ctx.peek(entry, "ended_on")
    return ctx.completed_months(latest, ctx.day_1)


@boolean(
    "prior_therapies.{drug_class}.ends_known",
    "end dates of the earlier therapies ({drug_class}) on file",
    never_false=True,
    over={"drug_class": _classes},
)
def ends_known(ctx: OrderContext, drug_class: str) -> bool | None:
    """True when each therapy of the class carries its end; left out otherwise, so that it cannot clear."""
    therapies = ctx.therapies
    if therapies is None or any(match is None for _, match in therapies):
        return None
    entries = _of_class(ctx, drug_class) or ()
    return True if all([entry.ended_on is not None for entry in entries]) else None


# -- premedication ---------------------------------------------------------------------------------------


@boolean(
    "premedications.{drug_class}.ordered", "premedication with {drug_class}", over={"drug_class": _classes}
)
def premedication_ordered(ctx: OrderContext, drug_class: str) -> bool | None:
    """Whether a premedication entry names a drug of the class."""
    if ctx.doses is None:
        return None
    found = ctx.doses_of(drug_class)
    for dose in (dose for doses in found.by_day.values() for dose in doses):
        ctx.peek(dose.entry, "name")
    if found.by_day or any(field == "scheduled_at" for _, field in found.uncertain):
        return True
    return None if found.uncertain or not ctx.all_doses_identified else False


@boolean(
    "infusion.{drug_class}.given",
    "premedication with {drug_class} on the infusion date",
    scope="infusion",
    alike="doses",
    over={"drug_class": _classes},
)
def given_on_day(ctx: OrderContext, item: InfusionItem, drug_class: str) -> bool | None:
    """Whether a dose of the class stands on the infusion's local date."""
    if not ctx.all_doses_identified or item.day is None:
        ctx.background_get(item.infusion, "scheduled_start")
        return None
    found = ctx.doses_of(drug_class)
    on_day = found.by_day.get(item.day)
    if on_day:
        for dose in on_day:
            ctx.peek(dose.entry, "scheduled_at")
        return True
    ctx.background_get(item.infusion, "scheduled_start")
    uncertain = found.uncertain_on(item.day) if found.uncertain else ()
    for dose, field in uncertain:
        ctx.note_missing(dose.entry, field)
    return None if uncertain else False


class _DayDoses(NamedTuple):
    """The doses of a class on an infusion's date.

    Attributes:
        complete: whether no other dose of the class can stand on the date.
        equivalents: for each dose its row and its equivalent in mg; None where the dose is not known.
        minutes_before: minutes from each dose to the start of the infusion; negative for one after it.
    """

    complete: bool
    equivalents: list[tuple[str, Decimal | None]]
    minutes_before: list[Decimal]


def _day_doses(ctx: OrderContext, item: InfusionItem, drug_class: str) -> _DayDoses:
    key = item.number, drug_class
    try:
        return ctx.day_doses[key]  # type: ignore[no-any-return]
    except KeyError:
        found = ctx.day_doses[key] = _find_day_doses(ctx, item, drug_class)
        return found


def _find_day_doses(ctx: OrderContext, item: InfusionItem, drug_class: str) -> _DayDoses:
    found = ctx.doses_of(drug_class)
    doses = [] if item.day is None else found.by_day.get(item.day, [])
    uncertain = found.uncertain_on(item.day) if found.uncertain else ()
    for dose, field in uncertain:
        ctx.note_missing(dose.entry, field)
    return _DayDoses(
        ctx.all_doses_identified and item.day is not None and not uncertain,
        [_equivalent(ctx, dose, drug_class) for dose in doses],
        []
        if item.infusion.scheduled_start is None
        else _minutes_before(item.infusion.scheduled_start, doses),
    )


def _minutes_before(start: datetime, doses: Sequence[Dose]) -> list[Decimal]:
    times = [dose.entry.scheduled_at for dose in doses]
    return [calendar.elapsed_minutes(time, start) for time in times if time is not None]


def _equivalent(ctx: OrderContext, dose: Dose, drug_class: str) -> tuple[str, Decimal | None]:
    row, amount = _row(ctx, dose, drug_class), dose.entry.dose_mg
    if row is None:
        ctx.note_unusable(dose.entry, "route")
    if row is None or amount is None:
        return "", None
    if row.equals_mg == row.dose_mg:
        return row.row, amount
    return row.row, calendar.quotient_down(amount * row.equals_mg, row.dose_mg)


def _row(ctx: OrderContext, dose: Dose, drug_class: str) -> EquivalentRow | None:
    if dose.drug is None:
        return None
    members = ctx.terminology.drug_classes[drug_class].members
    route = ctx.background_get(dose.entry, "route")
    for drug in sorted(dose.drug.drugs):
        for row in members[drug].rows if drug in members else ():
            if row.routes is None or route in row.routes:
                return row
    return None


def _sum(amounts: list[Decimal | None]) -> Decimal | None:
    if len(amounts) == 1:
        return amounts[0]
    return None if None in amounts else sum((amount for amount in amounts if amount is not None), Decimal(0))


@decimal(
    "infusion.{drug_class}.mg_equivalent",
    "{drug_class} on the infusion date, in mg of the reference drug",
    scope="infusion",
    alike="doses",
    unit="mg",
    lowest=0,
    over={"drug_class": _classes_with_equivalents},
)
def mg_equivalent(ctx: OrderContext, item: InfusionItem, drug_class: str) -> Decimal | None:
    """The sum of the date's doses of the class, in mg of the reference drug of its value set, cut down."""
    day = _day_doses(ctx, item, drug_class)
    return _sum([amount for _, amount in day.equivalents]) if day.complete else None


@decimal(
    "infusion.{drug_class}.mg_equivalent.{row}",
    "{drug_class} ({row}) on the infusion date, in mg of the reference drug",
    scope="infusion",
    alike="doses",
    unit="mg",
    lowest=0,
    over={"drug_class": _classes_with_equivalents, "row": _equivalent_rows},
)
def mg_equivalent_of_row(ctx: OrderContext, item: InfusionItem, drug_class: str, row: str) -> Decimal | None:
    """The same sum over the doses that one kind of row of the value set covers."""
    day = _day_doses(ctx, item, drug_class)
    if not day.complete:
        return None
    return _sum([amount for name, amount in day.equivalents if name == row or amount is None])


@decimal(
    "infusion.{drug_class}.most_minutes_before",
    "earliest {drug_class} before the start",
    scope="infusion",
    alike="doses",
    unit="min",
    over={"drug_class": _classes},
)
def most_minutes_before(ctx: OrderContext, item: InfusionItem, drug_class: str) -> Decimal | None:
    """Minutes from the date's earliest dose of the class to the start of the infusion."""
    return max(_day_doses(ctx, item, drug_class).minutes_before, default=None)


@decimal(
    "infusion.{drug_class}.fewest_minutes_before",
    "latest {drug_class} before the start",
    scope="infusion",
    alike="doses",
    unit="min",
    over={"drug_class": _classes},
)
def fewest_minutes_before(ctx: OrderContext, item: InfusionItem, drug_class: str) -> Decimal | None:
    """Minutes from the date's latest dose of the class to the start; negative for a dose after it."""
    return min(_day_doses(ctx, item, drug_class).minutes_before, default=None)


def _doses_before_start(
    ctx: OrderContext, item: InfusionItem, drug_class: str
) -> list[tuple[Decimal, Any]] | None:
    """The date's doses of a class up to the start, with their minutes before it; None while one is unsure."""
    start = ctx.background_get(item.infusion, "scheduled_start")
    if not ctx.all_doses_identified or start is None or item.day is None:
        return None
    found = ctx.doses_of(drug_class)
    uncertain = found.uncertain_on(item.day)
    for dose, field in uncertain:
        ctx.note_missing(dose.entry, field)
    if uncertain:
        return None
    entries = [dose.entry for dose in found.by_day.get(item.day, ())]
    timed = [(calendar.elapsed_minutes(ctx.quiet(entry, "scheduled_at"), start), entry) for entry in entries]
    return [(minutes, entry) for minutes, entry in timed if minutes >= 0]


@decimal(
    "infusion.{drug_class}.mg_before_start",
    "{drug_class} on the infusion date up to the start",
    scope="infusion",
    alike="doses",
    unit="mg",
    lowest=0,
    over={"drug_class": _classes},
)
def mg_before_start(ctx: OrderContext, item: InfusionItem, drug_class: str) -> Decimal | None:
    """The sum of the date's doses of the class up to the start of the infusion; 0 without one."""
    doses = _doses_before_start(ctx, item, drug_class)
    return None if doses is None else _sum([entry.dose_mg for _, entry in doses] or [Decimal(0)])


@decimal(
    "infusion.{drug_class}.minutes_before_start",
    "newest {drug_class} up to the start",
    scope="infusion",
    alike="doses",
    unit="min before",
    lowest=0,
    over={"drug_class": _classes},
)
def minutes_before_start(ctx: OrderContext, item: InfusionItem, drug_class: str) -> Decimal | None:
    """Minutes from the last of the date's doses of the class that is not after the start, to the start."""
    doses = _doses_before_start(ctx, item, drug_class)
    for _, entry in doses or ():
        ctx.peek(entry, "scheduled_at")
    return min([minutes for minutes, _ in doses], default=None) if doses else None


@boolean(
    "infusion.{drug_class}.times_known",
    "time of each dose known ({drug_class})",
    scope="infusion",
    alike="doses",
    never_false=True,
    over={"drug_class": _classes},
)
def times_known(ctx: OrderContext, item: InfusionItem, drug_class: str) -> bool | None:
    """True when no other dose of the class can stand on the date; left out otherwise."""
    return _day_doses(ctx, item, drug_class).complete or None
