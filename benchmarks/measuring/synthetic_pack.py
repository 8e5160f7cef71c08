"""Packs of any number of rules, made by program: each rule asks for a fact, with a limit of its own.

What the facts are on some orders decides the limits. One rule in twenty is violated by all of these orders,
the others are cleared by all of them, so the work for each rule stays the same however many there are.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from orderguard import Order
from orderguard.facts.definition import Fact, FactValue, Kind
from orderguard.facts.measure import Measurer
from orderguard.rulebook.load import TERMINOLOGY, bundled_rules
from orderguard.rulebook.pack import Pack, Rulebook

_PACK = "lemtrada-ms"
_SCOPES = ("order", "infusion")
_INFUSION_RULES = 3
_VIOLATED = 20
_LIMITS = 8
_SEED = 1

Data = dict[str, Any]


class _Question(NamedTuple):
    """A comparison of a fact.

    Attributes:
        fact: the name of the fact.
        scope: its scope.
        require: the comparison.
        holds: a value for which it is true.
        fails: a value for which it is false.
    """

    fact: str
    scope: str
    require: Data
    holds: FactValue
    fails: FactValue


class SyntheticPack:
    """Makes packs for orders of the product of the Lemtrada pack. A larger one holds all rules of a smaller.

    Args:
        rulebook: the bundled rules.
        orders: the orders that decide the limits.
    """

    def __init__(self, rulebook: Rulebook, orders: Sequence[Order]) -> None:
        [pack] = [pack for pack in rulebook.packs if pack.id == _PACK]
        known = _known_values(rulebook, pack, orders)
        cleared = _in_turn(known, violated=False)
        violated = _in_turn(known, violated=True)
        self._head = _head()
        self._cleared = {scope: [q for q in cleared if q.scope == scope] for scope in _SCOPES}
        self._violated = [question for question in violated if question.scope == "order"]

    def write(self, rules: int, folder: Path) -> None:
        """Write a directory of rules that holds one pack.

        Args:
            rules: how many rules.
            folder: the directory; it is made.
        """
        folder.mkdir()
        shutil.copytree(bundled_rules() / TERMINOLOGY, folder / TERMINOLOGY)
        made = [_rule(number, question) for number, question in enumerate(self._questions(rules), 1)]
        text = yaml.dump({**self._head, "rules": made}, Dumper=_Plain, sort_keys=False)
        (folder / "synthetic.yaml").write_text(text)

    def _questions(self, count: int) -> Iterator[_Question]:
        """So many questions, three of ten about infusions, as in the bundled packs."""
        cleared = {scope: iter(questions) for scope, questions in self._cleared.items()}
        violated = iter(self._violated)
        for number in range(1, count + 1):
            scope = "infusion" if number % 10 < _INFUSION_RULES else "order"
            yield next(violated) if number % _VIOLATED == 0 else next(cleared[scope])


class _Plain(yaml.CSafeDumper):
    """Writes a part that stands twice two times."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _head() -> Data:
    """The head of the bundled pack; what a setting would tell the measurements is left out."""
    text = (bundled_rules() / f"{_PACK}.yaml").read_text(encoding="utf-8")
    data: Data = yaml.load(text, Loader=yaml.CSafeLoader)
    head = {key: data[key] for key in ("pack", "version", "title", "covers", "measure", "sources")}
    head["measure"] = {key: value for key, value in head["measure"].items() if not isinstance(value, dict)}
    return head


def _known_values(
    rulebook: Rulebook, pack: Pack, orders: Sequence[Order]
) -> Mapping[Fact, frozenset[FactValue]]:
    """The values on all orders of the facts that are known on each of them."""
    needs = rulebook.vocabulary.needs
    facts = [
        fact for fact in rulebook.vocabulary.values() if fact.scope in _SCOPES and not needs.get(fact.name)
    ]
    measurer = Measurer(
        rulebook.vocabulary, rulebook.terminology, pack.measure, [fact.name for fact in facts]
    )
    seen: dict[str, set[FactValue | None]] = {fact.name: set() for fact in facts}
    for order in orders:
        ctx = measurer.context(order)
        items = measurer.items(ctx, "infusion")
        for values in (measurer.order_facts(ctx), *measurer.item_facts(ctx, "infusion", items)):
            for name, value in values.items():
                seen[name].add(value)
    return {
        fact: frozenset(value for value in seen[fact.name] if value is not None)
        for fact in facts
        if seen[fact.name] and None not in seen[fact.name]
    }


def _in_turn(known: Mapping[Fact, frozenset[FactValue]], *, violated: bool) -> list[_Question]:
    """Questions about all facts, in a mixed order: each fact once, then each a second time, and so on."""
    facts = list(known)
    random.Random(_SEED).shuffle(facts)
    questions = {fact: list(_questions_about(fact, known[fact], violated)) for fact in facts}
    return [questions[fact][turn] for turn in range(_LIMITS) for fact in facts if turn < len(questions[fact])]


def _questions_about(fact: Fact, values: frozenset[FactValue], violated: bool) -> Iterator[_Question]:  # noqa: FBT001
    if fact.kind in (Kind.INTEGER, Kind.DECIMAL):
        yield from _limits(fact, [value for value in values if isinstance(value, int | Decimal)], violated)
    elif len(values) == 1:
        [value] = values
        possible = (True, False) if fact.kind is Kind.BOOLEAN else fact.words
        other = next((word for word in possible if word != value), None)
        if other is not None and not fact.never_false:
            holds, fails = (other, value) if violated else (value, other)
            yield _Question(fact.name, fact.scope, {"equals": holds}, holds, fails)


def _limits(fact: Fact, values: Sequence[int | Decimal], violated: bool) -> Iterator[_Question]:  # noqa: FBT001
    """Limits above all values or, for what is violated, least values that none has."""
    highest = max(values)
    for away in range(1, _LIMITS + 1):
        limit = int(highest) + 2 * away
        if fact.highest is not None and limit + 1 > fact.highest:
            return
        if violated:
            yield _Question(fact.name, fact.scope, {"at_least": limit}, limit, limit - 1)
        else:
            yield _Question(fact.name, fact.scope, {"at_most": limit}, limit, limit + 1)


def _rule(number: int, question: _Question) -> Data:
    facts = {"cleared": question.holds, "violated": question.fails}
    return {
        "id": f"rule-{number}",
        "title": f"Rule {number} of the measurement",
        "severity": "block",
        "scope": question.scope,
        "require": {question.fact: question.require},
        "message": f"Rule {number} of the measurement speaks.",
        "action": "None.",
        "rationale": "None.",
        "sources": [{"source": "project"}],
        "confidence": "low",
        "review": "unreviewed",
        "since": "0.1",
        "examples": [
            *(
                {"name": expect, "facts": {question.fact: value}, "expect": expect}
                for expect, value in facts.items()
            ),
            {"name": "nothing known", "facts": {}, "expect": "not-evaluated"},
        ],
    }
