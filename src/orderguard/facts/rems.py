"""Facts about the REMS and the infusion facility."""

from __future__ import annotations

from orderguard.facts.context import OrderContext
from orderguard.facts.definition import Kind, boolean, integer, stated
from orderguard.order import SETTINGS

for _party in ("prescriber", "pharmacy", "facility"):
    stated(
        f"rems.{_party}.certified",
        Kind.BOOLEAN,
        f"{_party} certified in the REMS",
        f"rems.{_party}.certified",
        f"Whether the {_party} is certified in the REMS.",
    )
stated(
    "rems.prescription_form",
    Kind.BOOLEAN,
    "REMS prescription form on file",
    "rems.prescription_form",
    "Whether the REMS prescription ordering form is on file.",
)
stated(
    "rems.patient.enrolled",
    Kind.BOOLEAN,
    "patient enrolled in the REMS",
    "rems.patient.enrolled",
    "Whether the patient is enrolled in the REMS.",
)
stated(
    "rems.patient.counselled",
    Kind.BOOLEAN,
    "medication guide, patient guide and safety card given",
    "rems.patient.counselled",
    "Whether the patient was given the medication guide, the patient guide and the safety card.",
)
stated(
    "rems.authorized_course",
    Kind.INTEGER,
    "authorized course",
    "rems.patient.authorized_course",
    "The number of the course that the REMS authorized.",
    lowest=1,
)
stated(
    "facility.setting",
    Kind.WORD,
    "setting",
    "facility.setting",
    "Where the infusion is to be given.",
    words=SETTINGS,
)
stated(
    "facility.resuscitation_capable",
    Kind.BOOLEAN,
    "facility equipped for resuscitation",
    "facility.resuscitation_capable",
    "Whether the facility can treat anaphylaxis and cardiac or respiratory emergencies.",
)


@integer("rems.authorized_course_minus_course", "authorized course less the ordered course")
def authorized_course_minus_course(ctx: OrderContext) -> int | None:
    """The course that the REMS authorized less the course that is ordered."""
    authorized, ordered = ctx.order.rems.patient.authorized_course, ctx.order.course.number
    return None if authorized is None or ordered is None else authorized - ordered


@boolean("rems.authorized_on_stated", "date of the authorization stated")
def authorized_on_stated(ctx: OrderContext) -> bool:
    """Whether the authorization carries a date."""
    return ctx.order.rems.patient.authorized_on is not None


@integer("rems.authorized_days_before_course", "days from the authorization to day 1", unit="days")
def authorized_days_before_course(ctx: OrderContext) -> int | None:
    """Calendar days from the authorization to day 1; negative when it is dated after it."""
    return ctx.days_before_course(ctx.order.rems.patient.authorized_on)


@integer("rems.status_form_days_before_course", "days from the newest status form to day 1", unit="days")
def status_form_days_before_course(ctx: OrderContext) -> int | None:
    """Calendar days from the newest Patient Status Form to day 1."""
    return ctx.days_before_course(ctx.order.rems.patient.status_form_on)


@integer(
    "rems.status_form_age_months",
    "age of the newest status form on day 1, begun months counted",
    unit="months",
)
def status_form_age_months(ctx: OrderContext) -> int | None:
    """Calendar months from the newest Patient Status Form to day 1, a begun month counted in full."""
    day = ctx.order.rems.patient.status_form_on
    return None if day is None or ctx.day_1 is None else ctx.begun_months(day, ctx.day_1)
