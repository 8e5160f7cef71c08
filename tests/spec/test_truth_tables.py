"""What conditions and questions mean, row by row, on both engines.

A question that always applies is cleared when its condition is true, violated when it is false, and not
evaluated when it is neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from orderguard.engine.durable import DurableEngine
from orderguard.engine.groups import groups_of
from orderguard.engine.reference import ReferenceEngine
from orderguard.facts.definition import FactValue
from orderguard.rulebook.conditions import AllOf, AnyOf, Compare, Condition, Not, OneOf, Op
from orderguard.rulebook.pack import Outcome, Question

V, C, U, N = Outcome.VIOLATED, Outcome.CLEARED, Outcome.NOT_EVALUATED, Outcome.NOT_APPLICABLE
ENGINES = (ReferenceEngine, DurableEngine)

T_, F_, M_ = "true", "false", "missing"
OUTCOME_OF = {T_: C, F_: V, M_: U}
FACTS: dict[str, dict[str, FactValue]] = {T_: {"": True}, F_: {"": False}, M_: {}}


def judged(
    engine: type[ReferenceEngine | DurableEngine],
    require: Condition,
    facts: Mapping[str, FactValue],
    applies: Condition | None = None,
) -> Outcome:
    (outcome,) = engine(groups_of([Question("rule", 0, "order", applies, require)])).judge(0, facts)
    return outcome


def two_facts(left: str, right: str) -> dict[str, FactValue]:
    return {
        **({"left": left == T_} if left != M_ else {}),
        **({"right": right == T_} if right != M_ else {}),
    }


LEFT, RIGHT = Compare("left", Op.EQUALS, True), Compare("right", Op.EQUALS, True)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T_, T_, T_, T_),
        (T_, F_, F_, T_),
        (T_, M_, M_, T_),
        (F_, T_, F_, T_),
        (F_, F_, F_, F_),
        (F_, M_, F_, M_),
        (M_, T_, M_, T_),
        (M_, F_, F_, M_),
        (M_, M_, M_, M_),
    ],
)
def test_all_and_any_follow_kleene(
    engine: type[ReferenceEngine | DurableEngine], left: str, right: str, both: str, either: str
) -> None:
    facts = two_facts(left, right)
    assert judged(engine, AllOf((LEFT, RIGHT)), facts) is OUTCOME_OF[both]
    assert judged(engine, AnyOf((LEFT, RIGHT)), facts) is OUTCOME_OF[either]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("truth", "opposite"), [(T_, F_), (F_, T_), (M_, M_)])
def test_not_turns_true_and_false_and_leaves_unknown(
    engine: type[ReferenceEngine | DurableEngine], truth: str, opposite: str
) -> None:
    facts = two_facts(truth, M_)
    assert judged(engine, Not(LEFT), facts) is OUTCOME_OF[opposite]
    assert judged(engine, Not(Not(LEFT)), facts) is OUTCOME_OF[truth]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("op", "answers"),
    [
        (Op.EQUALS, [V, C, V]),
        (Op.AT_LEAST, [V, C, C]),
        (Op.AT_MOST, [C, C, V]),
        (Op.MORE_THAN, [V, V, C]),
        (Op.LESS_THAN, [C, V, V]),
    ],
)
@pytest.mark.parametrize(
    ("limit", "step"),
    [
        (240, 1),
        (0, 1),
        (-7, 1),
        (10**12, 1),
        (Decimal("1.2"), Decimal("0.000001")),
        (Decimal(0), Decimal("0.1")),
    ],
)
def test_each_operator_below_at_and_above_its_limit_and_without_a_value(
    engine: type[ReferenceEngine | DurableEngine],
    op: Op,
    answers: list[Outcome],
    limit: int | Decimal,
    step: int | Decimal,
) -> None:
    condition = Compare("fact", op, limit)
    assert [judged(engine, condition, {"fact": limit + d * step}) for d in (-1, 0, 1)] == answers
    assert judged(engine, condition, {}) is U


@pytest.mark.parametrize("engine", ENGINES)
def test_decimals_compare_as_numbers_not_as_text(engine: type[ReferenceEngine | DurableEngine]) -> None:
    half_past_three = Compare("fact", Op.EQUALS, Decimal("3.50"))
    for same in ("3.5", "3.50", "3.500000", "35E-1"):
        assert judged(engine, half_past_three, {"fact": Decimal(same)}) is C
    at_least_nine = Compare("fact", Op.AT_LEAST, Decimal("9.5"))
    assert judged(engine, at_least_nine, {"fact": Decimal("10.25")}) is C
    assert judged(engine, at_least_nine, {"fact": Decimal("9.499999")}) is V
    assert judged(engine, Compare("fact", Op.AT_MOST, Decimal("1E+12")), {"fact": Decimal(10**12)}) is C


@pytest.mark.parametrize("engine", ENGINES)
def test_a_boolean_equals_itself_only(engine: type[ReferenceEngine | DurableEngine]) -> None:
    for limit in (True, False):
        condition = Compare("fact", Op.EQUALS, limit)
        assert judged(engine, condition, {"fact": limit}) is C
        assert judged(engine, condition, {"fact": not limit}) is V
        assert judged(engine, condition, {}) is U


@pytest.mark.parametrize("engine", ENGINES)
def test_a_word_is_compared_whole(engine: type[ReferenceEngine | DurableEngine]) -> None:
    equals = Compare("fact", Op.EQUALS, "dextrose-5")
    assert judged(engine, equals, {"fact": "dextrose-5"}) is C
    for other in ("dextrose-50", "dextrose-", "", "DEXTROSE-5", 'dextrose-5"', "dextrose-5\\", "déxtrose-5"):
        assert judged(engine, equals, {"fact": other}) is V
    assert judged(engine, equals, {}) is U


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("count", [1, 2, 8])
def test_one_of_holds_for_each_of_its_words_and_no_other(
    engine: type[ReferenceEngine | DurableEngine], count: int
) -> None:
    words = tuple(f"word-{index}" for index in range(count))
    condition = OneOf("fact", words)
    assert [judged(engine, condition, {"fact": word}) for word in words] == [C] * count
    assert judged(engine, condition, {"fact": "word-9"}) is V
    assert judged(engine, condition, {}) is U
    assert judged(engine, Not(condition), {"fact": words[0]}) is V
    assert judged(engine, Not(condition), {"fact": "word-9"}) is C


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("applies", "require", "outcome"),
    [
        (T_, T_, C),
        (T_, F_, V),
        (T_, M_, U),
        (F_, T_, N),
        (F_, F_, N),
        (F_, M_, N),
        (M_, T_, U),
        (M_, F_, U),
        (M_, M_, U),
    ],
)
def test_a_question_is_asked_only_where_it_surely_applies(
    engine: type[ReferenceEngine | DurableEngine], applies: str, require: str, outcome: Outcome
) -> None:
    assert judged(engine, RIGHT, two_facts(applies, require), applies=LEFT) is outcome


@pytest.mark.parametrize("engine", ENGINES)
def test_facts_that_no_question_uses_change_nothing(engine: type[ReferenceEngine | DurableEngine]) -> None:
    facts: dict[str, FactValue] = {"left": True, "other": "x" * 5000, "p0": False, "id": "y", "$s": 1}
    assert judged(engine, LEFT, facts) is C
