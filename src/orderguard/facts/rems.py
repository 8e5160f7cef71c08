"""Facts about the REMS and the infusion facility."""

from __future__ import annotations

from typing import Any

from orderguard.facts import calendar
from orderguard.facts.context import OrderContext
from orderguard.facts.definition import boolean, integer, word
from orderguard.order import SETTINGS


@boolean(
    "rems.{party}.certified", "{party} certified in the REMS", over={"party": ("prescriber", "pharmacy", "facility")}
)
def party_certified(ctx: OrderContext, party: str) -> bool | None:
    """Whether the prescriber, pharmacy or facility is certified in the REMS."""
    entry: Any = getattr(ctx.order.rems, party)
    certified: bool | None = entry.certified
    return certified


@boolean("rems.prescription_form", "REMS prescription form on file")
def prescription_form(ctx: OrderContext) -> bool | None:
    """Whether the REMS prescription ordering form is on file."""
    return ctx.order.rems.prescription_form


@boolean("rems.patient.enrolled", "patient enrolled in the REMS")
def patient_enrolled(ctx: OrderContext) -> bool | None:
    """Whether the patient is enrolled in the REMS."""
    return ctx.order.rems.patient.enrolled


@boolean("rems.patient.counselled", "medication guide, patient guide and safety card given")
def patient_counselled(ctx: OrderContext) -> bool | None:
    """Whether the patient was given the medication guide, the patient guide and the safety card."""
    return ctx.order.rems.patient.counselled


@integer("rems.authorized_course_minus_course", "authorized course less the ordered course")
def authorized_course_minus_course(ctx: OrderContext) -> int | None:
    """The course that the REMS authorized less the course that is ordered."""
    authorized, ordered = ctx.order.rems.patient.authorized_course, ctx.order.course.number
    return None if authorized is None or ordered is None else authorized - ordered


@boolean("rems.authorized_on_stated", "date of the authorization stated")
def authorized_on_stated(ctx: OrderContext) -> bool:
    """Whether the authorization carries a date."""
    return ctx.peek(ctx.order.rems.patient, "authorized_on") is not None


@integer("rems.authorized_days_before_course", "days from the authorization to day 1", unit="days")
def authorized_days_before_course(ctx: OrderContext) -> int | None:
    """Calendar days from the authorization to day 1; negative when it is dated after it."""
    return ctx.days_before_course(ctx.order.rems.patient.authorized_on)


@integer("rems.status_form_days_before_course", "days from the newest status form to day 1", unit="days")
def status_form_days_before_course(ctx: OrderContext) -> int | None:
    """Calendar days from the newest Patient Status Form to day 1."""
    return ctx.days_before_course(ctx.order.rems.patient.status_form_on)


@integer(
    "rems.status_form_age_months", "age of the newest status form on day 1, begun months counted", unit="months"
)
def status_form_age_months(ctx: OrderContext) -> int | None:
    """Calendar months from the newest Patient Status Form to day 1, a begun month counted in full."""
    day = ctx.order.rems.patient.status_form_on
    return None if day is None or ctx.day_1 is None else calendar.begun_months(day, ctx.day_1)


@word("facility.setting", "setting", words=SETTINGS)
def setting(ctx: OrderContext) -> str:
    """Where the infusion is to be given."""
    return ctx.order.facility.setting


@boolean("facility.resuscitation_capable", "facility equipped for resuscitation")
def resuscitation_capable(ctx: OrderContext) -> bool | None:
    """Whether the facility can treat anaphylaxis and cardiac or respiratory emergencies."""
    return ctx.order.facility.resuscitation_capable
