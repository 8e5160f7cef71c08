"""Facts about one infusion: dose, bag, duration, observation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from orderguard.facts import calendar
from orderguard.facts.context import InfusionItem, OrderContext
from orderguard.facts.definition import boolean, decimal, integer, word
from orderguard.order import DILUENTS, INFUSION_ROUTES, STORAGE

_HUNDRED = Decimal(100)
_MOST = Decimal(10**12)


def _infusion_fact(declare: Any, name: str, label: str, meaning: str, attribute: str, **options: Any) -> None:
    """Declare a fact that is one field of the infusion or its preparation, as the order states it."""
    part, _, field = attribute.rpartition(".")

    def measure(_: OrderContext, item: InfusionItem) -> Any:
        return getattr(getattr(item.infusion, part) if part else item.infusion, field)

    measure.__doc__ = meaning
    declare(f"infusion.{name}", label, scope="infusion", **options)(measure)


_infusion_fact(decimal, "dose_mg", "dose", "The ordered dose.", "dose_mg", unit="mg", lowest=0)
_infusion_fact(word, "route", "route", "The ordered route.", "route", words=INFUSION_ROUTES)
_infusion_fact(
    decimal,
    "observation_minutes",
    "observation after the end",
    "Ordered observation after the end of the infusion.",
    "observation_minutes",
    unit="min",
    lowest=0,
)
_infusion_fact(
    boolean, "vital_signs_ordered", "vital signs ordered", "Whether vital signs are ordered.", "vital_signs_ordered"
)
_infusion_fact(
    decimal,
    "drug_volume_ml",
    "drawn volume",
    "Volume of drug concentrate drawn for the bag.",
    "preparation.drug_volume_ml",
    unit="mL",
    lowest=0,
)
_infusion_fact(
    integer,
    "vials",
    "number of vials",
    "Vials used for the dose.",
    "preparation.vials",
    unit="vials",
    lowest=0,
)
_infusion_fact(word, "diluent", "diluent", "The diluent.", "preparation.diluent", words=DILUENTS)
_infusion_fact(
    decimal,
    "diluent_volume_ml",
    "diluent volume",
    "The nominal volume of diluent.",
    "preparation.diluent_volume_ml",
    unit="mL",
    lowest=0,
)
_infusion_fact(
    decimal,
    "final_volume_ml",
    "final volume",
    "The stated final volume of the bag.",
    "preparation.final_volume_ml",
    unit="mL",
    lowest=0,
)
_infusion_fact(
    word, "storage", "bag storage", "Where the diluted bag is kept.", "preparation.storage", words=STORAGE
)
_infusion_fact(
    boolean,
    "protected_from_light",
    "protected from light",
    "Whether the diluted bag is protected from light.",
    "preparation.protected_from_light",
)
_infusion_fact(
    word, "vial_storage", "vial storage", "Where the vial is kept.", "preparation.vial_storage", words=STORAGE
)


@integer("infusion.number", "number of the infusion", scope="infusion", lowest=1, highest=1000)
def number(_: OrderContext, item: InfusionItem) -> int:
    """The place of the infusion on the order, from 1."""
    return item.number


@integer("infusion.day_number", "infusion date of the course, counted", scope="infusion", lowest=1, highest=1000)
def day_number(ctx: OrderContext, item: InfusionItem) -> int | None:
    """Which of the course's distinct infusion dates the infusion stands on, from 1."""
    return None if ctx.days is None or item.day is None else ctx.days.index(item.day) + 1


def _declare_stated(name: str, label: str, part: str, field: str) -> None:
    def stated(ctx: OrderContext, item: InfusionItem) -> bool:
        return ctx.peek(getattr(item.infusion, part) if part else item.infusion, field) is not None

    stated.__doc__ = f"Whether the order states the {label}."
    boolean(f"infusion.{name}_stated", f"{label} stated", scope="infusion")(stated)


_declare_stated("duration", "duration", "", "duration_minutes")
_declare_stated("rate", "rate", "", "rate_ml_per_hour")
_declare_stated("diluent_volume", "diluent volume", "preparation", "diluent_volume_ml")
_declare_stated("final_volume", "final volume", "preparation", "final_volume_ml")


@boolean("infusion.stated_undiluted", "stated to be undiluted", scope="infusion")
def stated_undiluted(ctx: OrderContext, item: InfusionItem) -> bool:
    """Whether the order says that the drug is not diluted: diluent none, or a volume of 0."""
    preparation = item.infusion.preparation
    volumes = (ctx.peek(preparation, "diluent_volume_ml"), ctx.peek(preparation, "final_volume_ml"))
    return ctx.peek(preparation, "diluent") == "none" or 0 in volumes


