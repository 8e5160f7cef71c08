"""zen-engine: a compiled ZEN expression for each part, an array of what answers each question."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import zen

from translation import Item, Language, Literal, Part, identifier, number, plain


def _constant(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_constant(word) for word in value) + "]"
    return json.dumps(value) if isinstance(value, str | bool) else number(value)


def _literal(literal: Literal) -> str:
    return f"({identifier(literal.fact)} {literal.sign} {_constant(literal.constant)})"


_ZEN = Language(
    literal=_literal,
    known=lambda fact: f"({identifier(fact)} != null)",
    both=lambda parts: "(" + " and ".join(parts) + ")",
    either=lambda parts: "(" + " or ".join(parts) + ")",
    choose=lambda test, then, otherwise: f"({test} ? {then} : {otherwise})",
)


class ZenPeer:
    """Compiled once; an evaluation for each item. JSON bytes are what it takes fastest."""

    name = "zen-engine"
    package = "zen-engine"
    how = "a compiled expression for each scope, facts as JSON bytes"
    decimals = "exact inside; facts go in as JSON numbers"

    def __init__(self, parts: Sequence[Part]) -> None:
        self._facts = [[(name, identifier(name)) for name in part.facts] for part in parts]
        self._compiled = [
            zen.compile_expression("[" + ", ".join(_ZEN.answer(answer) for answer in part.answers) + "]")
            for part in parts
        ]

    def given(self, items: Sequence[Item]) -> Any:
        """The expression and the known facts as JSON, for each item."""
        made = []
        for part, facts in items:
            known = {key: plain(facts[name]) for name, key in self._facts[part] if facts[name] is not None}
            made.append((self._compiled[part], json.dumps(known).encode()))
        return made

    def judge(self, given: Any) -> Any:
        """A list of numbers for each item."""
        return [expression.evaluate(facts) for expression, facts in given]

    def rest(self) -> None:
        """It needs none."""

    def numbers(self, answer: Any) -> list[list[int]]:
        """The answer as whole numbers."""
        return [[int(each) for each in answers] for answers in answer]
