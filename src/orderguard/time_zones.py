"""The IANA time zones an order may name.

Zones are read from the `tzdata` package and never from the operating system, so that one order means the same
on every machine.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo


@cache
def time_zone_names() -> frozenset[str]:
    """Every name that `time_zone` knows."""
    text = resources.files("tzdata").joinpath("zones").read_text(encoding="ascii")
    return frozenset(text.split())


@lru_cache(maxsize=256)
def time_zone(name: str) -> ZoneInfo:
    """The zone with this IANA name.

    Raises:
        KeyError: no zone has this name.
    """
    if name not in time_zone_names():
        raise KeyError("no such time zone")
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)