def _stated_volumes(ctx: OrderContext, item: InfusionItem) -> tuple[Decimal | None, Decimal | None]:
    """The diluent volume and the final volume, where stated; one of them is missing when neither is."""
    preparation = item.infusion.preparation
    volumes = ctx.peek(preparation, "diluent_volume_ml"), ctx.peek(preparation, "final_volume_ml")
    if volumes == (None, None):
        ctx.note_missing(preparation, "diluent_volume_ml")
    return volumes


@decimal("infusion.volume_ml", "bag volume", scope="infusion", unit="mL", lowest=0)
def volume_ml(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """The stated bag volume: the smaller of diluent and final volume where both are stated."""
    return min((volume for volume in _stated_volumes(ctx, item) if volume is not None), default=None)


def _infused_volume(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """What a rate divides: the final volume if stated, else the diluent volume."""
    diluent, final = _stated_volumes(ctx, item)
    return diluent if final is None else final


def _rate_duration(ctx: OrderContext, item: InfusionItem, divide: Any) -> Decimal | None:
    """Volume through rate in minutes: the final volume if stated, else the diluent volume."""
    rate = item.infusion.rate_ml_per_hour
    volume = _infused_volume(ctx, item)
    if rate is None or volume is None or not rate:
        return None
    minutes: Decimal = divide(volume * 60, rate)
    return minutes if minutes <= _MOST else _MOST


def _duration(ctx: OrderContext, item: InfusionItem, divide: Any) -> Decimal | None:
    stated: Decimal | None = ctx.peek(item.infusion, "duration_minutes")
    if stated is not None:
        return stated
    if ctx.peek(item.infusion, "rate_ml_per_hour") is not None:
        return _rate_duration(ctx, item, divide)
    ctx.note_missing(item.infusion, "duration_minutes")
    return None


@decimal("infusion.duration_minutes", "duration", scope="infusion", unit="min", lowest=0)
def duration_minutes(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """The stated duration, else volume through rate, cut down."""
    return _duration(ctx, item, calendar.quotient_down)


@decimal("infusion.duration_minutes_cut_up", "duration", scope="infusion", unit="min", lowest=0)
def duration_minutes_cut_up(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """The stated duration, else volume through rate, cut up: for rules that set a maximum."""
    return _duration(ctx, item, calendar.quotient_up)


@decimal("infusion.rate_duration_minutes", "duration by rate", scope="infusion", unit="min", lowest=0)
def rate_duration_minutes(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """Volume through rate, cut down."""
    return _rate_duration(ctx, item, calendar.quotient_down)


@decimal(
    "infusion.rate_duration_difference_percent",
    "difference between the durations by rate and as stated",
    scope="infusion",
    unit="%",
    lowest=0,
)
def rate_duration_difference_percent(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """How far volume through rate lies from the stated duration, in percent of the latter, cut up."""
    stated = item.infusion.duration_minutes
    rate = item.infusion.rate_ml_per_hour
    volume = _infused_volume(ctx, item)
    if stated is None or rate is None or volume is None or not rate:
        return None
    difference = abs(volume * 60 - stated * rate)
    if not stated:
        return _MOST if difference else Decimal(0)
    return min(calendar.quotient_up(difference * _HUNDRED, stated * rate), _MOST)


@decimal(
    "infusion.minutes_from_preparation_to_start",
    "time from dilution to the start",
    scope="infusion",
    unit="min",
)
def minutes_from_preparation_to_start(_: OrderContext, item: InfusionItem) -> Decimal | None:
    """Minutes from the dilution to the start; negative when the bag is prepared after it."""
    prepared, start = item.infusion.preparation.prepared_at, item.infusion.scheduled_start
    return None if prepared is None or start is None else calendar.elapsed_minutes(prepared, start)


@decimal(
    "infusion.minutes_from_preparation_to_end", "time from dilution to the end", scope="infusion", unit="min"
)
def minutes_from_preparation_to_end(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """Minutes from the dilution to the planned end of the infusion."""
    start = minutes_from_preparation_to_start(ctx, item)
    duration = duration_minutes_cut_up(ctx, item)
    return None if start is None or duration is None else min(Decimal(start) + Decimal(duration), _MOST)


@integer(
    "infusion.vial_days_to_expiry", "days from the infusion to the vial's expiry", scope="infusion", unit="days"
)
def vial_days_to_expiry(_: OrderContext, item: InfusionItem) -> int | None:
    """Calendar days from the infusion's date to the vial's expiry date; negative once expired."""
    expires = item.infusion.preparation.vial_expires_on
    day = _own_day(item)
    return None if expires is None or day is None else (expires - day).days


def _own_day(item: InfusionItem) -> date | None:
    return item.day if item.infusion.scheduled_start is not None else None


@integer(
    "infusion.additive_count",
    "number of additives in the bag",
    scope="infusion",
    unit="additives",
    lowest=0,
    highest=1000,
)
def additive_count(_: OrderContext, item: InfusionItem) -> int | None:
    """Other drugs in the bag or the line."""
    additives = item.infusion.preparation.additives
    return None if additives is None else len(additives)


