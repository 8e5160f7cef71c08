"""Which items of the value sets may be lost without any order case noticing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from orderguard.facts.terminology import Terminology
from orderguard.facts.terminology_files import TerminologyFiles
from orderguard.findings import ORDER_SCOPE
from orderguard.order import Order
from orderguard.rulebook.pack import Rulebook
from orderguard.tools.order_case import OrderCase, answers_of, departures
from orderguard.tools.order_judge import OrderJudge
from orderguard.tools.rule_at_work import Answer, RuleAtWork
from orderguard.tools.value_drops import Reading, ValueItem, reading_of, without
from orderguard.verdict import product_covered

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


Entry = frozenset[tuple[str, str]]
"""The names, codes and words of one entry of an order, such as a medication; without its dates."""

_NOT_COVERED = answers_of([product_covered(None)], (), ())

_COMMON = 8
"""More cases than this mention an item that stands in the orders that scenarios start from."""


@dataclass(frozen=True)
class Mentions:
    """Which order cases mention what.

    Attributes:
        readings: each text that an order holds, with the entries that hold it.
        cases: the numbers of the cases that hold an entry.
        terminology: all value sets.
    """

    readings: Sequence[tuple[Reading, Sequence[Entry]]]
    cases: Mapping[Entry, Sequence[int]]
    terminology: Terminology

    def of(self, item: ValueItem) -> set[Entry]:
        """The entries that mention an item."""
        return {entry for reading, found in self.readings if item.mentions(reading) for entry in found}

    def cases_of(self, entries: Iterable[Entry]) -> list[int]:
        """The cases that hold one of some entries.

        Cases with the same entry are mostly alike, so the first of each entry come first, rare ones before.
        """
        ranked = sorted((self.cases[entry] for entry in entries), key=lambda cases: (len(cases), cases))
        firsts = [cases[0] for cases in ranked]
        return list(dict.fromkeys([*firsts, *(number for cases in ranked for number in cases)]))

    def read_otherwise(self, entries: Iterable[Entry], fewer: Terminology) -> list[Entry]:
        """The entries that mean something else by other value sets."""
        return [entry for entry in entries if _meaning(entry, self.terminology) != _meaning(entry, fewer)]


def _meaning(entry: Entry, terminology: Terminology) -> list[object]:
    """All that value sets say of an entry, whichever of its fields are looked up together."""
    field = dict(entry)
    name, rxcui, atc = field.get("name"), field.get("rxcui"), field.get("atc")
    code, test, unit = field.get("icd10cm"), field.get("test", ""), field.get("unit")
    product = field.get("product", name)
    meaning: list[object] = [
        terminology.drug(name, rxcui, atc),
        terminology.drug(name, rxcui, None),
        terminology.drug(name, None, None),
        terminology.vaccine(field.get("cvx"), name),
        terminology.allergen(field.get("substance"), rxcui),
        terminology.lab_value(test, Decimal(1), unit),
        product and terminology.product_by_name(product),
        rxcui and terminology.product_by_rxcui(rxcui),
        terminology.product_by_ndc(field.get("ndc", "")),
    ]
    if code is not None:
        meaning += [
            terminology.condition_kind(code),
            terminology.disease(code),
            terminology.disease_course(code),
        ]
    return meaning


def mentions_in(cases: Sequence[OrderCase], terminology: Terminology) -> Mentions:
    """What the order documents of cases hold, read by the value sets."""
    holding: dict[Entry, list[int]] = {}
    for number, case in enumerate(cases):
        for entry in set(_entries(json.loads(case.order))):
            holding.setdefault(entry, []).append(number)
    texts: dict[str, set[Entry]] = {}
    for entry in holding:
        for _, text in entry:
            texts.setdefault(text, set()).add(entry)
    readings = [(reading_of(text, terminology), tuple(found)) for text, found in texts.items()]
    return Mentions(readings, holding, terminology)


def _entries(node: Any) -> Iterator[Entry]:
    if isinstance(node, dict):
        words = frozenset(
            (key, value) for key, value in node.items() if isinstance(value, str) and not _DATE.match(value)
        )
        if words:
            yield words
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from [frozenset([("", part)])] if isinstance(part, str) else _entries(part)


class ValueDrops:
    """Leaves out items and asks the cases that mention them.

    Args:
        rulebook: the rules.
        files: the files of its value sets.
        cases: the order cases; all hold.
        mentions: what they hold.
    """

    def __init__(
        self, rulebook: Rulebook, files: TerminologyFiles, cases: Sequence[OrderCase], mentions: Mentions
    ) -> None:
        self._rulebook = rulebook
        self._files = files
        self._cases = cases
        self._mentions = mentions
        self._judge = OrderJudge(rulebook)
        self._orders: dict[int, Order] = {}
        self._rules = {
            pack.id: [RuleAtWork(rule, rulebook.vocabulary) for rule in pack.rules] for pack in rulebook.packs
        }

    def unnoticed(self, items: Iterable[ValueItem]) -> list[tuple[ValueItem, int]]:
        """The items whose loss no case notices, each with how many cases mention it."""
        left = []
        for item in items:
            entries = self._mentions.of(item)
            if not self._is_noticed(item, entries):
                left.append((item, len(self._mentions.cases_of(entries))))
        return left

    def _is_noticed(self, item: ValueItem, entries: Iterable[Entry]) -> bool:
        if not entries:
            return False
        fewer = without(item, self._files, self._rulebook.terminology)
        # What a group of conditions holds is no meaning of a single entry.
        if item.part != "conditions":
            entries = self._mentions.read_otherwise(entries, fewer)
        numbers = self._mentions.cases_of(entries)
        judge = OrderJudge(self._rulebook, fewer)
        if len(numbers) > _COMMON:
            numbers = self._telling_first(numbers, judge)
        return any(departures(self._cases[number], self._answers(judge, number)) for number in numbers)

    def _telling_first(self, numbers: list[int], judge: OrderJudge) -> list[int]:
        """The cases, those first that name a rule whose answer the loss changes in some case."""
        changed: set[str] = set()
        for number in numbers[:_COMMON]:
            answers, others = self._answers(self._judge, number), self._answers(judge, number)
            changed |= {
                rule for rule in answers.keys() | others.keys() if answers.get(rule) != others.get(rule)
            }
        return sorted(numbers, key=lambda number: changed.isdisjoint(self._cases[number].statements))

    def _answers(self, judge: OrderJudge, number: int) -> Mapping[str, Answer]:
        order = self._orders.get(number)
        if order is None:
            order = self._orders[number] = Order.model_validate_json(self._cases[number].order)
        pack, items = judge.measured(order)
        if pack is None:
            return _NOT_COVERED
        # Findings are not needed here, and take long for an order that has many entries.
        scopes = {at_work.rule.scope for at_work in self._rules[pack.id]}
        of_scope = {scope: [item for item in items if item.scope in (scope, ORDER_SCOPE)] for scope in scopes}
        return {
            at_work.rule.id: at_work.of_order(of_scope[at_work.rule.scope])
            for at_work in self._rules[pack.id]
        }
