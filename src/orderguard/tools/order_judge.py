"""Judges orders for the tools: by the reference engine alone, without log and without decision ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orderguard.facts.measure import identify
from orderguard.facts.terminology import Terminology
from orderguard.findings import Judged
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
        pack: the pack that covers it, or None.
        items: what was judged: the order as a whole and each repeated thing, with their facts.
        answers: the answer of each rule of the pack, and of the built-in rule if it speaks.
    """

    pack: Pack | None
    items: tuple[Judged, ...]
    answers: Mapping[str, Answer]


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

    def verdict(self, order: Order) -> Verdict:
        """The verdict on an order, without the ids that need a key."""
        at_work, judgement = self._judge(order)
        return Verdict.model_construct(
            decision_id="",
            order_id=order.order_id,
            decision=decide(judgement.findings),
            findings=judgement.findings,
            cleared=judgement.cleared,
            not_applicable=judgement.not_applicable,
            rules=RulesRef(
                pack=None if at_work is None else at_work.pack.id,
                version=None if at_work is None else at_work.pack.version,
                sha256=None,
            ),
            order_sha256="",
        )

    def judged(self, order: Order) -> JudgedOrder:
        """What the rules say of an order, with the facts that they saw."""
        at_work, judgement = self._judge(order)
        answers = answers_of(judgement.findings, judgement.cleared, judgement.not_applicable)
        return JudgedOrder(None if at_work is None else at_work.pack, judgement.items, answers)

    def _judge(self, order: Order) -> tuple[PackAtWork | None, Judgement]:
        product = identify(order.product, self._terminology)
        pack = self._rulebook.pack_for(product)
        if pack is None:
            known = None if product is None else self._terminology.products[product].title
            return None, Judgement((product_covered(known),), (), (), ())
        at_work = self._packs.get(pack.id)
        if at_work is None:
            at_work = PackAtWork(pack, self._rulebook.vocabulary, self._terminology, "reference", _REMEMBERED)
            self._packs[pack.id] = at_work
        return at_work, at_work.judge(order)
