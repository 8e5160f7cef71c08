"""One rule asked about the measured facts of an order, by the reference meaning of its conditions."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

from orderguard.engine.reference import outcome_of
from orderguard.facts.definition import FactValue
from orderguard.facts.vocabulary import Vocabulary
from orderguard.findings import Judged, Problem, decisive
from orderguard.rulebook.conditions import ORDER_SCOPE, facts_of
from orderguard.rulebook.pack import Outcome, Question, Rule, Severity, questions_of

FactsSeen = Mapping[str, FactValue | None]


class Answer(NamedTuple):
    """What a verdict says of a rule: its outcome, and for a finding how much it weighs."""

    outcome: Outcome
    severity: Severity | None = None
    overridable: bool = False


class RuleAtWork:
    """A rule, ready to be asked.

    Args:
        rule: the rule.
        vocabulary: the facts that rules may use.
    """

    def __init__(self, rule: Rule, vocabulary: Vocabulary) -> None:
        self.rule = rule
        questions = questions_of(rule, vocabulary)
        self.count_fact = vocabulary.scopes[rule.scope].count_fact
        self._of_item = tuple(q for q in questions if not q.about_count)
        self._of_list = tuple(q for q in questions if q.about_count)
        used = {name for level in rule.levels for c in level.conditions for name in facts_of(c)}
        self.facts = tuple(sorted(used | ({self.count_fact} if self.count_fact else set())))
        self._of_order = tuple(name for name in self.facts if vocabulary[name].scope == ORDER_SCOPE)

    def of_order(self, items: Iterable[Judged]) -> Answer:
        """What the rule says of a whole order: of each item of its scope, and of the list as such."""
        # Items of which the rule sees the same have the same outcomes.
        alike = {(item.scope, *map(item.facts.get, self.facts)): item for item in items}
        outcomes = [
            (question, item, outcome_of(question, item.facts))
            for item in alike.values()
            for question in self._questions_for(item)
        ]
        if not outcomes:
            # A rule on things of which the order has none at all.
            first = self.rule.levels[0]
            return Answer(Outcome.NOT_EVALUATED, first.severity, first.overridable)
        return self._answer(outcomes)

    def of_facts(self, facts: FactsSeen) -> Answer:
        """What the rule says of the facts of one item; of the empty list where its count is 0."""
        item = Judged(self.rule.scope, 0, "", facts)
        return self._answer([(q, item, outcome_of(q, facts)) for q in self.asked_of(facts)])

    def of_unknown_list(self, facts: FactsSeen) -> Answer | None:
        """What the rule says where the list of its scope is not known; None for a rule on no list."""
        if self.count_fact is None:
            return None
        known = {name: value for name, value in facts.items() if name != self.count_fact}
        item = Judged(ORDER_SCOPE, 0, "", known)
        return self._answer([(q, item, outcome_of(q, known)) for q in self._of_list])

    def asked_of(self, facts: FactsSeen) -> tuple[Question, ...]:
        """What is asked of the facts of an example: one question for each level."""
        empty = self.count_fact is not None and facts.get(self.count_fact) == 0
        return self._of_list if empty else self._of_item

    def seen_in(self, items: Iterable[Judged]) -> Hashable:
        """All that the rule sees of an order: orders of which it sees the same have the same answer."""
        seen = set()
        for item in items:
            if item.scope == self.rule.scope:
                seen.add((True, *map(item.facts.get, self.facts)))
            if item.scope == ORDER_SCOPE and self._of_list:
                seen.add((False, *map(item.facts.get, self._of_order)))
        return frozenset(seen)

    def _questions_for(self, item: Judged) -> tuple[Question, ...]:
        own = self._of_item if item.scope == self.rule.scope else ()
        return (*own, *self._of_list) if item.scope == ORDER_SCOPE else own

    def _answer(self, outcomes: list[tuple[Question, Judged, Outcome]]) -> Answer:
        problems = [
            Problem(question.level, outcome, item, question.about_count)
            for question, item, outcome in outcomes
            if outcome in (Outcome.VIOLATED, Outcome.NOT_EVALUATED)
        ]
        if problems:
            chosen = decisive(self.rule, problems)
            levels = [self.rule.levels[problem.level] for problem in chosen]
            return Answer(chosen[0].outcome, levels[0].severity, all(level.overridable for level in levels))
        if any(outcome is Outcome.CLEARED for _, _, outcome in outcomes):
            return Answer(Outcome.CLEARED)
        return Answer(Outcome.NOT_APPLICABLE)
