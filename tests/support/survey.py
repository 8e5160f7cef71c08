"""Both engines on the facts of whole orders, question by question, and what came out for each rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from orderguard import Order
from orderguard.engine.durable import DurableEngine
from orderguard.engine.groups import make_groups
from orderguard.engine.reference import ReferenceEngine
from orderguard.facts.measure import identify
from orderguard.findings import Judged
from orderguard.judging import PackAtWork
from orderguard.rulebook.pack import Outcome, Pack, Rule, Rulebook, Severity, worst_level
from support.documents import Json, text_of

Outcomes = tuple[Outcome, ...]
Levels = Mapping[tuple[str, int], set[Outcome]]
"""For each level of each rule that was asked, the outcomes it had."""


@dataclass
class Survey:
    """What was seen.

    Attributes:
        orders: how many orders the pack judged.
        counts: for each rule how often it had each outcome.
        differences: where the engines did not agree, in words.
        orders_with: for a rule and an outcome an order that has it and on which the engines were asked,
            if possible one without another problem.
        mixed: for a rule an order that violates a milder level and leaves a stricter one not evaluated.
    """

    orders: int = 0
    counts: dict[str, Counter[Outcome]] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    orders_with: dict[tuple[str, Outcome], Json] = field(default_factory=dict)
    mixed: dict[str, Json] = field(default_factory=dict)


class Surveyor:
    """Asks both engines directly, beside each other, without what a verifier does about their answers.

    Args:
        rulebook: the rules.
        pack: the pack that judges.
    """

    def __init__(self, rulebook: Rulebook, pack: Pack) -> None:
        self._terminology = rulebook.terminology
        self._pack = pack
        self._groups = make_groups(pack)
        self._reference = ReferenceEngine(self._groups)
        self._durable = DurableEngine(self._groups)
        self._at_work = PackAtWork(pack, rulebook.vocabulary, rulebook.terminology, "reference", 0)
        self._known: dict[tuple[object, ...], Outcomes] = {}
        self.survey = Survey(counts={rule.id: Counter() for rule in pack.rules})

    def ask_all(self, documents: Iterable[Json]) -> Survey:
        """Judge the orders that the pack covers, and count what came out."""
        for document in documents:
            levels = self._levels(document)
            if levels is not None:
                self._count(document, levels)
        return self.survey

    def outcomes(self, document: Json) -> dict[str, tuple[Outcome, Severity | None]] | None:
        """For each rule its outcome and its finding's severity; None if the pack does not cover the order."""
        levels = self._levels(document)
        return None if levels is None else {rule.id: _outcome_of(rule, levels) for rule in self._pack.rules}

    def _count(self, document: Json, levels: Levels) -> None:
        self.survey.orders += 1
        found = {rule.id: _outcome_of(rule, levels)[0] for rule in self._pack.rules}
        only_one = sum(outcome in _PROBLEMS for outcome in found.values()) == 1
        for rule, outcome in found.items():
            self.survey.counts[rule][outcome] += 1
            asked = (rule, 0) in levels
            if asked and (only_one or (rule, outcome) not in self.survey.orders_with):
                self.survey.orders_with[rule, outcome] = document
        for rule, level in levels:
            if Outcome.VIOLATED in levels[rule, level] and found[rule] is Outcome.NOT_EVALUATED:
                self.survey.mixed.setdefault(rule, document)

    def _levels(self, document: Json) -> Levels | None:
        order = Order.model_validate_json(text_of(document))
        covered = identify(order.product, self._terminology) == self._pack.product
        return self._outcomes_by_level(self._at_work._items(order)) if covered else None

    def _outcomes_by_level(self, items: Iterable[Judged]) -> Levels:
        found: dict[tuple[str, int], set[Outcome]] = {}
        for item in items:
            for group in self._groups:
                if group.scope == item.scope:
                    outcomes = self._agreed(group.index, item)
                    for question, outcome in zip(group.questions, outcomes, strict=True):
                        found.setdefault((question.rule_id, question.level), set()).add(outcome)
        return found

    def _agreed(self, index: int, item: Judged) -> Outcomes:
        """What both engines say about the facts of an item; facts that were judged before are not again."""
        facts = {name: value for name, value in item.facts.items() if value is not None}
        key = (index, *map(facts.get, self._groups[index].facts))
        if key not in self._known:
            self._known[key] = meant = self._reference.judge(index, facts)
            proved = self._durable.judge(index, facts)
            if meant != proved:
                rules = {
                    question.rule_id
                    for question, one, other in zip(self._groups[index].questions, meant, proved, strict=True)
                    if one is not other
                }
                self.survey.differences.append(f"{sorted(rules)} on {facts}")
        return self._known[key]


_PROBLEMS = (Outcome.VIOLATED, Outcome.NOT_EVALUATED)
_WORST_FIRST = (Outcome.VIOLATED, Outcome.NOT_EVALUATED, Outcome.CLEARED, Outcome.NOT_APPLICABLE)


def _outcome_of(rule: Rule, found: Levels) -> tuple[Outcome, Severity | None]:
    """The outcome of a rule whose levels had these outcomes; not evaluated if it was asked about nothing."""
    levels = [
        next(outcome for outcome in _WORST_FIRST if outcome in seen)
        if (seen := found.get((rule.id, index)))
        else Outcome.NOT_EVALUATED
        for index in range(len(rule.levels))
    ]
    outcome, level = worst_level(rule, levels) if len(levels) > 1 else (levels[0], 0)
    return outcome, rule.levels[level or 0].severity if outcome in _PROBLEMS else None
