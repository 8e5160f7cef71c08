"""The rules judged by durable-rules; the only module that uses it.

durable-rules 2.0.28 loses findings without an error when it is used in the usual way. So:

* Its C module is called directly. There is no host, so no background thread and no Python action.
* One fact at a time, under one fixed id: assert, drain, retract. Only integers, booleans and short words.
* A rule fires to prove an outcome: violated, cleared or not applicable. Silence proves nothing and means
  not evaluated.
* A sentinel rule fires last in each group and so proves that the group was drained.
* After a failure the group's ruleset is abandoned and built anew. It is never freed: that can crash the
  process.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

import durable_rules_engine as c_engine

from orderguard.engine.groups import Group
from orderguard.engine.rails import Literal, Term
from orderguard.errors import EngineFault
from orderguard.facts.definition import FactValue
from orderguard.rulebook.pack import Outcome

SENTINEL = "zzzz"
"""The name of the rule that fires last."""

MAX_REBUILDS = 200
"""How often one group may be built anew. Each ruleset that is abandoned keeps about 0.4 MB for good."""

SCALE = 6
MAX_INTEGER = 10**18
MAX_EXPONENT = 12
MAX_WORD = 200

_NAME = len(SENTINEL)
_NAME_START = len('{"')
_NAME_END = _NAME_START + _NAME
_LAST = 9
_OK = 0
_EXACT = Context(prec=60)
_RETRACT = '{"id":"o"}'
_FACT_START = '{"id":"o","z":1'
_ENGINE_KEYS = ("id", "sid", "z", "$s", "$m", "$i", "$time", "$baseTime", "$timerName", "$forward")
_RAIL_LETTERS: Mapping[Outcome, str] = {
    Outcome.VIOLATED: "v",
    Outcome.CLEARED: "c",
    Outcome.NOT_APPLICABLE: "n",
}
_SIGNS: Mapping[str, str] = {"ne": "$neq", "lt": "$lt", "le": "$lte", "gt": "$gt", "ge": "$gte"}

Definition = dict[str, dict[str, Any]]


# -- what is handed to durable-rules -----------------------------------------------------------------------


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


def _meaning(group: Group) -> dict[str, tuple[int, Outcome]]:
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


# -- the engine --------------------------------------------------------------------------------------------


class _Ruleset:
    """One group as a ruleset of durable-rules."""

    def __init__(self, group: Group) -> None:
        types = _types(group)
        keys = [f"p{index}" for index in range(len(group.facts))]
        check_hashes((*_ENGINE_KEYS, *keys))
        self._group = group
        self._meaning = _meaning(group)
        self._most_firings = len(self._meaning) + 1
        self._fields = [
            (name, f',"{key}":', _WRITERS[types[name]])
            for name, key in zip(group.facts, keys, strict=True)
            if name in types
        ]
        definition = json.dumps(compile_group(group), allow_nan=False)
        self._handle = c_engine.create_ruleset(f"group-{group.index}", definition)

    def fact(self, facts: Mapping[str, FactValue]) -> str:
        """What is known of the group's facts, as one flat JSON object."""
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

    def judge(self, fact: str) -> tuple[Outcome, ...]:
        """The outcome of each question."""
        return self._outcomes(self._fired(fact))

    def _fired(self, fact: str) -> list[str]:
        """The names of the rules that fire on a fact, in the order of firing."""
        handle = self._handle
        result, state = c_engine.assert_fact(handle, fact)
        if result != _OK:
            raise EngineFault("durable-rules did not take the facts")
        started = c_engine.start_action_for_state(handle, state)
        message = started and started[1]
        names: list[str] = []
        following = c_engine.complete_and_start_action
        for _ in range(self._most_firings):
            if not message:
                break
            names.append(message[_NAME_START:_NAME_END])
            message = following(handle, state)
        if message:
            raise EngineFault("durable-rules fires without end")
        if c_engine.retract_fact(handle, _RETRACT)[0] != _OK:
            raise EngineFault("durable-rules did not let the facts go")
        return names

    def _outcomes(self, names: list[str]) -> tuple[Outcome, ...]:
        if not names or names.pop() != SENTINEL:
            raise EngineFault("durable-rules did not finish: its last rule did not fire")
        outcomes = [Outcome.NOT_EVALUATED] * len(self._group.questions)
        meaning = self._meaning
        for name in names:
            index, outcome = meaning[name]
            before = outcomes[index]
            if before is not outcome:
                if before is not Outcome.NOT_EVALUATED:
                    rule = self._group.questions[index].rule_id
                    raise EngineFault(f"durable-rules proved two outcomes of the rule {rule}")
                outcomes[index] = outcome
        return tuple(outcomes)


class DurableEngine:
    """Judges by durable-rules. May be shared between threads.

    Args:
        groups: the groups of questions.

    Raises:
        EngineFault: durable-rules does not take the rules.
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = tuple(groups)
        self._lock = threading.Lock()
        self._rebuilds = [0] * len(self._groups)
        self._rulesets: list[_Ruleset | None] = [_build(group) for group in self._groups]

    def judge(self, group_index: int, facts: Mapping[str, FactValue]) -> tuple[Outcome, ...]:
        """The outcome of each question of a group, in the group's order.

        Raises:
            EngineFault: durable-rules failed. The group's ruleset is built anew for the next call.
        """
        with self._lock:
            ruleset = self._rulesets[group_index]
            if ruleset is None:
                ruleset = self._rulesets[group_index] = self._build_anew(group_index)
            fact = ruleset.fact(facts)
            try:
                return ruleset.judge(fact)
            except EngineFault:
                self._rulesets[group_index] = None
                raise
            except Exception as error:  # noqa: BLE001 (whatever fails, the order is not cleared)
                self._rulesets[group_index] = None
                # The text of the error may hold facts.
                raise EngineFault(f"durable-rules failed in group {group_index}: {_kind(error)}") from None
            except BaseException:
                self._rulesets[group_index] = None
                raise

    def discard(self, group_index: int) -> None:
        """Have a group's ruleset built anew before it judges again."""
        with self._lock:
            self._rulesets[group_index] = None

    def _build_anew(self, group_index: int) -> _Ruleset:
        if self._rebuilds[group_index] >= MAX_REBUILDS:
            raise EngineFault(f"durable-rules failed too often in group {group_index}: restart the process")
        self._rebuilds[group_index] += 1
        return _build(self._groups[group_index])


def _build(group: Group) -> _Ruleset:
    try:
        return _Ruleset(group)
    except EngineFault:
        raise
    except Exception as error:  # noqa: BLE001
        raise EngineFault(f"durable-rules does not take group {group.index}: {_kind(error)}") from None


def _kind(error: Exception) -> str:
    return type(error).__name__
