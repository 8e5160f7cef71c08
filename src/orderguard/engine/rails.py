"""Conditions as rails: for each outcome of a question, the conjunctions of literals that prove it.

A question has three rails: violated, cleared and not applicable. A rail is in disjunctive normal form: it
holds when one of its terms holds, a term when all of its literals hold. A literal about a fact that is not
known does not hold, so nothing holds unless it is proved. This is how durable-rules is asked.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Context, Decimal
from typing import Any, NamedTuple, TypeAlias

from orderguard.facts.definition import FactValue
from orderguard.rulebook.conditions import AllOf, Compare, Condition, Not, OneOf, Op
from orderguard.rulebook.pack import Outcome, Question

MAX_TERMS = 16
MAX_LITERALS = 24
_MAX_PRODUCT = 256
_SMALLEST_STEP = Decimal("0.000001")
_EXACT = Context(prec=60)


class Literal(NamedTuple):
    """One comparison that durable-rules can make: `eq`, `ne`, `lt`, `le`, `gt` or `ge`."""

    fact: str
    sign: str
    value: FactValue


Term: TypeAlias = tuple[Literal, ...]
Rail: TypeAlias = tuple[Term, ...]

_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    sign: getattr(operator, sign) for sign in ("eq", "ne", "lt", "le", "gt", "ge")
}
_SIGNS: Mapping[Op, tuple[str, str]] = {
    Op.EQUALS: ("eq", "ne"),
    Op.AT_LEAST: ("ge", "lt"),
    Op.AT_MOST: ("le", "gt"),
    Op.MORE_THAN: ("gt", "le"),
    Op.LESS_THAN: ("lt", "ge"),
}


class TooLargeError(ValueError):
    """A condition that cannot be brought into rails within the limits of durable-rules."""


class Rails(NamedTuple):
    """The terms that prove each outcome of a question. A rail without terms can never be proved."""

    violated: Rail
    cleared: Rail
    not_applicable: Rail

    def by_outcome(self) -> tuple[tuple[Outcome, Rail], ...]:
        """Each outcome with its rail."""
        return (
            (Outcome.VIOLATED, self.violated),
            (Outcome.CLEARED, self.cleared),
            (Outcome.NOT_APPLICABLE, self.not_applicable),
        )


def rails_of(question: Question) -> Rails:
    """The three rails of a question.

    Raises:
        TooLargeError: a rail has more terms, or a term more literals, than durable-rules is trusted with.
    """
    asked = [()] if question.applies is None else terms_of(question.applies, wanted=True)
    return Rails(
        violated=_rail(_product(asked, terms_of(question.require, wanted=False))),
        cleared=_rail(_product(asked, terms_of(question.require, wanted=True))),
        not_applicable=() if question.applies is None else _rail(terms_of(question.applies, wanted=False)),
    )


def terms_of(condition: Condition, *, wanted: bool) -> list[Term]:
    """The terms that prove a condition true, or with `wanted=False` false.

    Raises:
        TooLargeError: they are too many.
    """
    if isinstance(condition, Compare):
        return [(_literal(condition, wanted=wanted),)]
    if isinstance(condition, OneOf):
        literals = tuple(Literal(condition.fact, "eq" if wanted else "ne", w) for w in condition.words)
        return [(literal,) for literal in literals] if wanted else [literals]
    if isinstance(condition, Not):
        return terms_of(condition.item, wanted=not wanted)
    parts = [terms_of(item, wanted=wanted) for item in condition.items]
    if isinstance(condition, AllOf) is not wanted:
        return _smallest([term for part in parts for term in part])
    result: list[Term] = [()]
    for part in parts:
        result = _product(result, part)
    return result


def _literal(leaf: Compare, *, wanted: bool) -> Literal:
    if isinstance(leaf.value, bool):
        return Literal(leaf.fact, "eq", leaf.value is wanted)
    return Literal(leaf.fact, _SIGNS[leaf.op][0 if wanted else 1], leaf.value)


def _product(left: Sequence[Term], right: Sequence[Term]) -> list[Term]:
    if len(left) * len(right) > _MAX_PRODUCT:
        raise TooLargeError("the condition has too many combinations: split the rule")
    joined = [tuple(dict.fromkeys(a + b)) for a in left for b in right]
    return _smallest([term for term in joined if can_hold(term)])


def _smallest(terms: list[Term]) -> list[Term]:
    """The terms without those that say no more than another one."""
    if len(terms) == 1:
        return terms
    kept: list[tuple[frozenset[Literal], Term]] = []
    for literals, term in sorted(((frozenset(t), t) for t in terms), key=lambda pair: len(pair[0])):
        if not any(other <= literals for other, _ in kept):
            kept.append((literals, term))
    chosen = {term for _, term in kept}
    return [term for term in dict.fromkeys(terms) if term in chosen]


def _rail(terms: list[Term]) -> Rail:
    if len(terms) > MAX_TERMS:
        raise TooLargeError(f"an outcome may have at most {MAX_TERMS} combinations; this has {len(terms)}")
    if any(len(term) > MAX_LITERALS for term in terms):
        raise TooLargeError(f"a combination may have at most {MAX_LITERALS} comparisons")
    return tuple(terms)


def can_hold(literals: Iterable[Literal]) -> bool:
    """Whether some facts fulfil all of the literals."""
    return all(most_true(group) == len(group) for group in _by_fact(literals) if len(group) > 1)


def most_together(literals: Iterable[Literal]) -> int:
    """The greatest number of distinct literals that hold on the same facts."""
    return sum(most_true(group) for group in _by_fact(literals))


def most_true(literals: Sequence[Literal]) -> int:
    """The greatest number of literals about one fact that hold for one value of it."""
    if len(literals) == 1:
        return 1
    return max(
        sum(_TESTS[literal.sign](value, literal.value) for literal in literals)
        for value in _telling_values(literals)
    )


def _by_fact(literals: Iterable[Literal]) -> Iterable[list[Literal]]:
    groups: dict[str, list[Literal]] = {}
    for literal in dict.fromkeys(literals):
        groups.setdefault(literal.fact, []).append(literal)
    return groups.values()


def _telling_values(literals: Sequence[Literal]) -> set[Any]:
    """Values of one fact, one at least for each way in which the literals can hold together."""
    constants: set[Any] = {literal.value for literal in literals}
    sample = next(iter(constants))
    if isinstance(sample, bool):
        return {True, False}
    if isinstance(sample, str):
        return constants | {""}
    if isinstance(sample, int):
        return {c + step for c in constants for step in (-1, 0, 1)}
    return {_EXACT.add(c, step) for c in constants for step in (-_SMALLEST_STEP, Decimal(0), _SMALLEST_STEP)}
