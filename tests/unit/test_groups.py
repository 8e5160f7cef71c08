"""Groups keep durable-rules within its limits, and the limits are where they are said to be."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest

from orderguard.engine import groups as groups_module
from orderguard.engine.durable import DurableEngine
from orderguard.engine.groups import (
    GOOD_PLACES,
    MAX_CONDITIONS,
    MAX_FACTS,
    MAX_PLACES,
    Group,
    block_of,
    groups_of,
    places_of,
)
from orderguard.engine.rails import MAX_LITERALS, MAX_TERMS, TooLargeError, rails_of, terms_of
from orderguard.engine.reference import ReferenceEngine
from orderguard.errors import EngineFault
from orderguard.facts.definition import FactValue
from orderguard.rulebook.conditions import AllOf, AnyOf, Compare, Condition, Not, OneOf, Op
from orderguard.rulebook.pack import Outcome, Question


def is_true(name: str) -> Compare:
    return Compare(name, Op.EQUALS, True)


def at_least(name: str, limit: int) -> Compare:
    return Compare(name, Op.AT_LEAST, limit)


def question(
    require: Condition, applies: Condition | None = None, rule: str = "rule", scope: str = "order"
) -> Question:
    return Question(rule, 0, scope, applies, require)


def one_each(requires: Iterable[Condition]) -> list[Question]:
    return [question(require, rule=f"rule-{index}") for index, require in enumerate(requires)]


def both_agree(groups: tuple[Group, ...], facts: dict[str, FactValue]) -> bool:
    reference, durable = ReferenceEngine(groups), DurableEngine(groups)
    return all(reference.judge(g.index, facts) == durable.judge(g.index, facts) for g in groups)


def test_every_question_is_in_exactly_one_group_of_its_scope() -> None:
    asked = [
        question(at_least(f"fact-{index}", 1), rule=f"rule-{index}", scope=("order", "infusion")[index % 2])
        for index in range(120)
    ]
    groups = groups_of(asked)
    assert [group.index for group in groups] == list(range(len(groups)))
    assert sorted((q.rule_id, q.scope) for g in groups for q in g.questions) == sorted(
        (q.rule_id, q.scope) for q in asked
    )
    assert all(q.scope == group.scope for group in groups for q in group.questions)


def test_the_questions_of_a_rule_stay_together() -> None:
    asked = [
        Question(f"rule-{index}", level, "order", None, at_least(f"fact-{index}", level + 1))
        for index in range(40)
        for level in range(3)
    ]
    groups = groups_of(asked)
    homes = {q.rule_id: {g.index for g in groups if q in g.questions} for q in asked}
    assert len(groups) > 1
    assert all(len(home) == 1 for home in homes.values())


def test_a_group_has_the_facts_of_its_questions_and_no_others() -> None:
    (group,) = groups_of([question(AllOf((is_true("a"), at_least("b", 2))), applies=is_true("c"))])
    assert set(group.facts) == {"a", "b", "c"}


def test_no_group_takes_more_places_than_it_should() -> None:
    asked = one_each(AnyOf((at_least(f"a{n}", 1), at_least(f"b{n}", 1))) for n in range(60))
    for group in groups_of(asked):
        assert sum(places_of(rails) for rails in group.rails) + 1 <= GOOD_PLACES


@pytest.mark.parametrize(
    ("require", "applies", "places"),
    [
        (is_true("a"), None, 1),
        (is_true("a"), is_true("b"), 1),
        (AnyOf((is_true("a"), is_true("b"), is_true("c"))), None, 3),
        (AllOf((is_true("a"), is_true("b"), is_true("c"))), None, 3),
        # y is one of them, and is not x, which is where not to be one of them begins.
        (OneOf("word", ("x", "y", "z")), None, 2),
        # 1 and more begins to clear, and more than 5 violates.
        (AllOf((at_least("n", 1), Compare("n", Op.AT_MOST, 5))), None, 2),
        # 3 clears, and to be violated begins with less than 5.
        (AnyOf((at_least("n", 5), Compare("n", Op.AT_MOST, 3))), None, 2),
    ],
)
def test_places_are_counted_for_the_worst_facts(
    require: Condition, applies: Condition | None, places: int
) -> None:
    assert places_of(rails_of(question(require, applies))) == places


def test_a_rule_with_several_levels_counts_each_of_them() -> None:
    levels = tuple(Question("rule", n, "order", None, at_least("days", 10 * n)) for n in range(3))
    assert block_of(levels).places == 3


def test_a_rule_that_fills_the_stack_by_itself_is_refused() -> None:
    several = tuple(
        Question("rule", n, "order", None, AnyOf(tuple(is_true(f"f{n}-{m}") for m in range(10))))
        for n in range(6)
    )
    with pytest.raises(TooLargeError, match="split it"):
        block_of(several)


def test_a_full_group_is_judged_and_a_stack_that_is_too_full_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups_module, "GOOD_PLACES", MAX_PLACES)
    asked = one_each(is_true(f"f{n}") for n in range(MAX_PLACES - 1))
    facts: dict[str, FactValue] = {f"f{n}": True for n in range(80)}
    groups = groups_of(asked)
    assert len(groups) == 1
    assert both_agree(groups, facts)
    # Far past the limit the engine answers nothing. The sentinel makes that a fault, never a pass.
    monkeypatch.setattr(groups_module, "GOOD_PLACES", 200)
    (overfull,) = groups_of(one_each(is_true(f"f{n}") for n in range(80)))
    with pytest.raises(EngineFault):
        DurableEngine((overfull,)).judge(0, facts)


def test_distinct_conditions_stay_below_the_limit_of_the_engine() -> None:
    asked = [
        Question(f"rule-{n}", level, "order", None, OneOf(f"word-{n}", words))
        for n in range(12)
        for level, words in enumerate([tuple(f"w{level}-{m}" for m in range(8)) for level in range(3)])
    ]
    groups = groups_of(asked)
    assert len(groups) > 1
    assert all(len(set(group.literals())) < MAX_CONDITIONS for group in groups)
    assert both_agree(groups, {f"word-{n}": "w1-3" for n in range(12)})


def test_facts_stay_below_the_limit_of_the_engine() -> None:
    asked = [
        question(
            is_true(f"z{n}"), applies=AllOf(tuple(is_true(f"f{n}-{m}") for m in range(16))), rule=f"rule-{n}"
        )
        for n in range(30)
    ]
    assert all(len(group.facts) <= MAX_FACTS for group in groups_of(asked))


def test_a_rail_of_sixteen_terms_is_judged_and_one_of_seventeen_is_refused() -> None:
    def rail(size: int) -> Question:
        return question(AnyOf(tuple(AllOf((is_true(f"a{n}"), is_true(f"b{n}"))) for n in range(size))))

    with pytest.raises(TooLargeError, match="at most 16"):
        rails_of(question(AnyOf(tuple(is_true(f"a{n}") for n in range(MAX_TERMS + 1)))))
    with pytest.raises(TooLargeError):
        rails_of(rail(5))  # 2^5 ways to fail
    groups = groups_of([rail(4)])
    assert both_agree(groups, {f"{letter}{n}": True for letter in "ab" for n in range(4)})
    assert both_agree(groups, {f"{letter}{n}": letter == "a" for letter in "ab" for n in range(4)})


def test_a_term_of_the_greatest_length_is_judged_and_a_longer_one_is_refused() -> None:
    def chain(applies: int, require: int) -> Question:
        return question(
            AllOf(tuple(is_true(f"r{n}") for n in range(require))),
            applies=AllOf(tuple(is_true(f"a{n}") for n in range(applies))),
        )

    groups = groups_of([chain(MAX_LITERALS - 12, 12)])
    facts: dict[str, FactValue] = dict.fromkeys(groups[0].facts, True)
    assert both_agree(groups, facts)
    assert both_agree(groups, {**facts, "r11": False})
    assert both_agree(groups, {**facts, "a11": False})
    with pytest.raises(TooLargeError, match="at most 24 comparisons"):
        rails_of(chain(MAX_LITERALS - 12, 13))


def test_what_can_never_hold_has_no_term() -> None:
    assert terms_of(AllOf((is_true("a"), Not(is_true("a")))), wanted=True) == []
    assert terms_of(AnyOf((at_least("n", 5), Compare("n", Op.LESS_THAN, 5))), wanted=False) == []
    assert terms_of(AllOf((Compare("n", Op.MORE_THAN, 3), Compare("n", Op.LESS_THAN, 4))), wanted=True) == []
    decimals = AllOf((Compare("d", Op.MORE_THAN, Decimal(3)), Compare("d", Op.LESS_THAN, Decimal(4))))
    assert len(terms_of(decimals, wanted=True)) == 1


def test_a_term_that_says_no_more_than_another_is_left_out() -> None:
    condition = AnyOf((is_true("a"), AllOf((is_true("a"), is_true("b")))))
    assert len(terms_of(condition, wanted=True)) == 1


def test_a_rail_that_cannot_be_proved_never_fires() -> None:
    empty_list = Compare("count", Op.AT_MOST, 0)
    asked = question(empty_list, applies=empty_list)
    assert rails_of(asked).violated == ()
    groups = groups_of([asked])
    durable = DurableEngine(groups)
    assert durable.judge(0, {"count": 0}) == (Outcome.CLEARED,)
    assert durable.judge(0, {"count": 3}) == (Outcome.NOT_APPLICABLE,)
    assert durable.judge(0, {}) == (Outcome.NOT_EVALUATED,)
