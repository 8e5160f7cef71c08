"""Facts about one infusion: dose, bag, duration, observation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from orderguard.facts import calendar
from orderguard.facts.context import InfusionItem, OrderContext
from orderguard.facts.definition import Kind, boolean, decimal, integer, stated, word
from orderguard.order import DILUENTS, INFUSION_ROUTES, MAX_ITEMS, STORAGE

_HUNDRED = Decimal(100)
_MOST = Decimal(10**12)


def _field(name: str, kind: Kind, label: str, meaning: str, *, part: str = "", **options: Any) -> None:
    """Declare a fact that is a field of the infusion or of its preparation."""
    field = f"infusion.{part}{name}"
    stated(f"infusion.{name}", kind, label, field, meaning, scope="infusion", alike="bag", **options)


_PREPARATION = "preparation."

_field("dose_mg", Kind.DECIMAL, "dose", "The ordered dose.", unit="mg", lowest=0)
_field("route", Kind.WORD, "route", "The ordered route.", words=INFUSION_ROUTES)
_field(
    "observation_minutes",
    Kind.DECIMAL,
    "observation after the end",
    "Ordered observation after the end of the infusion.",
    unit="min",
    lowest=0,
)
_field("vital_signs_ordered", Kind.BOOLEAN, "vital signs ordered", "Whether vital signs are ordered.")
_field(
    "drug_volume_ml",
    Kind.DECIMAL,
    "drawn volume",
    "Volume of drug concentrate drawn for the bag.",
    part=_PREPARATION,
    unit="mL",
    lowest=0,
)
_field("vials", Kind.INTEGER, "number of vials", "Vials used.", part=_PREPARATION, unit="vials", lowest=0)
_field("diluent", Kind.WORD, "diluent", "The diluent.", part=_PREPARATION, words=DILUENTS)
_field(
    "diluent_volume_ml",
    Kind.DECIMAL,
    "diluent volume",
    "The nominal volume of diluent.",
    part=_PREPARATION,
    unit="mL",
    lowest=0,
)
_field(
    "final_volume_ml",
    Kind.DECIMAL,
    "final volume",
    "The stated final volume of the bag.",
    part=_PREPARATION,
    unit="mL",
    lowest=0,
)
_field(
    "storage", Kind.WORD, "bag storage", "Where the diluted bag is kept.", part=_PREPARATION, words=STORAGE
)
_field(
    "protected_from_light",
    Kind.BOOLEAN,
    "protected from light",
    "Whether the diluted bag is protected from light.",
    part=_PREPARATION,
)
_field("vial_storage", Kind.WORD, "vial storage", "Where the vial is kept.", part=_PREPARATION, words=STORAGE)
stated(
    "infusion.number",
    Kind.INTEGER,
    "number of the infusion",
    "number",
    "The place of the infusion on the order, from 1.",
    scope="infusion",
    lowest=1,
    highest=MAX_ITEMS,
)


@integer(
    "infusion.day_number",
    "infusion date of the course, counted",
    scope="infusion",
    lowest=1,
    highest=MAX_ITEMS,
)
def day_number(ctx: OrderContext, item: InfusionItem) -> int | None:
    """Which of the course's distinct infusion dates the infusion stands on, from 1."""
    return None if ctx.days is None or item.day is None else ctx.days.index(item.day) + 1


@word("infusion.status", "status", scope="infusion", words=("planned", "given"))
def status(_: OrderContext, item: InfusionItem) -> str:
    """Whether the infusion is planned or given already; held infusions are no infusions here."""
    return "given" if item.infusion.status == "given" else "planned"


@boolean("infusion.duration_stated", "duration stated", scope="infusion", alike="bag")
def duration_stated(_: OrderContext, item: InfusionItem) -> bool:
    """Whether the order states the duration."""
    return item.infusion.duration_minutes is not None


@boolean("infusion.rate_stated", "rate stated", scope="infusion", alike="bag")
def rate_stated(_: OrderContext, item: InfusionItem) -> bool:
    """Whether the order states a rate."""
    return item.infusion.rate_ml_per_hour is not None


@boolean("infusion.diluent_volume_stated", "diluent volume stated", scope="infusion", alike="bag")
def diluent_volume_stated(_: OrderContext, item: InfusionItem) -> bool:
    """Whether the order states the diluent volume."""
    return item.infusion.preparation.diluent_volume_ml is not None


@boolean("infusion.final_volume_stated", "final volume stated", scope="infusion", alike="bag")
def final_volume_stated(_: OrderContext, item: InfusionItem) -> bool:
    """Whether the order states the final volume."""
    return item.infusion.preparation.final_volume_ml is not None


@boolean("infusion.stated_undiluted", "stated to be undiluted", scope="infusion", alike="bag")
def stated_undiluted(_: OrderContext, item: InfusionItem) -> bool:
    """Whether the order says that the drug is not diluted: diluent none, or a volume of 0."""
    preparation = item.infusion.preparation
    return (
        preparation.diluent == "none"
        or preparation.diluent_volume_ml == 0
        or preparation.final_volume_ml == 0
    )


