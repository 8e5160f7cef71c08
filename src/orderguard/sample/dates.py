"""The dates of an order document: moved together, and counted from the course."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from orderguard.sample.places import Json

_TEXT_OF_A_TIME = re.compile(r'(?<=")(?:\d{4}-\d{2}-\d{2})(?:T[^"]+)?(?=")')


class MovableOrder:
    """An order document whose dates can be moved together; it is taken apart once and filled in many times.

    Args:
        text: the document, as JSON.
    """

    def __init__(self, text: str) -> None:
        zone = ZoneInfo(json.loads(text)["time_zone"])
        times = _TEXT_OF_A_TIME.findall(text)
        self._between = _TEXT_OF_A_TIME.split(text)
        self._times = [_read(time, zone) for time in times]

    def moved(self, days: int, zone: ZoneInfo) -> Json:
        """The document with every date some days later, and every local hour in another zone."""
        by = timedelta(days=days)
        told: dict[date, str] = {}
        pieces = [self._between[0]]
        for time, after in zip(self._times, self._between[1:], strict=True):
            text = told.get(time)
            if text is None:
                later = time + by
                text = (later.replace(tzinfo=zone) if isinstance(later, datetime) else later).isoformat()
                told[time] = text
            pieces += (text, after)
        document: Json = json.loads("".join(pieces))
        return document


def _read(text: str, zone: ZoneInfo) -> date:
    """A date, or an instant as the local time of a zone."""
    if "T" not in text:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).astimezone(zone).replace(tzinfo=None)


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
