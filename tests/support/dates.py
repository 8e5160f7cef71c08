"""Days and instants beside those that the rules count from."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from support.documents import Json

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
A_DAY = date(2025, 6, 2)
AN_INSTANT = "2025-06-02T09:00:00-04:00"


def written(day: date) -> str:
    """A day as the order document writes it; a day outside the years that it may have is the nearest one."""
    return min(max(day, FIRST_DAY), LAST_DAY).isoformat()


def months_after(day: date, months: int) -> date:
    """The same day of another month; where there is none, as many days into the next one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(min(max(year, FIRST_DAY.year), LAST_DAY.year), month + 1, 1)
    return first + timedelta(days=day.day - 1)


def anchors(document: Json) -> list[date]:
    """The days that rules count from: of the first and the last infusions, and of the last earlier one."""
    patient = document.get("patient") or {}
    texts = [infusion.get("scheduled_start") for infusion in document.get("infusions") or []]
    texts += [entry.get("date") for entry in (patient.get("prior_infusions") or [])[-1:]]
    days = [date.fromisoformat(text[:10]) for text in texts if text]
    return [*days[:1], *days[-2:]] or [A_DAY]


def start_beside(parent: Any, document: Json, source: Random) -> str:
    """The start of the infusion that a preparation belongs to, or of any."""
    infusions = document.get("infusions") or [{}]
    own = [each for each in infusions if each.get("preparation") is parent]
    return str((own or [source.choice(infusions)])[0].get("scheduled_start") or AN_INSTANT)


def moved(instant: str, shift: timedelta) -> str:
    """An instant earlier or later, or where it is if it would leave the years that it may have."""
    there = datetime.fromisoformat(instant) + shift
    return there.isoformat() if FIRST_DAY < there.date() < LAST_DAY else instant


def all_moved(value: Any, days: timedelta) -> Any:
    """A part of an order with every day and instant earlier or later."""
    if isinstance(value, dict):
        return {key: all_moved(inner, days) for key, inner in value.items()}
    if isinstance(value, list):
        return [all_moved(inner, days) for inner in value]
    if isinstance(value, str) and value[4:5] == value[7:8] == "-":
        return written(date.fromisoformat(value[:10]) + days) + value[10:]
    return value
