"""One pack at work: the facts of an order, both engines on them, and what each rule's outcome is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import NamedTuple

from orderguard.engine.judge import Engines, Judge, Summary
from orderguard.facts.measure import Measurer
from orderguard.facts.terminology import Terminology
from orderguard.facts.vocabulary import Vocabulary
from orderguard.findings import ORDER_SCOPE, FindingBuilder, Judged, Problem, RuleTexts
from orderguard.messages import message_facts
from orderguard.order import Order
from orderguard.rulebook.conditions import facts_of
from orderguard.rulebook.pack import Outcome, Pack, Rule
from orderguard.verdict import Finding, in_order

_NUMBERS: Mapping[str, str] = {
    "infusion": "infusion.number",
    "immunization": "immunization.number",
    "lab": "lab.test",
    "prior_course": "prior_course.number",
}
"""The fact that names an item of a scope in messages."""


class Judgement(NamedTuple):
    """What the rules of a pack say about one order.

    Attributes:
        findings: by severity, then rule id.
        cleared: ids of the rules that hold.
        not_applicable: ids of the rules that were not asked.
        items: what was judged: the order as a whole, and each repeated thing.
    """

    findings: tuple[Finding, ...]
    cleared: tuple[str, ...]
    not_applicable: tuple[str, ...]
    items: tuple[Judged, ...]


class PackAtWork:
    """Judges orders by one pack. May be shared between threads.

    Args:
        pack: the pack.
        vocabulary: the facts there are.
        terminology: the value sets.
        engines: which engines judge; `both` but in tests of the engines.
        cache: how many judgements of like facts are kept.
    """

    def __init__(
        self, pack: Pack, vocabulary: Vocabulary, terminology: Terminology, engines: Engines, cache: int
    ) -> None:
        self.pack = pack
        self._vocabulary = vocabulary
        self._groups = pack.groups
        self._judge = Judge(self._groups, engines, cache)
        self._by_id = sorted(pack.rules, key=lambda rule: rule.id)
        needed = self._facts_needed()
        self._measurer = Measurer(vocabulary, terminology, pack.measure, needed)
        self._by_scope: dict[str, list[int]] = {}
        for group in self._groups:
            self._by_scope.setdefault(group.scope, []).append(group.index)
        self._shared = {scope: self._order_facts_of(scope) for scope in self._by_scope}
        self._texts = RuleTexts(vocabulary)
        self._settled = lru_cache(maxsize=cache)(self._settle)

    def _order_facts_of(self, scope: str) -> tuple[str, ...]:
        """The facts of the order that rules of a scope use."""
        names = {name for rule in self.pack.rules if rule.scope == scope for name in _facts_of(rule)}
        return tuple(sorted(name for name in names if self._vocabulary[name].scope == ORDER_SCOPE))

    def _facts_needed(self) -> set[str]:
        names = {name for group in self._groups for name in group.facts}
        for rule in self.pack.rules:
            if rule.scope in _NUMBERS:
                names.add(_NUMBERS[rule.scope])
            names.update(_facts_of(rule))
        return names

    def judge(self, order: Order) -> Judgement:
        """Judge an order by every rule of the pack.

        Raises:
            EngineFault: an engine failed, or the engines disagree.
        """
        items = self._items(order)
        return self._judgement(order, items, self._tally(items))

    def reading(self, terminology: Terminology) -> PackAtWork:
        """The same pack with its facts measured by other value sets, whose classes are the same."""
        other = copy(self)
        other._measurer = self._measurer.reading(terminology)  # noqa: SLF001
        return other

    def measured(self, order: Order) -> tuple[Judged, ...]:
        """What there is to judge in an order, each item with its facts."""
        return self._items(order)

    def _tally(self, items: tuple[Judged, ...]) -> _Tally:
        tally = _Tally()
        summaries, summary_of = tally.summaries, self._judge.summary
        for item in items:
            facts = item.facts
            for index in self._by_scope.get(item.scope, ()):
                summary = summary_of(index, facts)
                summaries[summary] = None
                if summary.problems:
                    tally.add_problems(summary, item)
        return tally

    def _items(self, order: Order) -> tuple[Judged, ...]:
        ctx = self._measurer.context(order)
        about_order = self._measurer.order_facts(ctx)
        items = [Judged(ORDER_SCOPE, 0, "", about_order)]
        for scope in self._by_scope:
            if scope == ORDER_SCOPE:
                continue
            things = self._measurer.items(ctx, scope)
            if not things:
                continue
            shared = {name: about_order[name] for name in self._shared[scope]}
            for index, facts in enumerate(self._measurer.item_facts(ctx, scope, things)):
                facts.update(shared)
                items.append(Judged(scope, index, self._measurer.item_pointer(scope, things[index]), facts))
        return tuple(items)

    def _judgement(self, order: Order, items: tuple[Judged, ...], tally: _Tally) -> Judgement:
        builder = FindingBuilder(self._vocabulary, self._texts, self._measurer.tracer(order).trace)
        settled = self._settled(tuple(tally.summaries))
        findings = [
            builder.build(rule, tally.problems.get(rule.id) or [_nothing_to_ask(items[0])])
            for rule in settled.open
        ]
        return Judgement(in_order(findings), settled.cleared, settled.not_applicable, items)

    def _settle(self, summaries: Sequence[Summary]) -> _Settled:
        """What the summaries of an order, each once, say of every rule of the pack."""
        problems = {question.rule_id for summary in summaries for question, _ in summary.problems}
        cleared = {rule for summary in summaries for rule in summary.cleared} - problems
        not_applicable = {rule for summary in summaries for rule in summary.not_applicable}
        not_applicable -= problems | cleared
        settled = cleared | not_applicable
        return _Settled(
            tuple(rule.id for rule in self._by_id if rule.id in cleared),
            tuple(rule.id for rule in self._by_id if rule.id in not_applicable),
            tuple(rule for rule in self._by_id if rule.id not in settled),
        )


def _facts_of(rule: Rule) -> set[str]:
    """The facts that a rule's conditions and messages use."""
    names: set[str] = set()
    for level in rule.levels:
        names.update(message_facts(level))
        names.update(name for condition in level.conditions for name in facts_of(condition))
    return names


def _nothing_to_ask(about_order: Judged) -> Problem:
    """A rule on things of which the order has none at all, such as an order with only held infusions."""
    return Problem(0, Outcome.NOT_EVALUATED, about_order)


class _Settled(NamedTuple):
    """Which rules are cleared, which were not asked, and which are open: those that need a finding."""

    cleared: tuple[str, ...]
    not_applicable: tuple[str, ...]
    open: tuple[Rule, ...]


class _Tally:
    """What the engines said about one order: each summary once, and each problem with its item."""

    def __init__(self) -> None:
        self.summaries: dict[Summary, None] = {}
        self.problems: dict[str, list[Problem]] = {}

    def add_problems(self, summary: Summary, item: Judged) -> None:
        for question, outcome in summary.problems:
            problem = Problem(question.level, outcome, item, question.about_count)
            self.problems.setdefault(question.rule_id, []).append(problem)
