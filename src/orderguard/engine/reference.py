"""The reference engine: what a question means, said as plainly as it can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from orderguard.engine.groups import Group
from orderguard.facts.definition import FactValue
from orderguard.rulebook.pack import Outcome, Question


def outcome_of(question: Question, facts: Mapping[str, FactValue | None]) -> Outcome:
    """The outcome of a question on facts; a fact that is not among them is not known."""
    asked = True if question.applies is None else question.applies.truth(facts)
    if asked is None:
        return Outcome.NOT_EVALUATED
    if not asked:
        return Outcome.NOT_APPLICABLE
    met = question.require.truth(facts)
    if met is None:
        return Outcome.NOT_EVALUATED
    return Outcome.CLEARED if met else Outcome.VIOLATED


class ReferenceEngine:
    """Judges by evaluating the conditions directly.

    Args:
        groups: the groups of questions.
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = tuple(groups)

    def judge(self, group_index: int, facts: Mapping[str, FactValue | None]) -> tuple[Outcome, ...]:
        """The outcome of each question of a group, in the group's order."""
        return tuple([outcome_of(question, facts) for question in self._groups[group_index].questions])
