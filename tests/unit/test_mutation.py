"""What examples and order cases notice of mutants, and what is proven equivalent."""

from __future__ import annotations

from typing import Any

import pytest

from orderguard.findings import Judged
from orderguard.rulebook.pack import Outcome, Severity
from orderguard.tools.mutation import RuleReport, View, mutate_rule, told_apart
from orderguard.tools.order_case import Statement
from support.small_packs import VOCABULARY, small_rule

AGE = "severity: block\nmessage: No.\nrequire: {age: {at_least: 17}}"
GOOD = """\
    - {name: old enough, facts: {age: 17}, expect: cleared}
    - {name: too young, facts: {age: 16}, expect: violated, severity: block, overridable: false}
    - {name: not known, facts: {}, expect: not-evaluated}
    """
WEAK = """\
    - {name: old enough, facts: {age: 30}, expect: cleared}
    - {name: too young, facts: {age: 16}, expect: violated, severity: block, overridable: false}
    - {name: not known, facts: {}, expect: not-evaluated}
    """


def report_of(logic: str, examples: str, views: tuple[View, ...] = ()) -> RuleReport:
    return mutate_rule(small_rule(logic, examples), VOCABULARY, views)


def survivors(report: RuleReport) -> list[str]:
    return [survivor.mutant.name for survivor in report.survivors]


def view(
    stated: Statement | None = None, decision: Any = None, *, others: Any = "verified", **facts: Any
) -> View:
    return View((Judged("order", 0, "", facts),), stated, decision, others, "a.feature:3")


def test_examples_at_the_limit_notice_every_mutant() -> None:
    report = report_of(AGE, GOOD)

    assert survivors(report) == []
    assert report.tried == report.killed == 7


def test_examples_away_from_the_limit_leave_the_mutants_of_the_limit() -> None:
    report = report_of(AGE, WEAK)

    assert survivors(report) == [
        "level 1 require age at_least 17 -> more_than",
        "level 1 require age at_least 17 -> 18",
    ]
    witness = report.survivors[0].witness
    assert witness is not None
    assert (witness.facts, witness.answer.outcome) == ({"age": 17}, Outcome.CLEARED)


def test_a_severity_that_no_example_states_may_be_lowered_unnoticed() -> None:
    report = report_of(AGE, GOOD.replace(", severity: block, overridable: false", ""))

    assert survivors(report) == ["level 1 severity block -> warn", "level 1 overridable false -> true"]


COUNT = "severity: block\nmessage: No.\nrequire: {vaccines.count: {equals: 0}}"
COUNT_EXAMPLES = """\
    - {name: none, facts: {vaccines.count: 0}, expect: cleared}
    - {name: one, facts: {vaccines.count: 1}, expect: violated, severity: block, overridable: false}
    - {name: not known, facts: {}, expect: not-evaluated}
    """
EQUIVALENT = "level 1 require vaccines.count equals 0 -> at_most"


def test_a_mutant_that_no_facts_tell_from_the_rule_is_proven_equivalent() -> None:
    report = report_of(COUNT, COUNT_EXAMPLES)

    assert survivors(report) == [EQUIVALENT]
    assert report.survivors[0].equivalent


def listing(*names: str) -> str:
    return "equivalent:\n" + "".join(f'  - {{mutant: "{name}", reason: Some reason.}}\n' for name in names)


def test_an_equivalent_that_the_rule_lists_is_no_survivor() -> None:
    report = report_of(f"{COUNT}\n{listing(EQUIVALENT)}", COUNT_EXAMPLES)

    assert (survivors(report), report.problems, report.equivalent) == ([], [], [EQUIVALENT])


@pytest.mark.parametrize(
    ("examples", "name", "problem"),
    [
        (
            GOOD,
            "level 1 require age at_least 17 -> 18",
            "is not equivalent: it is noticed by the example `old enough`",
        ),
        (
            WEAK,
            "level 1 require age at_least 17 -> 18",
            "is not equivalent: facts on which the rule is cleared",
        ),
        (
            GOOD,
            "level 1 require age at_least 17 -> 99",
            "there is no mutant `level 1 require age at_least 17 -> 99`",
        ),
    ],
)
def test_what_is_wrongly_listed_as_equivalent_is_a_problem(examples: str, name: str, problem: str) -> None:
    report = report_of(f"{AGE}\n{listing(name)}", examples)

    assert len(report.problems) == 1
    assert problem in report.problems[0]


def test_a_listed_mutant_that_facts_tell_apart_stays_a_survivor() -> None:
    name = "level 1 require age at_least 17 -> 18"

    assert name in survivors(report_of(f"{AGE}\n{listing(name)}", WEAK))


def test_a_clause_that_adds_nothing_is_proven_to_add_nothing() -> None:
    both = small_rule(
        "severity: block\nmessage: No.\nrequire: {all: [{age: {at_least: 17}}, {age: {at_least: 9}}]}"
    )

    assert told_apart(both, small_rule(AGE), VOCABULARY) is None


def test_levels_that_differ_for_an_unknown_list_alone_are_told_apart() -> None:
    logic = """\
        scope: vaccine
        levels:
          - severity: block
            applies: {adult: {equals: %s}}
            require: {vaccine.live: {equals: false}}
            message: No.
          - {severity: warn, require: {vaccine.live: {equals: false}}, message: No.}
        """

    witness = told_apart(small_rule(logic % "true"), small_rule(logic % "false"), VOCABULARY)
    assert witness is not None


# -- order cases -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("noticing", "kept"),
    [
        pytest.param(
            view(Statement(Outcome.CLEARED), age=17), view(Statement(Outcome.CLEARED), age=30), id="outcome"
        ),
        pytest.param(view(None, age=17), view(None, age=30), id="a rule that is not named speaks"),
        pytest.param(view(None, "verified", age=17), view(None, "verified", age=30), id="decision"),
    ],
)
def test_an_order_case_notices_what_changes_its_verdict(noticing: View, kept: View) -> None:
    mutant = "level 1 require age at_least 17 -> 18"

    assert mutant in survivors(report_of(AGE, WEAK, (kept,)))
    assert mutant not in survivors(report_of(AGE, WEAK, (kept, noticing)))


def test_an_order_case_notices_a_severity_only_where_it_states_it() -> None:
    examples = GOOD.replace(", severity: block, overridable: false", "")
    mutant = "level 1 severity block -> warn"

    assert mutant in survivors(report_of(AGE, examples, (view(Statement(Outcome.VIOLATED), age=16),)))
    stated = Statement(Outcome.VIOLATED, Severity.BLOCK)
    assert mutant not in survivors(report_of(AGE, examples, (view(stated, age=16),)))


def test_a_decision_that_others_lead_to_as_well_shows_nothing() -> None:
    hidden = view(Statement(Outcome.VIOLATED), "reject", others="reject", age=16)
    shown = view(Statement(Outcome.VIOLATED), "reject", age=16)
    examples = GOOD.replace(", severity: block, overridable: false", "")

    assert "level 1 severity block -> warn" in survivors(report_of(AGE, examples, (hidden,)))
    assert "level 1 severity block -> warn" not in survivors(report_of(AGE, examples, (shown,)))


def test_a_rule_that_no_order_case_names_may_be_left_out_unnoticed() -> None:
    assert survivors(report_of(AGE, GOOD, (view(None, age=17),))) == ["drop the rule"]
    assert survivors(report_of(AGE, GOOD, (view(Statement(Outcome.CLEARED), age=17),))) == []


def test_without_order_cases_no_rule_is_left_out() -> None:
    assert "drop the rule" not in survivors(report_of(AGE, GOOD))
