"""Rules asked of orders by value sets that differ: only some rules, and only the facts that they use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from orderguard.facts.measure import identify
from orderguard.facts.terminology import Terminology
from orderguard.findings import ORDER_SCOPE, Judged
from orderguard.judging import PackAtWork
from orderguard.order import Order
from orderguard.rulebook.pack import Pack, Rulebook
from orderguard.tools.order_case import answers_of
from orderguard.tools.rule_at_work import Answer, RuleAtWork
from orderguard.verdict import product_covered

_NOT_COVERED = answers_of([product_covered(None)], (), ())


class _SomeRules:
    """Some rules of a pack, ready to be asked.

    Args:
        pack: the pack.
        ids: the ids of the rules; None for all.
        rulebook: what the pack stands in.
    """

    def __init__(self, pack: Pack, ids: frozenset[str] | None, rulebook: Rulebook) -> None:
        rules = tuple(rule for rule in pack.rules if ids is None or rule.id in ids)
        questions = tuple(question for question in pack.questions if ids is None or question.rule_id in ids)
        some = replace(pack, rules=rules, questions=questions)
        self.at_work = PackAtWork(some, rulebook.vocabulary, rulebook.terminology, "reference", 1)
        self._rules = [RuleAtWork(rule, rulebook.vocabulary) for rule in rules]
        self._scopes = {rule.scope for rule in rules}

    def answers(self, items: Iterable[Judged]) -> dict[str, Answer]:
        of_scope = {
            scope: [item for item in items if item.scope in (scope, ORDER_SCOPE)] for scope in self._scopes
        }
        return {each.rule.id: each.of_order(of_scope[each.rule.scope]) for each in self._rules}


class RulesAsked:
    """The rules of all packs, ready to be asked by any value sets.

    Args:
        rulebook: the rules.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._some: dict[tuple[str, frozenset[str] | None], _SomeRules] = {}

    def by(self, terminology: Terminology) -> RulesReading:
        """The rules, asked by these value sets."""
        return RulesReading(self, self._rulebook, terminology)

    def some(self, pack: Pack, ids: frozenset[str] | None) -> _SomeRules:
        """Some rules of a pack; made once."""
        key = (pack.id, ids)
        if key not in self._some:
            self._some[key] = _SomeRules(pack, ids, self._rulebook)
        return self._some[key]


class RulesReading:
    """The rules, asked by one reading of names and codes.

    Args:
        asked: the rules.
        rulebook: what they stand in.
        terminology: the value sets.
    """

    def __init__(self, asked: RulesAsked, rulebook: Rulebook, terminology: Terminology) -> None:
        self._asked = asked
        self._rulebook = rulebook
        self._terminology = terminology
        self._at_work: dict[tuple[str, frozenset[str] | None], PackAtWork] = {}

    def answers(self, order: Order, ids: frozenset[str] | None = None) -> Mapping[str, Answer]:
        """The answers of the pack that covers an order.

        Args:
            order: the order.
            ids: the rules to ask; None for all, and for what is said where no pack covers the order.
        """
        pack = self._rulebook.pack_for(identify(order.product, self._terminology))
        if pack is None:
            return _NOT_COVERED
        some = self._asked.some(pack, ids)
        key = (pack.id, ids)
        if key not in self._at_work:
            self._at_work[key] = some.at_work.reading(self._terminology)
        return some.answers(self._at_work[key].measured(order))
