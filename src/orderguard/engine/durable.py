"""The rules judged by durable-rules; the only module that calls it.

durable-rules 2.0.28 loses findings without an error when it is used in the usual way. So:

* Its C module is called directly. There is no host, so no background thread and no Python action.
* One fact at a time, under one fixed id: assert, drain, retract. Only integers, booleans and short words.
* A rule fires to prove an outcome: violated, cleared or not applicable. Silence proves nothing and means
  not evaluated.
* A sentinel rule fires last in each group and so proves that the group was drained.
* After a failure the group's ruleset is abandoned and built anew. It is not freed, as that could crash the
  process. A ruleset that did not fail is freed when it is no longer used.
"""

from __future__ import annotations

import json
import threading
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path

from orderguard.engine.groups import Group
from orderguard.engine.handover import RETRACT, SENTINEL, FactWriter, compile_group, meaning_of
from orderguard.errors import EngineFault
from orderguard.facts.definition import FactValue
from orderguard.rulebook.pack import Outcome

try:
    import durable_rules_engine as c_engine
except ImportError:
    # Nothing of a command that needs no engine fails for want of it; what needs it calls `require_engine`.
    c_engine = None

MISSING = (
    "durable_rules_engine is not installed, or its build is broken; install it anew with "
    "`CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject pip install --no-cache-dir --force-reinstall "
    "durable_rules==2.0.28`"
)
MAX_ABANDONED = 50
"""How many rulesets of one group may be abandoned. Each keeps about 1 MB for good."""

_NAME_START = len('{"')
_NAME_END = _NAME_START + len(SENTINEL)
_OK = 0
_STATE = "0"


def require_engine() -> None:
    """Refuse to go on without durable-rules.

    Raises:
        EngineFault: it is not installed, or its build is broken; the text says what to do.
    """
    if c_engine is None:
        raise EngineFault(MISSING)


def engine_file() -> Path:
    """The file of durable-rules that is in use.

    Raises:
        EngineFault: as for `require_engine`.
    """
    require_engine()
    return Path(c_engine.__file__)


class _Handle:
    """A ruleset inside durable-rules, and what is known of its condition."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.used = False
        self.sound = True


def _free(handle: _Handle) -> None:
    """Give a ruleset's memory back where that is safe: not within a drain, its state only if a rule fired."""
    if handle.sound:
        if handle.used:
            c_engine.delete_state(handle.number, _STATE)
        c_engine.delete_ruleset(handle.number)


class _Ruleset:
    """One group as a ruleset of durable-rules."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self._writer = FactWriter(group)
        self._meaning = meaning_of(group)
        self._most_firings = len(self._meaning) + 1
        definition = json.dumps(compile_group(group), allow_nan=False)
        self._handle = _Handle(c_engine.create_ruleset(f"group-{group.index}", definition))
        weakref.finalize(self, _free, self._handle).atexit = False

    @property
    def sound(self) -> bool:
        """Whether nothing is left in it of the last fact."""
        return self._handle.sound

    def fact(self, facts: Mapping[str, FactValue | None]) -> str:
        """What is known of the group's facts, as JSON."""
        return self._writer.write(facts)

    def judge(self, fact: str) -> tuple[Outcome, ...]:
        """The outcome of each question."""
        self._handle.sound = False
        names = self._fired(self._handle.number, fact)
        if not names or names.pop() != SENTINEL:
            raise EngineFault("durable-rules did not finish: its last rule did not fire")
        self._handle.used = self._handle.sound = True
        return self._outcomes(names)

    def _fired(self, handle: int, fact: str) -> list[str]:
        """The names of the rules that fire on a fact, in the order of firing."""
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
        if c_engine.retract_fact(handle, RETRACT)[0] != _OK:
            raise EngineFault("durable-rules did not let the facts go")
        return names

    def _outcomes(self, names: list[str]) -> tuple[Outcome, ...]:
        """What the firings prove; nothing proved is not evaluated."""
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
        EngineFault: durable-rules is not installed, or does not take the rules.
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        require_engine()
        self._groups = tuple(groups)
        self._lock = threading.Lock()
        self._abandoned = [0] * len(self._groups)
        self._rulesets: list[_Ruleset | None] = [_build(group) for group in self._groups]

    def judge(self, group_index: int, facts: Mapping[str, FactValue | None]) -> tuple[Outcome, ...]:
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
            except BaseException as error:
                self._rulesets[group_index] = None
                self._abandoned[group_index] += not ruleset.sound
                if isinstance(error, EngineFault) or not isinstance(error, Exception):
                    raise
                # The text of the error may hold facts.
                raise EngineFault(f"durable-rules failed in group {group_index}: {_kind(error)}") from None

    def discard(self, group_index: int) -> None:
        """Have a group's ruleset built anew before it judges again."""
        with self._lock:
            self._rulesets[group_index] = None

    def _build_anew(self, group_index: int) -> _Ruleset:
        if self._abandoned[group_index] >= MAX_ABANDONED:
            raise EngineFault(f"durable-rules failed too often in group {group_index}: restart the process")
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
