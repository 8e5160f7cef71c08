"""What is handed to durable-rules: a group's rules and the facts, as JSON.

Properties are called p0, p1, ... in the order of the group's facts. Decimals are scaled to integers. A fact
that is not known is left out, so no condition on it holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

from orderguard.engine.groups import Group
from orderguard.engine.rails import Literal, Term
from orderguard.errors import EngineFault
from orderguard.facts.definition import FactValue
from orderguard.rulebook.pack import Outcome

SENTINEL = "zzzz"
"""The name of the rule that fires last."""

RETRACT = '{"id":"o"}'
"""What takes the fact back."""

SCALE = 6
MAX_INTEGER = 10**18
MAX_EXPONENT = 12
MAX_WORD = 200

_LAST = 9
_EXACT = Context(prec=60)
_FACT_START = '{"id":"o","z":1'
_ENGINE_KEYS = ("id", "sid", "z", "$s", "$m", "$i", "$time", "$baseTime", "$timerName", "$forward")
_RAIL_LETTERS: Mapping[Outcome, str] = {
    Outcome.VIOLATED: "v",
    Outcome.CLEARED: "c",
    Outcome.NOT_APPLICABLE: "n",
}
_SIGNS: Mapping[str, str] = {"ne": "$neq", "lt": "$lt", "le": "$lte", "gt": "$gt", "ge": "$gte"}

Definition = dict[str, dict[str, Any]]


def compile_group(group: Group) -> Definition:
    """The definition of a group's ruleset: a rule for each term of each rail, and the sentinel.

    A name is four characters: the question (two hexadecimal digits), the rail (v, c or n) and the term.
    """
    keys = {name: f"p{index}" for index, name in enumerate(group.facts)}
    definition: Definition = {}
    for index, rails in enumerate(group.rails):
        for outcome, rail in rails.by_outcome():
            for number, term in enumerate(rail):
                name = f"{index:02x}{_RAIL_LETTERS[outcome]}{number:x}"
                definition[name] = {"all": [{"m": _pattern(term, keys)}]}
    definition[SENTINEL] = {"all": [{"m": {"z": 1}}], "pri": _LAST}
    return definition


def _pattern(term: Term, keys: Mapping[str, str]) -> dict[str, Any]:
    conditions = [_condition(literal, keys[literal.fact]) for literal in term]
    return conditions[0] if len(conditions) == 1 else {"$and": conditions}


def _condition(literal: Literal, key: str) -> dict[str, Any]:
    value = literal.value
    constant = _scaled(value) if isinstance(value, Decimal) else value
    return {key: constant} if literal.sign == "eq" else {_SIGNS[literal.sign]: {key: constant}}


def meaning_of(group: Group) -> dict[str, tuple[int, Outcome]]:
    """What the firing of each rule proves."""
    return {
        f"{index:02x}{_RAIL_LETTERS[outcome]}{number:x}": (index, outcome)
        for index, rails in enumerate(group.rails)
        for outcome, rail in rails.by_outcome()
        for number in range(len(rail))
    }


def fnv_1a(name: str) -> int:
    """The 32-bit hash by which durable-rules tells properties apart."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ (byte if byte < 0x80 else byte | 0xFFFFFF00)) * 0x01000193) & 0xFFFFFFFF  # noqa: PLR2004
    return value


def check_hashes(names: Iterable[str]) -> None:
    """Refuse property names that durable-rules would take for one another.

    Raises:
        EngineFault: two names have the same hash.
    """
    seen: dict[int, str] = {}
    for name in names:
        other = seen.setdefault(fnv_1a(name), name)
        if other != name:
            raise EngineFault(f"durable-rules cannot tell the properties {other} and {name} apart")


# -- facts as JSON -----------------------------------------------------------------------------------------


def _scaled(value: Decimal) -> int:
    scaled = _EXACT.scaleb(value, SCALE)
    whole = int(scaled)
    if whole != scaled:
        raise ValueError
    return whole


def _integer(value: object) -> str:
    if type(value) is not int or not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise ValueError
    return str(value)


@lru_cache(maxsize=4096, typed=True)
def _decimal(value: object) -> str:
    if type(value) is not Decimal or not value.is_finite() or value.adjusted() > MAX_EXPONENT:
        raise ValueError
    return _integer(_scaled(value))


def _boolean(value: object) -> str:
    if type(value) is not bool:
        raise ValueError
    return "true" if value else "false"


@lru_cache(maxsize=4096, typed=True)
def _word(value: object) -> str:
    if type(value) is not str or len(value) > MAX_WORD:
        raise ValueError
    return json.dumps(value)


_WRITERS: Mapping[type, Callable[[object], str]] = {
    bool: _boolean,
    int: _integer,
    Decimal: _decimal,
    str: _word,
}


def _types(group: Group) -> dict[str, type]:
    """The type of each fact, which is the type of the constants it is compared with."""
    types: dict[str, type] = {}
    for literal in group.literals():
        kind = type(literal.value)
        if types.setdefault(literal.fact, kind) is not kind:
            raise EngineFault(f"the fact {literal.fact} is compared with constants of different types")
    return types


class FactWriter:
    """Writes what is known of a group's facts as one flat JSON object.

    Args:
        group: the group.

    Raises:
        EngineFault: durable-rules would confuse two properties.
    """

    def __init__(self, group: Group) -> None:
        keys = [f"p{index}" for index in range(len(group.facts))]
        check_hashes((*_ENGINE_KEYS, *keys))
        types = _types(group)
        self._fields = [
            (name, f',"{key}":', _WRITERS[types[name]])
            for name, key in zip(group.facts, keys, strict=True)
            if name in types
        ]

    def write(self, facts: Mapping[str, FactValue | None]) -> str:
        """The JSON object of the facts.

        Raises:
            EngineFault: a value is not of its fact's kind, or too large; the text names the fact.
        """
        parts = [_FACT_START]
        for name, prefix, write in self._fields:
            value = facts.get(name)
            if value is None:
                continue
            try:
                parts.append(prefix + write(value))
            except ValueError:
                raise EngineFault(f"the value of the fact {name} is not of its kind or too large") from None
        parts.append("}")
        return "".join(parts)
