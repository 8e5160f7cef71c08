"""Facts about an infusion within its treatment: what was given before it, when, and how it was borne.

The treatment is what `dose_history` puts together: earlier infusions of this product and course, and the
infusions of the order that are not held.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from orderguard.facts.context import InfusionItem, OrderContext
from orderguard.facts.definition import boolean, decimal, integer
from orderguard.facts.dose_history import (
    History,
    TreatmentDose,
    Unsure,
    history,
    note_dose,
    note_unsure,
    note_window,
    window,
)
from orderguard.order import MAX_ITEMS, Infusion

_HIGHEST_GRADE = 5
_MOST_DOSES = 2 * MAX_ITEMS


def _none_of(ctx: OrderContext, unsure: list[Unsure] | tuple[Unsure, ...]) -> bool:
    """Whether there are no unsure entries; else what would tell of them is noted."""
    note_unsure(ctx, unsure)
    return not unsure


# -- the dose before ---------------------------------------------------------------------------------------


@boolean("infusion.first_of_treatment", "first dose of this treatment", scope="infusion")
def first_of_treatment(ctx: OrderContext, item: InfusionItem) -> bool | None:
    """Whether no dose of this treatment comes before the infusion."""
    return _is_first(ctx, item)


def _is_first(ctx: OrderContext, item: InfusionItem) -> bool | None:
    past = history(ctx, item)
    if past is None:
        return None
    if past.doses:
        note_dose(ctx, past.doses[-1], past.doses[-1].dated_by)
        return False
    if any(each.member for each in past.unsure):
        return False
    return True if _none_of(ctx, past.unsure) else None


def _previous(ctx: OrderContext, item: InfusionItem) -> tuple[TreatmentDose, ...] | None:
    """The dose before, or the earlier infusions of one date that are; None while that is not known."""
    past = history(ctx, item)
    if past is None:
        return None
    last = past.doses[-1] if past.doses else None
    if not _none_of(ctx, [each for each in past.unsure if last is None or each.can_be_from(last.day)]):
        return None
    if last is None:
        return ()
    return (last,) if last.number else tuple([dose for dose in past.doses if dose.day == last.day])


@integer(
    "infusion.days_since_previous_dose",
    "time since the previous dose of this treatment",
    scope="infusion",
    unit="days",
    lowest=0,
)
def days_since_previous_dose(ctx: OrderContext, item: InfusionItem) -> int | None:
    """Calendar days from the previous dose of this treatment to the infusion."""
    return _days_since_previous(ctx, item)


def _days_since_previous(ctx: OrderContext, item: InfusionItem) -> int | None:
    previous = _previous(ctx, item)
    if not previous or item.day is None:
        return None
    note_dose(ctx, previous[-1], previous[-1].dated_by)
    return (item.day - previous[-1].day).days


@boolean("infusion.goes_up", "dose above the previous dose of this treatment", scope="infusion")
def goes_up(ctx: OrderContext, item: InfusionItem) -> bool | None:
    """Whether the dose is higher than the previous dose of this treatment; no for the first one."""
    return _is_higher(ctx, item)


def _is_higher(ctx: OrderContext, item: InfusionItem) -> bool | None:
    own, previous = item.infusion.dose_mg, _previous(ctx, item)
    if own is None or previous is None:
        return None
    for dose in previous:
        note_dose(ctx, dose, "dose_mg")
    higher = {None if dose.dose_mg is None else own > dose.dose_mg for dose in previous}
    if len(higher) <= 1 and None not in higher:
        return True in higher
    for dose in previous:
        # Of several doses on one date it is not known which was the last.
        ctx.note_unusable(dose.entry, "date" if dose.dose_mg is not None else "dose_mg")
    return None


@integer(
    "infusion.previous_grade",
    "grade of the reaction to the previous dose of this treatment",
    scope="infusion",
    lowest=0,
    highest=_HIGHEST_GRADE,
)
def previous_grade(ctx: OrderContext, item: InfusionItem) -> int | None:
    """The grade of the reaction to the previous dose; not known where that dose is one of this order."""
    previous = _previous(ctx, item)
    if not previous:
        return None
    grades = [_grade(ctx, dose) for dose in previous]
    known = [grade for grade in grades if grade is not None]
    return max(known) if len(known) == len(grades) else None


def _grade(ctx: OrderContext, dose: TreatmentDose) -> int | None:
    """The grade of the reaction to a dose, noted."""
    if dose.number:
        ctx.note_untold(dose.entry)
        return None
    ctx.background_get(dose.entry, "date")
    grade: int | None = dose.entry.reaction_grade
    return grade


@boolean(
    "infusion.escalates",
    "first dose, higher dose or restart of this treatment",
    scope="infusion",
    needs="restart_after_days",
)
def escalates(ctx: OrderContext, item: InfusionItem) -> bool | None:
    """Whether it is the first dose, higher than the previous one, or a restart after `restart_after_days`."""
    interval = ctx.measure.restart_after_days
    first = _is_first(ctx, item)
    if first or interval is None:
        return first or None
    higher, days = _is_higher(ctx, item), _days_since_previous(ctx, item)
    restarts = None if days is None else days >= interval
    found = (first, higher, restarts)
    return True if True in found else None if None in found else False


@boolean("infusion.first_planned", "first planned infusion", scope="infusion")
def first_planned(ctx: OrderContext, item: InfusionItem) -> bool | None:
    """Whether it is the first of the infusions that are planned, neither given nor held."""
    if item.infusion.status != "planned":
        return False
    planned = ctx.once(_planned)
    if planned.number == 1:
        return True
    start = ctx.background_get(item.infusion, "scheduled_start")
    if start is None:
        return None
    if planned.first is not None and planned.first < start:
        return False
    for other in planned.undated:
        ctx.note_missing(other, "scheduled_start")
    return None if planned.undated else True


class _Planned(NamedTuple):
    """The planned infusions: how many, the first known start, and those whose start is not known."""

    number: int
    first: datetime | None
    undated: list[Infusion]


def _planned(ctx: OrderContext) -> _Planned:
    infusions = [item.infusion for item in ctx.infusions]
    planned = [infusion for infusion in infusions if ctx.quiet(infusion, "status") == "planned"]
    starts = [(ctx.quiet(infusion, "scheduled_start"), infusion) for infusion in planned]
    return _Planned(
        len(planned),
        min([start for start, _ in starts if start is not None], default=None),
        [infusion for start, infusion in starts if start is None],
    )


# -- steps of the dose -------------------------------------------------------------------------------------


def _step_below(ctx: OrderContext, item: InfusionItem) -> tuple[bool, TreatmentDose | None] | None:
    """Whether a dose of the step below was given, and the newest one; None while that is not known.

    Only doses since the treatment was last at its lowest step count: a restart begins the steps anew.
    """
    own, past, steps = item.infusion.dose_mg, history(ctx, item), ctx.measure.dose_steps_mg
    if own is None or past is None or not steps:
        return None
    below = max((step for step in steps if step < own), default=None)
    found: TreatmentDose | None = None
    at_lowest = False
    for dose in reversed(past.doses):
        if dose.dose_mg is None and not at_lowest:
            ctx.note_missing(dose.entry, "dose_mg")
            return None
        lowest = dose.dose_mg is not None and dose.dose_mg <= steps[0]
        if at_lowest and not lowest:
            break
        at_lowest = lowest
        if below is not None and dose.dose_mg is not None and below <= dose.dose_mg < own:
            found = dose
            break
    return _unless_unsure(ctx, past, found)


def _unless_unsure(
    ctx: OrderContext, past: History, found: TreatmentDose | None
) -> tuple[bool, TreatmentDose | None] | None:
    """What was found, unless a dose that is unsure can stand after it."""
    later = [each for each in past.unsure if found is None or each.can_be_from(found.day)]
    return (found is not None, found) if _none_of(ctx, later) else None


@boolean(
    "infusion.step_below_given",
    "dose of the step below given since the lowest step",
    scope="infusion",
    needs="dose_steps_mg",
)
def step_below_given(ctx: OrderContext, item: InfusionItem) -> bool | None:
    """Whether a dose of the step below was given since the treatment was last at its lowest step."""
    found = _step_below(ctx, item)
    if found is None:
        return None
    if found[1] is not None:
        note_dose(ctx, found[1], "dose_mg")
    return found[0]


@integer(
    "infusion.step_below_grade",
    "grade of the reaction to the newest dose of the step below",
    scope="infusion",
    lowest=0,
    highest=_HIGHEST_GRADE,
    needs="dose_steps_mg",
)
def step_below_grade(ctx: OrderContext, item: InfusionItem) -> int | None:
    """The grade of the reaction to the newest dose of the step below; not known of a dose of this order."""
    found = _step_below(ctx, item)
    return None if found is None or found[1] is None else _grade(ctx, found[1])


@integer(
    "infusion.step_below_grade_at_least",
    "least possible grade of the reaction to the newest dose of the step below",
    scope="infusion",
    lowest=0,
    highest=_HIGHEST_GRADE,
    needs="dose_steps_mg",
)
def step_below_grade_at_least(ctx: OrderContext, item: InfusionItem) -> int | None:
    """The same, or 0 where the dose is known and the grade of its reaction is not."""
    found = _step_below(ctx, item)
    newest = None if found is None else found[1]
    if newest is None:
        return None
    if not newest.number:
        note_dose(ctx, newest, "reaction_grade")
    return newest.grade or 0


# -- doses within a window ---------------------------------------------------------------------------------


def _window(ctx: OrderContext, item: InfusionItem) -> History | None:
    days = ctx.measure.dose_window_days
    return None if days is None else window(ctx, item, days)


@decimal(
    "infusion.window_mg",
    "known dose in the window that ends with the infusion",
    scope="infusion",
    unit="mg",
    lowest=0,
    needs="dose_window_days",
)
def window_mg(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """The sum of the known doses on the `dose_window_days` dates that end with the infusion's date."""
    own, doses = item.infusion.dose_mg, _window(ctx, item)
    if own is None or doses is None:
        return None
    if ctx.measure.dose_window_days is not None:
        note_window(ctx, item, ctx.measure.dose_window_days)
    return sum((dose.dose_mg for dose in doses.doses if dose.dose_mg is not None), Decimal(0))


