"""Both engines give the same outcomes for any rules and any facts."""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from orderguard.engine.durable import DurableEngine
from orderguard.engine.groups import Group, groups_of, places_of
from orderguard.engine.judge import Judge
from orderguard.engine.rails import Literal, Term, TooLargeError, rails_of
from orderguard.engine.reference import ReferenceEngine
from orderguard.facts.definition import FactValue
from orderguard.rulebook.conditions import AllOf, AnyOf, Compare, Condition, Not, OneOf, Op
from orderguard.rulebook.pack import Outcome, Question

BOOLEANS = ("known", "enrolled")
INTEGERS = ("days", "count")
DECIMALS = ("dose", "minutes")
WORDS = ("route", "result")
SOME_WORDS = ("oral", "intravenous", "other", "negative", "positive", "latent")

integers = st.integers(-3, 3) | st.sampled_from([10**12, -(10**12), 240])
decimals = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-40, 40), st.sampled_from([0, 1, 6])
) | st.sampled_from([Decimal(10**12), Decimal("240.0"), Decimal("1.20")])

leaves = (
    st.builds(Compare, st.sampled_from(BOOLEANS), st.just(Op.EQUALS), st.booleans())
    | st.builds(Compare, st.sampled_from(INTEGERS), st.sampled_from(Op), integers)
    | st.builds(Compare, st.sampled_from(DECIMALS), st.sampled_from(Op), decimals)
    | st.builds(Compare, st.sampled_from(WORDS), st.just(Op.EQUALS), st.sampled_from(SOME_WORDS))
    | st.builds(
        OneOf,
        st.sampled_from(WORDS),
        st.lists(st.sampled_from(SOME_WORDS), min_size=1, max_size=4, unique=True).map(tuple),
    )
)


def joins(items: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(items, min_size=1, max_size=3).map(tuple)
    return st.builds(AllOf, several) | st.builds(AnyOf, several) | st.builds(Not, items)


conditions: st.SearchStrategy[Condition] = st.recursive(leaves, joins, max_leaves=6)
questions = st.lists(st.tuples(st.none() | conditions, conditions), min_size=1, max_size=24).map(
    lambda pairs: [
        Question(f"rule-{i}", 0, "order", applies, require) for i, (applies, require) in enumerate(pairs)
    ]
)
facts: st.SearchStrategy[dict[str, FactValue]] = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(BOOLEANS, st.booleans()),
        **dict.fromkeys(INTEGERS, integers),
        **dict.fromkeys(DECIMALS, decimals),
        **dict.fromkeys(WORDS, st.sampled_from(SOME_WORDS)),
    },
)

thorough = settings(
    derandomize=True,
    deadline=None,
    max_examples=120,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


@thorough
@given(questions, st.lists(facts, min_size=1, max_size=12))
def test_both_engines_give_the_same_outcomes(
    asked: list[Question], orders: list[dict[str, FactValue]]
) -> None:
    groups = _groups_or_skip(asked)
    reference, durable = ReferenceEngine(groups), DurableEngine(groups)
    for order in [*orders, *reversed(orders)]:
        for group in groups:
            assert durable.judge(group.index, order) == reference.judge(group.index, order)


@thorough
@given(conditions, facts)
def test_rails_prove_exactly_what_the_condition_means(
    condition: Condition, order: dict[str, FactValue]
) -> None:
    question = Question("rule", 0, "order", None, condition)
    try:
        rails = rails_of(question)
    except TooLargeError:
        assume(False)
    proved = {
        outcome
        for outcome, rail in rails.by_outcome()
        for term in rail
        if all(_literal_holds(literal, order) for literal in term)
    }
    meant = {True: {Outcome.CLEARED}, False: {Outcome.VIOLATED}, None: set()}[condition.truth(order)]
    assert proved == meant


@thorough
@given(questions, facts)
def test_no_facts_fill_more_stack_places_than_a_group_is_counted_with(
    asked: list[Question], order: dict[str, FactValue]
) -> None:
    for group in _groups_or_skip(asked):
        terms = [term for rails in group.rails for _, rail in rails.by_outcome() for term in rail]
        assert _places_taken(terms, order) <= sum(places_of(rails) for rails in group.rails)


@thorough
@given(questions, facts)
def test_taking_a_fact_away_never_turns_an_outcome_round(
    asked: list[Question], order: dict[str, FactValue]
) -> None:
    groups = _groups_or_skip(asked)
    reference = ReferenceEngine(groups)
    for group in groups:
        full = reference.judge(group.index, order)
        for name in order:
            less = reference.judge(group.index, {k: v for k, v in order.items() if k != name})
            assert all(b in (a, Outcome.NOT_EVALUATED) for a, b in zip(full, less, strict=True))


@thorough
@given(questions, st.lists(facts, min_size=1, max_size=4))
def test_judging_again_and_judging_without_a_memory_give_the_same(
    asked: list[Question], orders: list[dict[str, FactValue]]
) -> None:
    groups = _groups_or_skip(asked)
    remembering = Judge(groups, "reference", cache=2)
    forgetful = Judge(groups, "reference", cache=0)
    for order in orders * 3:
        for group in groups:
            assert remembering.judge(group.index, order) == forgetful.judge(group.index, order)


def _places_taken(terms: list[Term], order: dict[str, FactValue]) -> int:
    """The stack places that durable-rules takes: what holds waits while one of it is followed."""
    most = 0
    stack: list[Term] = [()]
    while stack:
        node = stack.pop()
        below = {t[: len(node) + 1] for t in terms if len(t) > len(node) and t[: len(node)] == node}
        stack += [path for path in sorted(below, key=str) if _literal_holds(path[-1], order)]
        most = max(most, len(stack))
    return most


def _groups_or_skip(asked: list[Question]) -> tuple[Group, ...]:
    try:
        return groups_of(asked)
    except TooLargeError:
        assume(False)


def _literal_holds(literal: Literal, order: dict[str, FactValue]) -> bool:
    value: Any = order.get(literal.fact)
    return value is not None and bool(getattr(operator, literal.sign)(value, literal.value))
