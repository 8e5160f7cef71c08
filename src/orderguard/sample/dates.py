"""The dates of an order document: moved together, and counted from the course."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from orderguard.sample.places import Json

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T.+")


def moved(part: Any, days: int, old: ZoneInfo, new: ZoneInfo) -> Any:
    """A part of an order document, every date some days later and every local hour in another zone."""
    if isinstance(part, dict):
        return {key: moved(value, days, old, new) for key, value in part.items()}
    if isinstance(part, list):
        return [moved(value, days, old, new) for value in part]
    if isinstance(part, str) and _DATE.fullmatch(part):
        return (date.fromisoformat(part) + timedelta(days=days)).isoformat()
    if isinstance(part, str) and _INSTANT.fullmatch(part):
        local = datetime.fromisoformat(part).astimezone(old).replace(tzinfo=None)
        return (local + timedelta(days=days)).replace(tzinfo=new).isoformat()
    return part


def day_1(document: Json) -> date:
    """The local date of the first infusion."""
    return min(_start(infusion).date() for infusion in document["infusions"])


def last_day(document: Json) -> date:
    """The local date of the last infusion."""
    return max(_start(infusion).date() for infusion in document["infusions"])


def after_start(document: Json, number: int, minutes: int) -> str:
    """The instant some minutes after the start of an infusion, before it if negative; numbers from 0."""
    return (_start(document["infusions"][number]) + timedelta(minutes=minutes)).isoformat()


def _start(infusion: Json) -> datetime:
    return datetime.fromisoformat(infusion["scheduled_start"])
