"""rule-engine: one rule for each part, an array of what answers each question."""

from __future__ import annotations

import json
import operator
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import rule_engine

from translation import Item, Language, Literal, Part, identifier, number


def _constant(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_constant(word) for word in value) + "]"
    return json.dumps(value) if isinstance(value, str | bool) else number(value)


def _literal(literal: Literal) -> str:
    name, constant = identifier(literal.fact), _constant(literal.constant)
    if literal.sign == "not in":
        return f"(not ({name} in {constant}))"
    return f"({name} {literal.sign} {constant})"


_LANGUAGE = Language(
    literal=_literal,
    known=lambda fact: f"({identifier(fact)} != null)",
    both=lambda parts: "(" + " and ".join(parts) + ")",
    either=lambda parts: "(" + " or ".join(parts) + ")",
    choose=lambda test, then, otherwise: f"({test} ? {then} : {otherwise})",
)


class RuleEnginePeer:
    """Parsed once; an evaluation for each item. Numbers go in as the decimals that it works with."""

    name = "rule-engine"
    package = "rule-engine"
    how = "a parsed rule for each scope, facts as a dict"
    decimals = "exact: it works with decimals"

    def __init__(self, parts: Sequence[Part]) -> None:
        # The plainest way to look a name up; its own looks at the kind of the mapping first.
        context = rule_engine.Context(resolver=operator.getitem)
        self._facts = [[(name, identifier(name)) for name in part.facts] for part in parts]
        self._rules = [
            rule_engine.Rule("[" + ", ".join(_LANGUAGE.answer(a) for a in part.answers) + "]", context)
            for part in parts
        ]

    def given(self, items: Sequence[Item]) -> Any:
        """The rule and the facts, for each item; what is not known is None."""
        return [
            (self._rules[part], {key: _decimal(facts[name]) for name, key in self._facts[part]})
            for part, facts in items
        ]

    def judge(self, given: Any) -> Any:
        """A tuple of decimals for each item."""
        return [rule.evaluate(facts) for rule, facts in given]

    def rest(self) -> None:
        """It needs none."""

    def numbers(self, answer: Any) -> list[list[int]]:
        """The answer as whole numbers."""
        return [[int(each) for each in answers] for answers in answer]


def _decimal(value: object) -> object:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
