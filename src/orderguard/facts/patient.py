"""Facts about the patient: age, pregnancy, counselling, allergies, conditions."""

from __future__ import annotations

from typing import Any

from orderguard.facts import calendar
from orderguard.facts.context import OrderContext
from orderguard.facts.definition import Kind, boolean, integer, stated
from orderguard.facts.terminology import Terminology
from orderguard.order import CONDITION_KINDS, COUNSELLING_TOPICS, PREGNANCY_STATUSES, SEXES

UNCLASSIFIED_KIND = "other"


@integer("patient.age_years", "age on day 1", unit="years")
def age_years(ctx: OrderContext) -> int | None:
    """Completed years of age on day 1 of the course."""
    birth = ctx.order.patient.birth_date
    return None if birth is None or ctx.day_1 is None else calendar.completed_years(birth, ctx.day_1)


stated("patient.sex", Kind.WORD, "sex", "patient.sex", "The sex that the order states.", words=SEXES)
stated(
    "pregnancy.status",
    Kind.WORD,
    "pregnancy status",
    "patient.pregnancy.status",
    "The pregnancy status that the order states.",
    words=PREGNANCY_STATUSES,
)
stated(
    "patient.lactating",
    Kind.BOOLEAN,
    "breast-feeding",
    "patient.lactating",
    "Whether the patient breast-feeds.",
)
stated(
    "patient.household_oral_polio",
    Kind.BOOLEAN,
    "oral polio vaccine due in the household",
    "patient.household_oral_polio",
    "Whether someone in the household is due the oral polio vaccine.",
)


stated(
    "patient.cytopenia_holds",
    Kind.INTEGER,
    "number of earlier holds for low counts",
    "patient.cytopenia_holds",
    "How often the treatment was held for low counts before.",
    unit="holds",
    lowest=0,
)


@integer("pregnancy.test_days_before_course", "age of the pregnancy test on day 1", unit="days")
def pregnancy_test_days_before_course(ctx: OrderContext) -> int | None:
    """Calendar days from the pregnancy test to day 1."""
    return ctx.days_before_course(ctx.order.patient.pregnancy.tested_on)


@boolean("counselling.{topic}.given", "counselling on {topic} given", over={"topic": COUNSELLING_TOPICS})
def counselling_given(ctx: OrderContext, topic: str) -> bool | None:
    """Whether the counselling list names the topic."""
    topics = ctx.order.patient.counselling
    return None if topics is None else topic in tuple(topics)


@integer("contraception.months_after_last_infusion", "contraception after the last infusion", unit="months")
def contraception_months(ctx: OrderContext) -> int | None:
    """Completed calendar months from the last infusion to the end of planned contraception."""
    return ctx.months_after_last_infusion(ctx.order.patient.contraception_until)


@integer("monitoring.months_after_last_infusion", "monitoring after the last infusion", unit="months")
def monitoring_months(ctx: OrderContext) -> int | None:
    """Completed calendar months from the last infusion to the end of arranged laboratory monitoring."""
    return ctx.months_after_last_infusion(ctx.order.patient.monitoring_until)


@boolean(
    "allergies.{allergen}.recorded",
    "allergy to {allergen} recorded",
    over={"allergen": lambda terminology: terminology.allergen_classes},
    listed="patient.allergies",
    when_empty=False,
)
def allergy_recorded(ctx: OrderContext, allergen: str) -> bool | None:
    """Whether an allergy to a substance of the class is recorded."""

    def names_it(allergy: Any) -> bool | None:
        with ctx.silent():
            classes = ctx.terminology.allergen(allergy.substance, allergy.rxcui)
        if classes is None:
            ctx.note_missing(allergy, "substance")
            return None
        ctx.peek(allergy, "substance")
        ctx.peek(allergy, "rxcui")
        return allergen in classes

    return ctx.exists(ctx.order.patient.allergies, names_it)


def _condition_groups(terminology: Terminology) -> tuple[str, ...]:
    return (*CONDITION_KINDS, *terminology.condition_groups)


def _kinds_of(ctx: OrderContext, condition: Any) -> frozenset[str] | None:
    """The kinds that a condition's kind and code name; None when it is not classified."""
    stated, code = ctx.peek(condition, "kind"), ctx.peek(condition, "icd10cm")
    kinds = {stated, None if code is None else _kind_of_code(ctx, code)} - {None}
    if not kinds:
        ctx.note_missing(condition, "kind")
        return None
    return frozenset(kinds - {UNCLASSIFIED_KIND} or kinds)


