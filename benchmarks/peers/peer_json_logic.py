"""json-logic (panzi): one logic for each part, a list of what answers each question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from json_logic import jsonLogic

from translation import Answer, Choice, Formula, Item, Joined, Part, identifier, plain

_SIGNS = {"==": "===", "!=": "!=="}


def _answer(answer: Answer) -> Any:
    chain: list[Any] = []
    while isinstance(answer, Choice):
        chain += [_formula(answer.test), _answer(answer.then)]
        answer = answer.otherwise
    return {"if": [*chain, answer]} if chain else answer


def _formula(formula: Formula) -> Any:
    if isinstance(formula, Joined):
        parts = [_formula(part) for part in formula.parts]
        return parts[0] if len(parts) == 1 else {"and" if formula.every else "or": parts}
    fact = {"var": identifier(formula.fact)}
    if isinstance(formula.constant, tuple):
        found: Any = {"in": [fact, list(formula.constant)]}
        test = found if formula.sign == "in" else {"!": [found]}
    else:
        test = {_SIGNS.get(formula.sign, formula.sign): [fact, plain(formula.constant)]}
    return {"and": [{"!==": [fact, None]}, test]} if formula.needs_fact else test


class JsonLogicPeer:
    """An evaluation for each item. It has nothing to compile."""

    name = "json-logic (panzi)"
    package = "panzi-json-logic"
    how = "a logic for each scope, facts as a dict"
    decimals = "become binary floating point before the clock starts"

    def __init__(self, parts: Sequence[Part]) -> None:
        self._facts = [[(name, identifier(name)) for name in part.facts] for part in parts]
        self._logic = [[_answer(answer) for answer in part.answers] for part in parts]

    def given(self, items: Sequence[Item]) -> Any:
        """The logic and the facts, for each item; what is not known is None."""
        return [
            (self._logic[part], {key: plain(facts[name]) for name, key in self._facts[part]})
            for part, facts in items
        ]

    def judge(self, given: Any) -> Any:
        """A list of numbers for each item."""
        return [jsonLogic(logic, facts) for logic, facts in given]

    def rest(self) -> None:
        """It needs none."""

    def numbers(self, answer: Any) -> list[list[int]]:
        """The answer as it is."""
        return [list(answers) for answers in answer]
