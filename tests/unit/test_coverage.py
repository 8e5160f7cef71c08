"""Coverage: outcomes and truths that no example and no order case reaches are named."""

from __future__ import annotations

from orderguard.findings import Judged
from orderguard.tools.coverage import cover
from orderguard.tools.mutation import View
from support.small_packs import VOCABULARY, small_rule

AGE = "severity: block\nmessage: No.\nrequire: {age: {at_least: 17}}"
EXAMPLES = """\
    - {name: old enough, facts: {age: 17}, expect: cleared}
    - {name: too young, facts: {age: 16}, expect: violated}
    - {name: not known, facts: {}, expect: not-evaluated}
    """


def missing(logic: str, examples: str, *views: View) -> list[str]:
    return list(cover(small_rule(logic, examples), VOCABULARY, views).missing())


def test_a_rule_whose_examples_reach_everything_lacks_nothing() -> None:
    found = cover(small_rule(AGE, EXAMPLES), VOCABULARY, ())

    assert list(found.missing()) == []
    assert found.counts() == (6, 6)


BOTH = "severity: block\nmessage: No.\nrequire: {any: [{age: {at_least: 17}}, {consent: {equals: true}}]}"


def test_a_comparison_that_was_never_true_is_named() -> None:
    examples = """\
        - {name: old enough, facts: {age: 17, consent: false}, expect: cleared}
        - {name: too young, facts: {age: 16, consent: false}, expect: violated}
        - {name: not known, facts: {}, expect: not-evaluated}
        """

    assert missing(BOTH, examples) == ["level 1 require consent equals true was never true"]


def test_an_order_case_may_reach_what_examples_do_not() -> None:
    examples = """\
        - {name: old enough, facts: {age: 17, consent: false}, expect: cleared}
        - {name: too young, facts: {age: 16, consent: false}, expect: violated}
        - {name: not known, facts: {}, expect: not-evaluated}
        """
    agreed = View(
        (Judged("order", 0, "", {"age": 16, "consent": True}),), None, None, "verified", "a.feature:3"
    )

    assert missing(BOTH, examples, agreed) == []


def test_what_is_not_asked_is_not_seen() -> None:
    logic = AGE + "\napplies: {adult: {equals: false}}"
    examples = """\
        - {name: asked, facts: {adult: false, age: 17}, expect: cleared}
        - {name: too young, facts: {adult: false, age: 16}, expect: violated}
        - {name: whether adult is not known, facts: {age: 17}, expect: not-evaluated}
        - {name: not asked, facts: {adult: true}, expect: not-applicable}
        """

    assert missing(logic, examples) == ["level 1 require age at_least 17 was never unknown"]


def test_an_outcome_that_was_never_seen_is_named() -> None:
    logic = AGE + "\napplies: {adult: {equals: false}}"
    examples = """\
        - {name: asked, facts: {adult: false, age: 17}, expect: cleared}
        - {name: too young, facts: {adult: false, age: 16}, expect: violated}
        - {name: whether adult is not known, facts: {age: 17}, expect: not-evaluated}
        """

    assert "the rule was never not applicable" in missing(logic, examples)


def test_a_rule_whose_levels_cover_everything_need_not_be_not_applicable() -> None:
    logic = """\
        levels:
          - {severity: block, applies: {adult: {equals: true}}, require: {age: {at_least: 18}}, message: No.}
          - {severity: warn, applies: {adult: {equals: false}}, require: {age: {at_least: 17}}, message: No.}
        """

    examples = """\
        - {name: old enough, facts: {adult: true, age: 18}, expect: cleared}
        - {name: too young, facts: {adult: false, age: 16}, expect: violated, severity: warn}
        - {name: not known, facts: {}, expect: not-evaluated}
        """

    assert "the rule was never not applicable" not in missing(logic, examples)


def test_cannot_explains_what_is_never_unknown() -> None:
    logic = AGE + "\ncannot: {not-evaluated: It is always known.}"
    examples = """\
        - {name: old enough, facts: {age: 17}, expect: cleared}
        - {name: too young, facts: {age: 16}, expect: violated}
        """

    assert missing(logic, examples) == []


def test_a_fact_that_is_never_false_need_not_be_seen_false() -> None:
    logic = (
        "severity: block\nmessage: No.\nrequire: {all: [{age: {at_least: 17}}, {checked: {equals: true}}]}"
    )
    examples = """\
        - {name: good, facts: {age: 17, checked: true}, expect: cleared}
        - {name: too young, facts: {age: 16}, expect: violated}
        - {name: not known, facts: {}, expect: not-evaluated}
        """

    assert missing(logic, examples) == []


def test_of_an_empty_list_only_applies_is_seen() -> None:
    logic = """\
        severity: block
        message: No.
        scope: vaccine
        require: {vaccine.live: {equals: false}}
        """
    examples = """\
        - {name: none, facts: {vaccines.count: 0}, expect: cleared}
        - {name: live, facts: {vaccine.live: true}, expect: violated}
        - {name: not known, facts: {}, expect: not-evaluated}
        """

    assert missing(logic, examples) == ["level 1 require vaccine.live equals false was never true"]
