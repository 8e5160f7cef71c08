"""The boundary grid has a point for everything that a rule can tell apart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orderguard.facts.definition import Fact, Kind
from orderguard.rulebook.conditions import AllOf, AnyOf, Compare, Not, OneOf, Op
from orderguard.rulebook.load import bundled_rules, load_rulebook
from orderguard.rulebook.pack import Outcome, Severity
from orderguard.tools.grid import (
    MAX_POINTS,
    Grid,
    GridTooLargeError,
    candidates_of,
    classes_of,
    rule_outcome,
    step_of,
    verdict_of,
)
from support.rules import VOCABULARY, level, rule

KNOWN = Compare("known", Op.EQUALS, True)
ENROLLED = Compare("enrolled", Op.EQUALS, True)
DOSE = VOCABULARY["dose"]
DAYS = VOCABULARY["days"]


def dose(op: Op, limit: str) -> Compare:
    return Compare("dose", op, Decimal(limit))


def days(op: Op, limit: int) -> Compare:
    return Compare("days", op, limit)


def numbers(*texts: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(text) for text in texts)


@pytest.mark.parametrize(
    ("limit", "step"), [("240", "1"), ("1.2", "0.1"), ("1.20", "0.1"), ("0.125", "0.001"), ("0", "1")]
)
def test_the_step_of_a_decimal_is_its_last_written_place(limit: str, step: str) -> None:
    assert step_of(DOSE, Decimal(limit)) == Decimal(step)


def test_the_step_of_a_whole_number_is_one() -> None:
    assert step_of(DAYS, 240) == 1


@pytest.mark.parametrize(
    ("op", "values"),
    [
        (Op.AT_LEAST, ("1.1", "1.2")),
        (Op.LESS_THAN, ("1.1", "1.2")),
        (Op.AT_MOST, ("1.2", "1.3")),
        (Op.MORE_THAN, ("1.2", "1.3")),
    ],
)
def test_a_limit_has_the_last_value_before_it_and_the_first_value_after_it(
    op: Op, values: tuple[str, ...]
) -> None:
    assert classes_of(DOSE, [dose(op, "1.2")]) == numbers(*values)


def test_an_exact_number_has_one_class_beside_it() -> None:
    assert classes_of(DOSE, [dose(Op.EQUALS, "12")]) == numbers("11", "12")


def test_limits_closer_than_a_step_have_a_value_between_them() -> None:
    found = classes_of(DOSE, [dose(Op.MORE_THAN, "1.2"), dose(Op.LESS_THAN, "1.3")])
    assert found == numbers("1.2", "1.25", "1.3")


def test_no_value_lies_between_neighbouring_whole_numbers() -> None:
    assert classes_of(DAYS, [days(Op.MORE_THAN, 1), days(Op.LESS_THAN, 2)]) == (1, 2)


def test_values_stay_within_the_range_of_the_fact() -> None:
    assert candidates_of(DAYS, [5]) == (-4, 3, 4, 5, 6)
    assert candidates_of(DAYS, [-4]) == (-4, -3, -2, 6)


def test_a_range_that_ends_less_than_a_step_from_a_limit_still_has_its_class() -> None:
    share = Fact("share", "order", Kind.DECIMAL, "share", lowest=Decimal("0.5"), highest=Decimal("1.5"))
    limits = [Compare("share", Op.AT_LEAST, Decimal(1)), Compare("share", Op.AT_MOST, Decimal(1))]
    assert classes_of(share, limits) == numbers("0.5", "1", "1.5")


def test_words_have_each_word_that_is_told_apart_and_one_other() -> None:
    route = VOCABULARY["route"]
    assert classes_of(route, [OneOf("route", ("iv", "oral"))]) == ("oral", "im")
    both = [OneOf("route", ("iv", "oral")), Compare("route", Op.EQUALS, "iv")]
    assert classes_of(route, both) == ("oral", "iv", "im")


def test_words_that_are_all_used_have_no_other() -> None:
    kind = VOCABULARY["thing.kind"]
    assert classes_of(kind, [Compare("thing.kind", Op.EQUALS, w) for w in ("a", "b", "c")]) == ("a", "b", "c")


def test_each_fact_may_be_missing() -> None:
    grid = Grid(rule(level(AllOf((KNOWN, days(Op.AT_LEAST, 3))))), VOCABULARY)
    assert grid.classes == {"known": (False, True, None), "days": (2, 3, None)}
    points = list(grid)
    assert len(points) == grid.size == 9
    assert {} in points
    assert {"known": True, "days": 3} in points


def test_a_variant_brings_its_limits() -> None:
    one = rule(level(days(Op.AT_LEAST, 3)))
    other = rule(level(days(Op.AT_LEAST, 4)))
    grid = Grid(one, VOCABULARY, [other])
    assert grid.classes == {"days": (2, 3, 4, None)}
    assert [p for p in grid if rule_outcome(one, p, VOCABULARY) != rule_outcome(other, p, VOCABULARY)] == [
        {"days": 3}
    ]


def test_a_list_is_also_asked_when_it_is_empty() -> None:
    sizes = rule(level(Compare("thing.size", Op.AT_MOST, 5), applies=KNOWN), scope="thing")
    grid = Grid(sizes, VOCABULARY)
    empty = [point for point in grid if point.get("things") == 0]
    assert empty == [{"known": False, "things": 0}, {"known": True, "things": 0}, {"things": 0}]
    assert [rule_outcome(sizes, point, VOCABULARY)[0] for point in empty] == [
        Outcome.NOT_APPLICABLE,
        Outcome.CLEARED,
        Outcome.NOT_EVALUATED,
    ]
    assert len(list(grid)) == grid.size == 3 * 3 + 3


def test_an_item_has_no_count_of_zero() -> None:
    many = Compare("things", Op.AT_LEAST, 1)
    sizes = rule(level(Compare("thing.size", Op.AT_MOST, 5), applies=many), scope="thing")
    assert all("thing.size" not in p for p in Grid(sizes, VOCABULARY) if p.get("things") == 0)


def test_items_are_asked_about_where_every_comparison_of_their_count_holds_for_none_too() -> None:
    any_count = Compare("things", Op.AT_LEAST, 0)
    sizes = rule(level(Compare("thing.size", Op.AT_MOST, 5), applies=any_count), scope="thing")
    assert any("thing.size" in p and p.get("things", 0) > 0 for p in Grid(sizes, VOCABULARY))


def test_items_outside_among_pass() -> None:
    among = Compare("thing.kind", Op.EQUALS, "a")
    sizes = rule(level(Compare("thing.size", Op.AT_MOST, 5), among=among), scope="thing")
    large = {"thing.size": 6}
    assert rule_outcome(sizes, {**large, "thing.kind": "b"}, VOCABULARY) == (Outcome.CLEARED, None)
    assert rule_outcome(sizes, {**large, "thing.kind": "a"}, VOCABULARY) == (Outcome.VIOLATED, 0)
    assert rule_outcome(sizes, large, VOCABULARY) == (Outcome.NOT_EVALUATED, 0)


def test_the_strictest_level_with_a_finding_speaks() -> None:
    bands = rule(
        level(days(Op.AT_LEAST, 1)),
        level(days(Op.AT_LEAST, 3), severity=Severity.WARN),
    )
    answers = [
        rule_outcome(bands, point, VOCABULARY) for point in ({"days": 0}, {"days": 2}, {"days": 3}, {})
    ]
    assert answers == [
        (Outcome.VIOLATED, 0),
        (Outcome.VIOLATED, 1),
        (Outcome.CLEARED, None),
        (Outcome.NOT_EVALUATED, 0),
    ]
    assert verdict_of(bands, answers[1]) == (Outcome.VIOLATED, Severity.WARN, False)
    assert verdict_of(bands, answers[2]) == (Outcome.CLEARED, None, False)


def test_levels_without_a_common_fact_are_added_and_not_multiplied() -> None:
    apart = rule(level(KNOWN), level(days(Op.AT_LEAST, 3), severity=Severity.WARN))
    grid = Grid(apart, VOCABULARY)
    assert grid.size == 3 + 3
    assert {"known": True, "days": 2} in list(grid)
    assert {"known": False, "days": 3} in list(grid)


def test_a_variant_that_joins_levels_has_them_multiplied() -> None:
    apart = rule(level(KNOWN), level(ENROLLED))
    joined = rule(level(AnyOf((KNOWN, ENROLLED))), level(ENROLLED))
    assert Grid(apart, VOCABULARY, [joined]).size == 9


def test_a_grid_that_is_too_large_is_refused_and_never_cut() -> None:
    with pytest.raises(GridTooLargeError, match="27 points; 26 are allowed"):
        Grid(rule(level(AllOf((KNOWN, ENROLLED, Not(days(Op.EQUALS, 0)))))), VOCABULARY, bound=26)


def test_every_bundled_rule_has_a_grid_of_modest_size() -> None:
    rulebook = load_rulebook(bundled_rules())
    sizes = [
        Grid(rule, rulebook.vocabulary, wordings=True).size for pack in rulebook.packs for rule in pack.rules
    ]
    assert sizes
    assert max(sizes) < MAX_POINTS / 10


def test_on_each_example_a_bundled_rule_has_the_outcome_that_the_example_says() -> None:
    rulebook = load_rulebook(bundled_rules())
    rules = [each for pack in rulebook.packs for each in pack.rules]
    examples = [(r, example) for r in rules for example in r.examples if not example.settings]
    wrong = [
        (each.id, example.name)
        for each, example in examples
        if rule_outcome(each, example.facts, rulebook.vocabulary)[0] is not example.expect
    ]
    assert examples
    assert wrong == []
