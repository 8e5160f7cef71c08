"""Breaks what is handed to durable-rules after the rules were loaded and tested."""

from __future__ import annotations

import copy
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import orderguard.verifier as verifier_module
from orderguard import Verifier
from orderguard.engine import durable
from orderguard.engine.groups import Group
from orderguard.engine.handover import SENTINEL, Definition, compile_group
from orderguard.rulebook.pack import Rulebook

PATIENCE = 1.0
"""Seconds that a process is left to hang in durable-rules, where no Python runs that could end it."""

Alter = Callable[[Group, Definition], None]


@contextmanager
def broken(verifier: Verifier, alter: Alter, rule: str | None = None) -> Iterator[None]:
    """Within, durable-rules has the groups of a rule, or all groups, as they were altered.

    The verifier must not remember judgements.
    """

    def compile_altered(group: Group) -> Definition:
        definition = copy.deepcopy(compile_group(group))
        if rule is None or _asks(group, rule):
            alter(group, definition)
        return definition

    with patch.object(durable, "compile_group", compile_altered):
        _build_anew(verifier, rule)
        yield
    _build_anew(verifier, rule)


def _build_anew(verifier: Verifier, rule: str | None) -> None:
    for at_work in verifier._packs.values():
        engine = at_work._judge._durable
        for group in at_work._groups:
            if engine is not None and (rule is None or _asks(group, rule)):
                engine.discard(group.index)


def _asks(group: Group, rule: str) -> bool:
    return any(question.rule_id == rule for question in group.questions)


def entries(group: Group, definition: Definition, rule: str, rails: str) -> list[str]:
    """The entries of a rule in a definition, of the rails v, c or n."""
    numbers = {index for index, question in enumerate(group.questions) if question.rule_id == rule}
    return [
        name for name in definition if name != SENTINEL and int(name[:2], 16) in numbers and name[2] in rails
    ]


def drop_rails(rule: str, rails: str) -> Alter:
    """Take away rails of a rule."""

    def alter(group: Group, definition: Definition) -> None:
        for name in entries(group, definition, rule, rails):
            del definition[name]

    return alter


def always_clear(rule: str) -> Alter:
    """Let durable-rules prove the rule cleared whatever the facts are, and never anything else."""

    def alter(group: Group, definition: Definition) -> None:
        for name in entries(group, definition, rule, "vn"):
            del definition[name]
        for name in entries(group, definition, rule, "c"):
            definition[name] = {"all": [{"m": {"z": 1}}]}

    return alter


def drop_sentinel(_group: Group, definition: Definition) -> None:
    """Take away the rule that proves that everything was looked at."""
    del definition[SENTINEL]


def swap_limit(rule: str, limit: int, other: int) -> Alter:
    """Compare with another number wherever the rule compares with a limit."""

    def alter(group: Group, definition: Definition) -> None:
        for name in entries(group, definition, rule, "vcn"):
            definition[name] = _swapped(definition[name], limit, other)

    return alter


def _swapped(value: object, limit: int, other: int) -> object:
    if isinstance(value, dict):
        return {key: _swapped(inner, limit, other) for key, inner in value.items()}
    if isinstance(value, list):
        return [_swapped(inner, limit, other) for inner in value]
    return other if type(value) is int and value == limit else value


def break_after_loading(alter: Alter) -> None:
    """Have every engine of this process that is built after the rules were loaded be a broken one."""
    load = verifier_module.load_rulebook

    def load_then_break(*arguments: Any, **options: Any) -> Rulebook:
        rulebook = load(*arguments, **options)

        def compile_altered(group: Group) -> Definition:
            definition = compile_group(group)
            alter(group, definition)
            return definition

        durable.compile_group = compile_altered
        return rulebook

    verifier_module.load_rulebook = load_then_break


def hang(_group: Group, definition: Definition) -> None:
    """Give durable-rules so many conditions that it never comes back; the system soon ends the process."""
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    definition.update({f"x{number:03}": {"all": [{"m": {"p0": number}}]} for number in range(600)})


def crash(_group: Group, definition: Definition) -> None:
    """Have durable-rules divide by zero as soon as it is given a fact, which ends the process."""
    quotient = {"$div": {"$l": {"$m": "z"}, "$r": 0}}
    definition["00c0"] = {"all": [{"m": {"$gt": {"z": quotient}}}]}
