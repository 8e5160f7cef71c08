"""Both engines on every question, and a memory of what they agreed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Literal, TypeAlias

from orderguard.engine.durable import DurableEngine
from orderguard.engine.groups import Group
from orderguard.engine.reference import ReferenceEngine
from orderguard.errors import EngineFault
from orderguard.facts.definition import FactValue
from orderguard.rulebook.pack import Outcome, Question

Engines: TypeAlias = Literal["both", "reference", "durable"]
Outcomes: TypeAlias = tuple[Outcome, ...]
_Values: TypeAlias = tuple[FactValue | None, ...]


class Summary:
    """What a group's outcomes say of its rules. Like outcomes mostly give the same object.

    Attributes:
        outcomes: the outcome of each question, in the group's order.
        cleared: the rules of which a question is cleared.
        not_applicable: the rules of which a question is not applicable.
        problems: the questions that are neither, with their outcomes.
    """

    __slots__ = ("cleared", "not_applicable", "outcomes", "problems")

    def __init__(self, group: Group, outcomes: Outcomes) -> None:
        by_outcome: dict[Outcome, set[str]] = {Outcome.CLEARED: set(), Outcome.NOT_APPLICABLE: set()}
        problems: list[tuple[Question, Outcome]] = []
        for question, outcome in zip(group.questions, outcomes, strict=True):
            if outcome in by_outcome:
                by_outcome[outcome].add(question.rule_id)
            else:
                problems.append((question, outcome))
        self.outcomes = outcomes
        self.cleared = frozenset(by_outcome[Outcome.CLEARED])
        self.not_applicable = frozenset(by_outcome[Outcome.NOT_APPLICABLE])
        self.problems = tuple(problems)


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
        self._values_of = [_reader(group.facts) for group in self._groups]
        # What raises is not kept, so neither is a fault.
        self._judged = lru_cache(maxsize=cache)(self._judge_values)
        self._summary = lru_cache(maxsize=cache)(
            lambda index, outcomes: Summary(self._groups[index], outcomes)
        )

    def judge(self, group_index: int, facts: Mapping[str, FactValue | None]) -> Outcomes:
        """The outcome of each question of a group, in the group's order.

        Args:
            group_index: the group.
            facts: at least the facts of the group that are known; others are ignored.

        Raises:
            EngineFault: an engine failed, or the engines disagree. The next call has a new engine.
        """
        return self.summary(group_index, facts).outcomes

    def summary(self, group_index: int, facts: Mapping[str, FactValue | None]) -> Summary:
        """What the outcomes of a group say of its rules; arguments and errors as for `judge`."""
        try:
            values = self._values_of[group_index](facts)
        except KeyError:
            # What is left out is not known.
            every = dict.fromkeys(self._groups[group_index].facts)
            values = self._values_of[group_index]({**every, **facts})
        return self._judged(group_index, values)

    def _judge_values(self, group_index: int, values: _Values) -> Summary:
        facts = dict(zip(self._groups[group_index].facts, values, strict=False))
        return self._summary(group_index, self._judge(group_index, facts))

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


def _reader(names: Sequence[str]) -> Callable[[Mapping[str, FactValue | None]], _Values]:
    """A function that reads the values of some facts."""
    # With a single name itemgetter gives the bare value, so one stands there twice.
    return itemgetter(*names, *names[:1]) if names else lambda _: ()