@boolean(
    "infusion.window_known",
    "record of the doses in that window complete",
    scope="infusion",
    never_false=True,
    needs="dose_window_days",
)
def window_known(ctx: OrderContext, item: InfusionItem) -> bool | None:
    """True when no other dose can stand in the window and each has its mg; left out otherwise."""
    doses = _window(ctx, item)
    if doses is None:
        return None
    without = [dose for dose in doses.doses if dose.dose_mg is None]
    for dose in without:
        ctx.note_missing(dose.entry, "dose_mg")
    return True if _none_of(ctx, doses.unsure) and not without else None


@integer(
    "infusion.window_full_doses",
    "known number of full doses in the window that ends with the infusion",
    scope="infusion",
    unit="doses",
    lowest=0,
    highest=_MOST_DOSES,
    needs="dose_steps_mg",
)
def window_full_doses(ctx: OrderContext, item: InfusionItem) -> int | None:
    """Known doses of the highest step on the `dose_window_days` dates that end with the infusion's date."""
    doses = _window(ctx, item)
    if doses is None:
        return None
    full = [dose for dose in doses.doses if _is_full(ctx, dose.dose_mg)]
    for dose in full:
        note_dose(ctx, dose, "dose_mg")
    return len(full)


def _is_full(ctx: OrderContext, dose_mg: Decimal | None) -> bool | None:
    """Whether a dose is of the highest step."""
    if dose_mg is None or not ctx.measure.dose_steps_mg:
        return None
    return dose_mg >= ctx.measure.dose_steps_mg[-1]


