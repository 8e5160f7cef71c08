"""A pack's questions in a form without a third truth value, from which each peer's language is written.

A peer knows only true and false. So a condition becomes two formulas: one that holds when it is proved true,
one that holds when it is proved false. No literal holds of a fact that is not known; where neither formula
holds, the question is not evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from orderguard.engine.groups import Group
from orderguard.facts.definition import FactValue
from orderguard.rulebook.conditions import AllOf, Compare, Condition, Not, OneOf, Op
from orderguard.rulebook.pack import Outcome, Question

OUTCOMES = (Outcome.NOT_EVALUATED, Outcome.VIOLATED, Outcome.CLEARED, Outcome.NOT_APPLICABLE)
"""What the numbers that peers answer with stand for."""

NOT_EVALUATED, VIOLATED, CLEARED, NOT_APPLICABLE = range(len(OUTCOMES))

_SIGNS: Mapping[Op, tuple[str, str]] = {
    Op.EQUALS: ("==", "!="),
    Op.AT_LEAST: (">=", "<"),
    Op.AT_MOST: ("<=", ">"),
    Op.MORE_THAN: (">", "<="),
    Op.LESS_THAN: ("<", ">="),
}
_NO_SIGNS = str.maketrans(".-", "__")


class Literal(NamedTuple):
    """A known fact against one constant: `==`, `!=`, `<`, `<=`, `>` or `>=`; or words: `in`, `not in`."""

    fact: str
    sign: str
    constant: FactValue | tuple[str, ...]

    @property
    def needs_fact(self) -> bool:
        """Whether a peer must be asked if the fact is known; what is not known equals nothing anyway."""
        return self.sign not in ("==", "in")


class Joined(NamedTuple):
    """Formulas that must all hold, or of which one must."""

    every: bool
    parts: tuple[Formula, ...]


Formula: TypeAlias = Literal | Joined


class Choice(NamedTuple):
    """One answer if a formula holds, else another."""

    test: Formula
    then: Answer
    otherwise: Answer


Answer: TypeAlias = int | Choice


class Part(NamedTuple):
    """Questions about one item that are judged together.

    Attributes:
        facts: the names of the facts that they use.
        answers: how each question is answered.
    """

    facts: tuple[str, ...]
    answers: tuple[Answer, ...]


Item: TypeAlias = tuple[int, Mapping[str, FactValue | None]]
"""What a peer is asked about: the index of the part, and the facts."""


def part_of(groups: Sequence[Group]) -> Part:
    """The questions of some groups as one part, in their order."""
    facts = dict.fromkeys(name for group in groups for name in group.facts)
    return Part(tuple(facts), tuple(answer_of(question) for group in groups for question in group.questions))


def answer_of(question: Question) -> Answer:
    """How a question is answered."""
    asked = _met(question.require)
    if question.applies is None:
        return asked
    applies, not_so = proof(question.applies, wanted=True), proof(question.applies, wanted=False)
    return Choice(applies, asked, Choice(not_so, NOT_APPLICABLE, NOT_EVALUATED))


def _met(require: Condition) -> Answer:
    met, broken = proof(require, wanted=True), proof(require, wanted=False)
    return Choice(met, CLEARED, Choice(broken, VIOLATED, NOT_EVALUATED))


def proof(condition: Condition, *, wanted: bool) -> Formula:
    """What proves a condition true, or with `wanted=False` false."""
    if isinstance(condition, Compare):
        if isinstance(condition.value, bool):
            return Literal(condition.fact, "==", condition.value is wanted)
        return Literal(condition.fact, _SIGNS[condition.op][0 if wanted else 1], condition.value)
    if isinstance(condition, OneOf):
        return Literal(condition.fact, "in" if wanted else "not in", condition.words)
    if isinstance(condition, Not):
        return proof(condition.item, wanted=not wanted)
    parts = tuple(proof(item, wanted=wanted) for item in condition.items)
    return Joined(isinstance(condition, AllOf) is wanted, parts)


class Language(NamedTuple):
    """How the text of a peer's language is written.

    Attributes:
        literal: a literal, for a fact that is known; `in` and `not in` among them.
        known: that a fact is known, given its name.
        both: the conjunction of texts.
        either: the disjunction of texts.
        choose: a test, then, otherwise.
    """

    literal: Callable[[Literal], str]
    known: Callable[[str], str]
    both: Callable[[Sequence[str]], str]
    either: Callable[[Sequence[str]], str]
    choose: Callable[[str, str, str], str]

    def formula(self, formula: Formula) -> str:
        """The text of a formula."""
        if isinstance(formula, Joined):
            parts = [self.formula(part) for part in formula.parts]
            if len(parts) == 1:
                return parts[0]
            return self.both(parts) if formula.every else self.either(parts)
        text = self.literal(formula)
        return self.both([self.known(formula.fact), text]) if formula.needs_fact else text

    def answer(self, answer: Answer) -> str:
        """The text of an answer: a number."""
        if isinstance(answer, int):
            return str(answer)
        test = self.formula(answer.test)
        return self.choose(test, self.answer(answer.then), self.answer(answer.otherwise))


def identifier(fact: str) -> str:
    """The name of a fact in a language whose names have neither dots nor hyphens."""
    return fact.translate(_NO_SIGNS)


def number(value: object) -> str:
    """A number without an exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def plain(value: Any) -> Any:
    """A value with binary floating point in place of a decimal, for peers that have nothing else."""
    return float(value) if isinstance(value, Decimal) else value
