"""Infusions that are alike: those that differ in their dates only.

Most infusions of a course are. A fact that is declared `alike` depends on nothing that this module leaves out
of the likeness, so it is measured once for all infusions that are alike.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta
from operator import itemgetter

from orderguard.facts.context import InfusionItem, OrderContext
from orderguard.order import Infusion, Premedication, Preparation

_RELATIVE_FIELDS = {"scheduled_start", "prepared_at", "scheduled_at"}
"""Fields that stand in the likeness as a time from the infusion."""

_LEFT_OUT = {*_RELATIVE_FIELDS, "preparation", "vial_expires_on"}
"""Every field but these stands in the likeness as it is. A day to expiry differs from date to date."""

_of_infusion = itemgetter(*(name for name in Infusion.model_fields if name not in _LEFT_OUT))
_of_preparation = itemgetter(*(name for name in Preparation.model_fields if name not in _LEFT_OUT))
_of_dose = itemgetter(*(name for name in Premedication.model_fields if name not in _RELATIVE_FIELDS))

_MOST_DOSES = 100
"""More on one day are hardly given alike twice, and a thousand such likenesses would fill the memory."""


def likeness_of_bag(_: OrderContext, item: InfusionItem) -> Hashable | None:
    """What infusions with the same order and bag have in common; None for one that is like no other."""
    start = item.infusion.scheduled_start
    if start is None or item.day is None:
        return None
    preparation = item.infusion.preparation
    return (
        _of_infusion(vars(item.infusion)),
        _of_preparation(vars(preparation)),
        _time_before(start, preparation.prepared_at),
    )


def likeness_of_doses(ctx: OrderContext, item: InfusionItem) -> Hashable | None:
    """What infusions with the same premedication have in common; None for one that is like no other."""
    start, day = item.infusion.scheduled_start, item.day
    if start is None or day is None or not ctx.all_doses_identified or ctx.doses_without_day:
        return None
    doses = ctx.doses_on(day)
    if len(doses) > _MOST_DOSES:
        return None
    return tuple(
        [(_of_dose(vars(dose.entry)), _time_before(start, dose.entry.scheduled_at)) for dose in doses]
    )


def _time_before(start: datetime, instant: datetime | None) -> timedelta | None:
    return None if instant is None else start - instant
