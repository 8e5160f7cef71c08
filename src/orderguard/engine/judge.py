"""Both engines on every question, and a memory of what they agreed on."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from orderguard.engine.durable import DurableEngine
from orderguard.engine.groups import Group
from orderguard.engine.reference import ReferenceEngine
from orderguard.errors import EngineFault
from orderguard.facts.definition import FactValue
from orderguard.rulebook.pack import Outcome

Engines: TypeAlias = Literal["both", "reference", "durable"]
Outcomes: TypeAlias = tuple[Outcome, ...]


class Judge:
    """Judges groups of questions. May be shared between threads.

    Args:
        groups: the groups of questions.
        engines: `both` (they must agree), or only `reference` or `durable`.
        cache: how many judgements are kept. A judgement is a function of the facts alone, so 0 gives the same
            outcomes, later.

    Raises:
        EngineFault: durable-rules does not take the rules.
    """

    def __init__(self, groups: Sequence[Group], engines: Engines = "both", cache: int = 4096) -> None:
        self._groups = tuple(groups)
        self._reference = None if engines == "durable" else ReferenceEngine(self._groups)
        self._durable = None if engines == "reference" else DurableEngine(self._groups)
        self._size = cache
        self._kept: OrderedDict[tuple[object, ...], Outcomes] = OrderedDict()
        self._lock = threading.Lock()

    def judge(self, group_index: int, facts: Mapping[str, FactValue | None]) -> Outcomes:
        """The outcome of each question of a group, in the group's order.

        Args:
            group_index: the group.
            facts: at least the facts of the group that are known; others are ignored.

        Raises:
            EngineFault: an engine failed, or the engines disagree. The next call has a new engine.
        """
        if self._size <= 0:
            return self._judge(group_index, facts)
        key = (group_index, *map(facts.get, self._groups[group_index].facts))
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        outcomes = self._judge(group_index, facts)
        with self._lock:
            self._kept[key] = outcomes
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return outcomes

    def _judge(self, group_index: int, facts: Mapping[str, FactValue | None]) -> Outcomes:
        if self._durable is None:
            return self._ask_reference(group_index, facts)
        proved = self._durable.judge(group_index, facts)
        if self._reference is None:
            return proved
        meant = self._ask_reference(group_index, facts)
        if proved != meant:
            self._durable.discard(group_index)
            raise EngineFault(f"the engines disagree about: {self._differing(group_index, proved, meant)}")
        return meant

    def _ask_reference(self, group_index: int, facts: Mapping[str, FactValue | None]) -> Outcomes:
        assert self._reference is not None  # noqa: S101
        try:
            return self._reference.judge(group_index, facts)
        except Exception as error:  # noqa: BLE001 (whatever fails, the order is not cleared)
            # The text of the error may hold facts.
            kind = type(error).__name__
            raise EngineFault(f"the reference engine failed in group {group_index}: {kind}") from None

    def _differing(self, group_index: int, proved: Outcomes, meant: Outcomes) -> str:
        questions = self._groups[group_index].questions
        rules = {
            question.rule_id
            for question, one, other in zip(questions, proved, meant, strict=False)
            if one is not other
        }
        return ", ".join(sorted(rules)) or "the number of outcomes"