def _kind_of_code(ctx: OrderContext, code: str) -> str | None:
    if ctx.terminology.disease(code) == ctx.measure.indication:
        return UNCLASSIFIED_KIND
    return ctx.terminology.condition_kind(code)


def _in_group(ctx: OrderContext, condition: Any, group: str) -> bool | None:
    kinds = _kinds_of(ctx, condition)
    if kinds is None:
        return None
    return not kinds.isdisjoint(ctx.terminology.condition_groups.get(group, {group}))


def _has_status(ctx: OrderContext, condition: Any, group: str, status: str) -> bool | None:
    """Whether a condition is of a group and has a status; false by either, whatever the other."""
    stated = ctx.peek(condition, "status")
    if stated not in (None, status):
        return False
    member = _in_group(ctx, condition, group)
    if member is False:
        return False
    if stated is None:
        ctx.note_missing(condition, "status")
        return None
    return member


@boolean(
    "conditions.{group}.active",
    "active condition of kind {group}",
    over={"group": _condition_groups},
    listed="patient.conditions",
    when_empty=False,
)
def condition_active(ctx: OrderContext, group: str) -> bool | None:
    """Whether a condition of the kind or group is active."""
    return ctx.exists(
        ctx.order.patient.conditions, lambda condition: _has_status(ctx, condition, group, "active")
    )


@boolean(
    "conditions.{group}.ever",
    "condition of kind {group}, past or present",
    over={"group": _condition_groups},
    listed="patient.conditions",
    when_empty=False,
)
def condition_ever(ctx: OrderContext, group: str) -> bool | None:
    """Whether a condition of the kind or group is recorded, whatever its status."""
    return ctx.exists(ctx.order.patient.conditions, lambda condition: _in_group(ctx, condition, group))


def _since_first_infusion(ctx: OrderContext, condition: Any, group: str, status: str) -> bool | None:
    member = _has_status(ctx, condition, group, status)
    if member is False:
        return False
    onset = condition.onset
    if onset is None:
        return None
    first = ctx.first_prior_day
    if first is not None and onset >= first:
        return member
    # An undated earlier infusion may lie before the earliest date that is known.
    entries = ctx.order.patient.prior_infusions
    undated = entries is None or any(entry.date is None for entry in entries)
    return None if undated else False


@boolean(
    "conditions.{group}.active_since_first_infusion",
    "active condition of kind {group} that began after the first infusion",
    over={"group": _condition_groups},
    listed="patient.conditions",
    when_empty=False,
)
def condition_active_since(ctx: OrderContext, group: str) -> bool | None:
    """Whether an active condition of the group began on or after the first earlier infusion."""
    return ctx.exists(
        ctx.order.patient.conditions,
        lambda condition: _since_first_infusion(ctx, condition, group, "active"),
    )


def _since_first_dose(ctx: OrderContext, condition: Any, group: str, status: str) -> bool | None:
    member = _has_status(ctx, condition, group, status)
    if member is False:
        return False
    onset = condition.onset
    if onset is None:
        return None
    known = [day for day in (ctx.first_prior_day, ctx.day_1) if day is not None]
    if known and onset >= min(known):
        return member
    # A dose whose date is not known may lie before the earliest date that is known.
    entries = ctx.order.patient.prior_infusions
    dated = entries is not None and all([entry.date is not None for entry in entries])
    return False if dated and ctx.day_1 is not None else None


@boolean(
    "conditions.{group}.resolved_since_first_dose",
    "resolved condition of kind {group} that began on or after the first dose",
    over={"group": _condition_groups},
)
def condition_resolved_since_dose(ctx: OrderContext, group: str) -> bool | None:
    """Whether a resolved condition of the group began on or after the first dose, this order's included."""
    return ctx.exists(
        ctx.order.patient.conditions,
        lambda condition: _since_first_dose(ctx, condition, group, "resolved"),
    )


@boolean(
    "conditions.{group}.resolved_since_first_infusion",
    "resolved condition of kind {group} that began after the first infusion",
    over={"group": _condition_groups},
    listed="patient.conditions",
    when_empty=False,
)
def condition_resolved_since(ctx: OrderContext, group: str) -> bool | None:
    """Whether a resolved condition of the group began on or after the first earlier infusion."""
    return ctx.exists(
        ctx.order.patient.conditions,
        lambda condition: _since_first_infusion(ctx, condition, group, "resolved"),
    )
