"""The rule stage of orderguard as it runs: from the facts of an order's items to what each rule says."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from orderguard.engine.judge import Engines
from orderguard.errors import InvalidOrder
from orderguard.facts.definition import FactValue
from orderguard.facts.measure import identify
from orderguard.findings import Judged
from orderguard.judging import PackAtWork
from orderguard.order import Order
from orderguard.rulebook.load import bundled_rules, load_rulebook
from orderguard.rulebook.pack import Outcome, Pack, Rulebook
from orderguard.sample.making import samples
from peer import Peer
from translation import OUTCOMES, Item, Part, part_of

CACHE = 4096
"""How many judgements are kept, as in a Verifier."""

PRODUCT = "lemtrada"

Items = tuple[Judged, ...]


class Said(NamedTuple):
    """What the rules say of an order: rules cleared, not asked, open; and each problem with its item."""

    cleared: tuple[str, ...]
    not_applicable: tuple[str, ...]
    open: tuple[str, ...]
    problems: frozenset[tuple[str, int, Outcome, str, int, bool]]


class Setting:
    """The rules, and the orders that they are asked about."""

    def __init__(self) -> None:
        self.rulebook: Rulebook = load_rulebook(bundled_rules())
        pack = self.rulebook.pack_for(PRODUCT)
        if pack is None:
            raise SystemExit("the bundled rules have no pack for Lemtrada")
        self.pack: Pack = pack
        self._scopes: dict[str, list[int]] = {}
        for group in pack.groups:
            self._scopes.setdefault(group.scope, []).append(group.index)
        self._places = {scope: place for place, scope in enumerate(self._scopes)}
        self._measuring = self.at_work("reference", 0)

    def at_work(self, engines: Engines, cache: int) -> PackAtWork:
        """The pack at work."""
        return PackAtWork(self.pack, self.rulebook.vocabulary, self.rulebook.terminology, engines, cache)

    def orders(self, count: int, seed: int) -> Iterator[Order]:
        """Synthetic orders for the pack's product; those that cannot be read are left out."""
        return islice(self._endless(seed), count)

    def items(self, order: Order) -> Items:
        """The facts of an order, measured anew as in each verification."""
        return self._measuring.measured(order)

    def _endless(self, seed: int) -> Iterator[Order]:
        for sampled in samples(sys.maxsize, seed):
            try:
                order = Order.model_validate_json(sampled.line)
            except InvalidOrder:
                continue
            if identify(order.product, self.rulebook.terminology) == PRODUCT:
                yield order

    @property
    def parts(self) -> list[Part]:
        """The questions of each scope as one part: what a peer is asked at a time."""
        groups = self.pack.groups
        return [part_of([groups[index] for index in indexes]) for indexes in self._scopes.values()]

    @property
    def group_parts(self) -> list[Part]:
        """The questions of each group of the engines as one part: what the cache knows judgements of."""
        return [part_of([group]) for group in self.pack.groups]

    def asked(self, items: Items) -> list[Item]:
        """The items about which there are questions, as peers are asked."""
        places = self._places
        return [(places[item.scope], item.facts) for item in items if item.scope in places]

    def meant(self, stage: RuleStage, items: Items) -> list[list[int]]:
        """What both engines answer about the items, as the numbers that peers use."""
        return [
            [
                OUTCOMES.index(outcome)
                for index in self._scopes[item.scope]
                for outcome in stage.outcomes(index, item.facts)
            ]
            for item in items
            if item.scope in self._places
        ]


class RuleStage:
    """From facts to what each rule says, as `Verifier.verify_json` does it."""

    def __init__(self, at_work: PackAtWork) -> None:
        self._at_work = at_work

    def judge(self, items: Items) -> Any:
        """What is timed: judge each item, tally, and settle which rules are cleared, not asked or open."""
        tally = self._at_work._tally(items)  # noqa: SLF001
        return tally, self._at_work._settled(tuple(tally.summaries))  # noqa: SLF001

    def said(self, answer: Any) -> Said:
        """What the rules say, in a form that can be compared."""
        tally, settled = answer
        return Said(
            settled.cleared,
            settled.not_applicable,
            tuple(rule.id for rule in settled.open),
            frozenset(
                (rule, each.level, each.outcome, each.item.scope, each.item.place, each.about_count)
                for rule, problems in tally.problems.items()
                for each in problems
            ),
        )

    def outcomes(self, group: int, facts: Mapping[str, FactValue | None]) -> tuple[Outcome, ...]:
        """The outcomes of a group's questions about one item."""
        return self._at_work._judge.judge(group, facts)  # noqa: SLF001

    def lookups(self) -> tuple[int, int]:
        """How often the cache knew a judgement, and how often not."""
        known = self._at_work._judge._judged.cache_info()  # noqa: SLF001
        return known.hits, known.misses


class _InPlaceOfEngines:
    """A peer that answers what the engines are asked."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    def judge(self, group: int, facts: Mapping[str, FactValue | None]) -> tuple[Outcome, ...]:
        answer = self._peer.judge(self._peer.given([(group, facts)]))
        [numbers] = self._peer.numbers(answer)
        return tuple([OUTCOMES[number] for number in numbers])


def with_peer(at_work: PackAtWork, peer: Peer) -> RuleStage:
    """The rule stage with its cache, and a peer in place of the engines.

    Args:
        at_work: the pack with the reference engine alone, which is replaced.
        peer: was given the parts of the groups.
    """
    judge: Any = at_work._judge  # noqa: SLF001
    judge._reference = _InPlaceOfEngines(peer)  # noqa: SLF001
    return RuleStage(at_work)


def facts_of(items: Sequence[Judged]) -> int:
    """How many facts of items are known."""
    return sum(value is not None for item in items for value in item.facts.values())