@decimal("infusion.volume_ml", "bag volume", scope="infusion", alike="bag", unit="mL", lowest=0)
def volume_ml(_: OrderContext, item: InfusionItem) -> Decimal | None:
    """The stated bag volume: the smaller of diluent and final volume where both are stated."""
    diluent, final = item.infusion.preparation.diluent_volume_ml, item.infusion.preparation.final_volume_ml
    if diluent is None or final is None:
        return final if diluent is None else diluent
    return min(diluent, final)


def _infused_volume(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """What a rate divides: the final volume if stated, else the diluent volume."""
    final: Decimal | None = ctx.peek(item.infusion.preparation, "final_volume_ml")
    return item.infusion.preparation.diluent_volume_ml if final is None else final


def _usable_rate(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """The rate; a rate of 0 tells no duration."""
    rate = item.infusion.rate_ml_per_hour
    if rate is not None and not rate:
        ctx.note_unusable(item.infusion, "rate_ml_per_hour")
    return rate or None


def _rate_duration(ctx: OrderContext, item: InfusionItem, divide: Any) -> Decimal | None:
    """Volume through rate in minutes."""
    rate, volume = _usable_rate(ctx, item), _infused_volume(ctx, item)
    if rate is None or volume is None:
        return None
    minutes: Decimal = divide(volume * 60, rate)
    return minutes if minutes <= _MOST else _MOST


def _duration(ctx: OrderContext, item: InfusionItem, divide: Any) -> Decimal | None:
    duration = item.infusion.duration_minutes
    if duration is not None or ctx.peek(item.infusion, "rate_ml_per_hour") is None:
        return duration
    return _rate_duration(ctx, item, divide)


@decimal(
    "infusion.drawn_dose_difference_percent",
    "difference between the drawn and the ordered dose",
    scope="infusion",
    alike="bag",
    unit="%",
    lowest=0,
)
def drawn_dose_difference_percent(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """How far drawn volume times the product's strength lies from the dose, in percent of it, cut up."""
    dose, volume = item.infusion.dose_mg, item.infusion.preparation.drug_volume_ml
    if dose is None or volume is None:
        return None
    drawn = volume * ctx.terminology.products[ctx.measure.product].strength_mg_per_ml
    difference = abs(drawn - dose)
    if not dose:
        return _MOST if difference else Decimal(0)
    return min(calendar.quotient_up(difference * _HUNDRED, dose), _MOST)


@decimal("infusion.duration_minutes", "duration", scope="infusion", alike="bag", unit="min", lowest=0)
def duration_minutes(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """The stated duration, else volume through rate, cut down."""
    return _duration(ctx, item, calendar.quotient_down)


@decimal("infusion.duration_minutes_cut_up", "duration", scope="infusion", alike="bag", unit="min", lowest=0)
def duration_minutes_cut_up(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """The stated duration, else volume through rate, cut up: for rules that set a maximum."""
    return _duration(ctx, item, calendar.quotient_up)


@decimal(
    "infusion.rate_duration_minutes", "duration by rate", scope="infusion", alike="bag", unit="min", lowest=0
)
def rate_duration_minutes(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """Volume through rate, cut down."""
    return _rate_duration(ctx, item, calendar.quotient_down)


@decimal(
    "infusion.rate_duration_difference_percent",
    "difference between the durations by rate and as stated",
    scope="infusion",
    alike="bag",
    unit="%",
    lowest=0,
)
def rate_duration_difference_percent(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """How far volume through rate lies from the stated duration, in percent of the latter, cut up."""
    stated, rate, volume = item.infusion.duration_minutes, _usable_rate(ctx, item), _infused_volume(ctx, item)
    if stated is None or rate is None or volume is None:
        return None
    difference = abs(volume * 60 - stated * rate)
    if not stated:
        return _MOST if difference else Decimal(0)
    return min(calendar.quotient_up(difference * _HUNDRED, stated * rate), _MOST)


@decimal(
    "infusion.minutes_from_preparation_to_start",
    "time from dilution to the start",
    scope="infusion",
    alike="bag",
    unit="min",
)
def minutes_from_preparation_to_start(_: OrderContext, item: InfusionItem) -> Decimal | None:
    """Minutes from the dilution to the start; negative when the bag is prepared after it."""
    prepared, start = item.infusion.preparation.prepared_at, item.infusion.scheduled_start
    return None if prepared is None or start is None else calendar.elapsed_minutes(prepared, start)


@decimal(
    "infusion.minutes_from_preparation_to_end",
    "time from dilution to the end",
    scope="infusion",
    alike="bag",
    unit="min",
)
def minutes_from_preparation_to_end(ctx: OrderContext, item: InfusionItem) -> Decimal | None:
    """Minutes from the dilution to the planned end of the infusion."""
    start = minutes_from_preparation_to_start(ctx, item)
    duration = duration_minutes_cut_up(ctx, item)
    return None if start is None or duration is None else min(Decimal(start) + Decimal(duration), _MOST)


@integer(
    "infusion.vial_days_to_expiry",
    "days from the infusion to the vial's expiry",
    scope="infusion",
    unit="days",
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
    alike="bag",
    unit="additives",
    lowest=0,
    highest=MAX_ITEMS,
)
def additive_count(_: OrderContext, item: InfusionItem) -> int | None:
    """Other drugs in the bag or the line."""
    additives = item.infusion.preparation.additives
    return None if additives is None else len(additives)
