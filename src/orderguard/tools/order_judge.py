"""Judges orders for the tools: by the reference engine alone, without log and without decision ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from orderguard.facts.measure import identify
from orderguard.facts.terminology import Terminology
from orderguard.findings import ORDER_SCOPE, Judged
from orderguard.judging import Judgement, PackAtWork
from orderguard.order import Order
from orderguard.rulebook.pack import Pack, Rulebook
from orderguard.tools.order_case import answers_of
from orderguard.tools.rule_at_work import Answer
from orderguard.verdict import RulesRef, Verdict, decide, product_covered

_REMEMBERED = 2048


@dataclass(frozen=True)
class JudgedOrder:
    """What the rules say of an order.

    Attributes:
        order_id: the order's id.
        pack: the pack that covers it, or None.
        judgement: what was judged and what was found.
    """

    order_id: str
    pack: Pack | None
    judgement: Judgement

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """The answer of each rule of the pack, and of the built-in rule if it speaks."""
        found = self.judgement
        return answers_of(found.findings, found.cleared, found.not_applicable)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict, without the ids that need a key."""
        return Verdict.model_construct(
            decision_id="",
            order_id=self.order_id,
            decision=decide(self.judgement.findings),
            findings=self.judgement.findings,
            cleared=self.judgement.cleared,
            not_applicable=self.judgement.not_applicable,
            rules=RulesRef(
                pack=None if self.pack is None else self.pack.id,
                version=None if self.pack is None else self.pack.version,
                sha256=None,
            ),
            order_sha256="",
        )

    def items_for(self, scope: str) -> tuple[Judged, ...]:
        """What a rule of a scope is asked of: the order as a whole, and the items of the scope."""
        return tuple(item for item in self.judgement.items if item.scope in (scope, ORDER_SCOPE))


class OrderJudge:
    """Judges orders by the packs of a rulebook.

    Args:
        rulebook: the rulebook.
        terminology: the value sets; None for those of the rulebook.
    """

    def __init__(self, rulebook: Rulebook, terminology: Terminology | None = None) -> None:
        self._rulebook = rulebook
        self._terminology = rulebook.terminology if terminology is None else terminology
        self._packs: dict[str, PackAtWork] = {}

    def known_drug(self, name: str) -> bool:
        """Whether a value set knows a drug of this name."""
        match = self._terminology.drug(name, None, None)
        return match is not None and match.recognised

    def known_rule(self, name: str) -> bool:
        """Whether a pack has a rule of this id, in whatever settings."""
        return any(rule.id == name for pack in self._rulebook.packs for rule in (*pack.rules, *pack.dormant))

    def judge(self, order: Order) -> JudgedOrder:
        """What the rules say of an order."""
        product = identify(order.product, self._terminology)
        pack = self._rulebook.pack_for(product)
        if pack is None:
            known = None if product is None else self._terminology.products[product].title
            return JudgedOrder(order.order_id, None, Judgement((product_covered(known),), (), (), ()))
        return JudgedOrder(order.order_id, pack, self._at_work(pack).judge(order))

    def _at_work(self, pack: Pack) -> PackAtWork:
        at_work = self._packs.get(pack.id)
        if at_work is None:
            at_work = PackAtWork(pack, self._rulebook.vocabulary, self._terminology, "reference", _REMEMBERED)
            self._packs[pack.id] = at_work
        return at_work
