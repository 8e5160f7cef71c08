"""What a grid does not tell apart, nothing does."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from orderguard.rulebook.conditions import AllOf, AnyOf, Compare, Condition, Not, OneOf, Op, facts_of
from orderguard.rulebook.pack import SEVERITY_RANK, Level, Rule, Severity
from orderguard.tools.grid import Facts, Grid, RuleJudge, verdict_of
from support.rules import VOCABULARY, level, rule

limits = st.integers(-3, 5)
halves = st.sampled_from([Decimal(n) / 2 for n in range(5)])
order_leaves = (
    st.builds(Compare, st.sampled_from(["known", "enrolled"]), st.just(Op.EQUALS), st.booleans())
    | st.builds(Compare, st.just("days"), st.sampled_from(Op), limits)
    | st.builds(Compare, st.just("dose"), st.sampled_from(Op), halves)
    | st.builds(OneOf, st.just("route"), st.sampled_from([("oral",), ("oral", "iv"), ("iv", "im", "other")]))
)
things = st.builds(Compare, st.just("things"), st.sampled_from(Op), st.integers(0, 2))
thing_leaves = st.builds(Compare, st.just("thing.size"), st.sampled_from(Op), st.integers(0, 4)) | st.builds(
    Compare, st.just("thing.kind"), st.just(Op.EQUALS), st.sampled_from(["a", "b"])
)


def conditions(leaves: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    def joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        some = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.builds(AllOf, some) | st.builds(AnyOf, some) | st.builds(Not, inner)

    return st.recursive(leaves, joined, max_leaves=3)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Rule, Rule]:
    """A rule, and the same rule with one level changed."""
    on_list = draw(st.booleans())
    about_order = conditions(order_leaves | things if on_list else order_leaves)
    inner = conditions(order_leaves | thing_leaves) if on_list else about_order
    levels = st.builds(
        level,
        inner,
        applies=st.none() | about_order,
        among=st.none() | inner if on_list else st.none(),
        severity=st.sampled_from(Severity),
    )
    drawn: list[Level] = sorted(
        draw(st.lists(levels, min_size=1, max_size=3)), key=lambda each: SEVERITY_RANK[each.severity]
    )
    index = draw(st.integers(0, len(drawn) - 1))
    changed = [*drawn]
    changed[index] = draw(
        st.builds(replace, st.just(drawn[index]), require=inner)
        | st.builds(replace, st.just(drawn[index]), applies=st.none() | about_order)
    )
    scope = "thing" if on_list else "order"
    return rule(*drawn, scope=scope), rule(*changed, scope=scope)


VALUES: dict[str, tuple[object, ...]] = {
    "known": (False, True, None),
    "enrolled": (False, True, None),
    "days": (*range(-4, 7), None),
    "dose": (*(Decimal(n) / 4 for n in range(-2, 11)), None),
    "route": ("oral", "iv", "im", "other", None),
    "things": (0, 1, 2, 3, None),
    "thing.size": (*range(6), None),
    "thing.kind": ("a", "b", "c", None),
}
MANY = 2_000


def all_facts(*rules: Rule) -> Iterator[Facts]:
    """Every combination of the facts of rules, or an even choice of many."""
    names = sorted({n for r in rules for each in r.levels for c in each.conditions for n in facts_of(c)})
    if rules[0].scope == "thing" and "things" not in names:
        names.append("things")
    columns = [VALUES[name] for name in names]
    size = 1
    for column in columns:
        size *= len(column)
    for values in itertools.islice(itertools.product(*columns), 0, None, size // MANY + 1):
        yield {n: v for n, v in zip(names, values, strict=True) if v is not None}  # type: ignore[misc]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(pairs())
def test_rules_that_answer_alike_on_a_grid_of_both_answer_alike_everywhere(both: tuple[Rule, Rule]) -> None:
    one, other = both
    judge_one, judge_other = RuleJudge(one, VOCABULARY), RuleJudge(other, VOCABULARY)

    def differ(facts: Facts) -> bool:
        return verdict_of(one, judge_one(facts)) != verdict_of(other, judge_other(facts))

    on_grid = next((p for p in Grid(one, VOCABULARY, [other]) if differ(p)), None)
    somewhere = next((p for p in all_facts(one, other) if differ(p)), None)
    if on_grid is None:
        assert somewhere is None
