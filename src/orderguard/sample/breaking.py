"""Ways in which a sender breaks an order document, so that it cannot be read as an order."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from orderguard.sample.places import Json

Break = Callable[[Json, Random], str]


def _text(order: Json) -> str:
    return json.dumps(order, ensure_ascii=False, separators=(",", ":"))


def _cut(order: Json, source: Random) -> str:
    text = _text(order)
    return text[: source.randrange(2, len(text) - 1)]


def _misspelt_key(order: Json, _: Random) -> str:
    order["patient"]["imunizations"] = order["patient"].pop("immunizations", [])
    return _text(order)


def _time_without_offset(order: Json, source: Random) -> str:
    infusion = source.choice(order["infusions"])
    infusion["scheduled_start"] = infusion["scheduled_start"][:19]
    return _text(order)


def _number_that_is_none(order: Json, source: Random) -> str:
    source.choice(order["infusions"])["dose_mg"] = float("nan")
    return _text(order)


def _text_for_a_number(order: Json, source: Random) -> str:
    source.choice(order["infusions"])["duration_minutes"] = "four hours"
    return _text(order)


def _no_infusions(order: Json, _: Random) -> str:
    order["infusions"] = []
    return _text(order)


def _key_twice(order: Json, _: Random) -> str:
    return '{"schema_version":"1",' + _text(order)[1:]


def _other_version(order: Json, _: Random) -> str:
    order["schema_version"] = "0"
    return _text(order)


BREAKS: tuple[tuple[str, Break], ...] = (
    ("the document is cut", _cut),
    ("a key is misspelt", _misspelt_key),
    ("a time has no offset", _time_without_offset),
    ("a dose is not a number", _number_that_is_none),
    ("a duration is a text", _text_for_a_number),
    ("there is no infusion", _no_infusions),
    ("a key stands twice", _key_twice),
    ("the version is another one", _other_version),
)
