"""Infusions that are alike: those of one order that differ in their dates only.

Most infusions of a course are. A fact that is declared `alike` depends on nothing that this module leaves out
of the likeness, so it is measured once for all infusions that are alike.
"""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter

from orderguard.facts.context import Dose, InfusionItem, OrderContext
from orderguard.order import Infusion, Premedication, Preparation

_RELATIVE_FIELDS = {"scheduled_start", "prepared_at", "scheduled_at"}
"""Fields that stand in the likeness as a time from the infusion."""

_LEFT_OUT = {*_RELATIVE_FIELDS, "preparation", "vial_expires_on"}
"""Every field but these stands in the likeness as it is. A day to expiry differs from date to date."""

_as_stated = attrgetter(
    *(name for name in Infusion.model_fields if name not in _LEFT_OUT),
    *(f"preparation.{name}" for name in Preparation.model_fields if name not in _LEFT_OUT),
)
_dose_as_stated = attrgetter(*(name for name in Premedication.model_fields if name not in _RELATIVE_FIELDS))


def likeness(ctx: OrderContext, item: InfusionItem) -> object | None:
    """What infusions of one order have in common when they are alike; None for one that is like no other."""
    start, day = item.infusion.scheduled_start, item.day
    if start is None or day is None or not ctx.all_doses_identified or ctx.doses_without_day:
        return None
    prepared = item.infusion.preparation.prepared_at
    return (
        _as_stated(item.infusion),
        None if prepared is None else start - prepared,
        tuple([_dose_likeness(dose, start) for dose in ctx.doses_on(day)]),
    )


def _dose_likeness(dose: Dose, start: datetime) -> object:
    given = dose.entry.scheduled_at
    return _dose_as_stated(dose.entry), None if given is None else start - given