def _full_doses(ctx: OrderContext, item: InfusionItem) -> tuple[TreatmentDose | None, list[Unsure]] | None:
    """The newest full dose before an infusion, and the entries that may be a full dose."""
    past = history(ctx, item)
    if past is None:
        return None
    full = next((dose for dose in reversed(past.doses) if _is_full(ctx, dose.dose_mg)), None)
    maybe = [each for each in past.unsure if _is_full(ctx, each.dose_mg) is not False]
    maybe += [Unsure(dose.entry, dose.day, None, ("dose_mg",)) for dose in past.doses if dose.dose_mg is None]
    return full, maybe


@boolean(
    "infusion.first_full_dose", "first full dose of this treatment", scope="infusion", needs="dose_steps_mg"
)
def first_full_dose(ctx: OrderContext, item: InfusionItem) -> bool | None:
    """Whether no dose of the highest step comes before the infusion."""
    found = _full_doses(ctx, item)
    if found is None:
        return None
    full, maybe = found
    if full is not None:
        note_dose(ctx, full, "dose_mg")
        return False
    return True if _none_of(ctx, maybe) else None


@integer(
    "infusion.days_since_full_dose",
    "time since the newest known full dose of this treatment",
    scope="infusion",
    unit="days",
    lowest=0,
    needs="dose_steps_mg",
)
def days_since_full_dose(ctx: OrderContext, item: InfusionItem) -> int | None:
    """Calendar days from the newest known dose of the highest step to the infusion."""
    found = _full_doses(ctx, item)
    newest = None if found is None else found[0]
    if newest is None or item.day is None:
        return None
    note_dose(ctx, newest, newest.dated_by)
    return (item.day - newest.day).days


