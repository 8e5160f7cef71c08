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
from orderguard.order import Order
from orderguard.rulebook.pack import Rulebook
from orderguard.tools.order_case import OrderCase, departures
from orderguard.tools.rule_at_work import Answer
from orderguard.tools.value_asking import RulesAsked, RulesReading
from orderguard.tools.value_drops import Reading, ValueItem, reading_of, without

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


Entry = frozenset[tuple[str, str]]
"""The names, codes and words of one entry of an order, such as a medication; without its dates."""

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
        self._terminology = rulebook.terminology
        self._files = files
        self._cases = cases
        self._mentions = mentions
        self._rules = RulesAsked(rulebook)
        self._orders: dict[int, Order] = {}
        self._usual = self._rules.by(rulebook.terminology)
        self._usual_answers: dict[int, Mapping[str, Answer]] = {}

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
        fewer = without(item, self._files, self._terminology)
        # What a group of conditions holds is no meaning of a single entry.
        if item.part != "conditions":
            entries = self._mentions.read_otherwise(entries, fewer)
        numbers = self._mentions.cases_of(entries)
        rules = self._rules.by(fewer)
        if self._is_noticed_by(numbers[:_COMMON], rules):
            return True
        numbers = self._telling_first(numbers, rules)
        return any(self._is_noticed_by([number], rules) for number in numbers)

    def _is_noticed_by(self, numbers: Sequence[int], rules: RulesReading) -> bool:
        # Mostly a rule that the case names answers otherwise, and few rules are asked sooner than all.
        return any(self._is_named_otherwise(number, rules) for number in numbers) or any(
            departures(self._cases[number], rules.answers(self._order(number))) for number in numbers
        )

    def _is_named_otherwise(self, number: int, rules: RulesReading) -> bool:
        stated = self._cases[number].statements
        answers = rules.answers(self._order(number), frozenset(stated))
        return any(not stated[rule].holds(answer) for rule, answer in answers.items() if rule in stated)

    def _telling_first(self, numbers: Sequence[int], rules: RulesReading) -> list[int]:
        """The cases that were not asked, those first that name a rule whose answer the loss changes."""
        changed: set[str] = set()
        for number in numbers[:_COMMON] if len(numbers) > _COMMON else ():
            usual, answers = self._usual_of(number), rules.answers(self._order(number))
            changed |= {
                rule for rule in usual.keys() | answers.keys() if usual.get(rule) != answers.get(rule)
            }
        return sorted(
            numbers[_COMMON:], key=lambda number: changed.isdisjoint(self._cases[number].statements)
        )

    def _usual_of(self, number: int) -> Mapping[str, Answer]:
        if number not in self._usual_answers:
            self._usual_answers[number] = self._usual.answers(self._order(number))
        return self._usual_answers[number]

    def _order(self, number: int) -> Order:
        order = self._orders.get(number)
        if order is None:
            order = self._orders[number] = Order.model_validate_json(self._cases[number].order)
        return order