@boolean(
    "infusion.full_doses_known",
    "record of the full doses complete",
    scope="infusion",
    never_false=True,
    needs="dose_steps_mg",
)
def full_doses_known(ctx: OrderContext, item: InfusionItem) -> bool | None:
    """True when no full dose can stand nearer than the newest one that is known; left out otherwise."""
    found = _full_doses(ctx, item)
    if found is None:
        return None
    full, maybe = found
    nearer = [each for each in maybe if full is None or each.day is None or each.day > full.day]
    return _none_of(ctx, nearer) or None


# -- the whole treatment -----------------------------------------------------------------------------------


@integer(
    "infusion.days_since_first_dose",
    "time since the first known dose of this treatment",
    scope="infusion",
    unit="days",
    lowest=0,
)
def days_since_first_dose(ctx: OrderContext, item: InfusionItem) -> int | None:
    """Calendar days from the first known dose of this treatment to the infusion; 0 for the first one."""
    past = history(ctx, item)
    if past is None or item.day is None:
        return None
    if not past.doses:
        return 0
    note_dose(ctx, past.doses[0], past.doses[0].dated_by)
    return (item.day - past.doses[0].day).days


@boolean(
    "infusion.first_dose_known",
    "record of doses complete back to the first",
    scope="infusion",
    never_false=True,
)
def first_dose_known(ctx: OrderContext, item: InfusionItem) -> bool | None:
    """True when no dose of this treatment can be older than the first one that is known; else left out."""
    past = history(ctx, item)
    if past is None or item.day is None:
        return None
    first = past.doses[0].day if past.doses else item.day
    older = [each for each in past.unsure if each.day is None or each.day < first]
    return _none_of(ctx, older) or None


@boolean("doses.given_before", "a dose was given before")
def dose_given_before(ctx: OrderContext) -> bool | None:
    """Whether any dose was given: an infusion before this order, or one of the order that is given."""
    entries = ctx.order.patient.prior_infusions
    given = [item for item in ctx.infusions if ctx.quiet(item.infusion, "status") == "given"]
    for item in given:
        ctx.peek(item.infusion, "status")
    if entries or given:
        return True
    return None if entries is None else False
