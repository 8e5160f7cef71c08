"""Mutants: each kind of slip is made, once, under a name that stays."""

from __future__ import annotations

import pytest

from orderguard.rulebook.pack import Rulebook, Severity
from orderguard.tools.mutants import Mutant, mutants_of
from support.small_packs import VOCABULARY, small_rule

ONE = "severity: block\nmessage: No.\n"


def named(logic: str, kind: str | None = None) -> dict[str, Mutant]:
    """The mutants of a rule by name, of one kind or all."""
    mutants = mutants_of(small_rule(logic), VOCABULARY)
    return {mutant.name: mutant for mutant in mutants if kind in (None, mutant.kind)}


@pytest.mark.parametrize(
    ("condition", "kind", "expected"),
    [
        ("age: {at_least: 17}", "limit", ["age at_least 17 -> 16", "age at_least 17 -> 18"]),
        ("weight: {at_most: 1.2}", "limit", ["weight at_most 1.2 -> 1.1", "weight at_most 1.2 -> 1.3"]),
        ("weight: {at_most: 240}", "limit", ["weight at_most 240 -> 239", "weight at_most 240 -> 241"]),
        ("age: {at_least: 17}", "operator", ["age at_least 17 -> more_than", "age at_least 17 -> at_most"]),
        ("age: {at_most: 17}", "operator", ["age at_most 17 -> less_than", "age at_most 17 -> at_least"]),
        (
            "age: {more_than: 17}",
            "operator",
            ["age more_than 17 -> at_least", "age more_than 17 -> less_than"],
        ),
        (
            "age: {less_than: 17}",
            "operator",
            ["age less_than 17 -> at_most", "age less_than 17 -> more_than"],
        ),
        ("age: {equals: 17}", "operator", ["age equals 17 -> at_least", "age equals 17 -> at_most"]),
        ("adult: {equals: true}", "operator", ["adult equals true -> false"]),
        ("adult: {equals: true}", "negate", []),
        ("age: {at_least: 17}", "negate", ["age at_least 17 -> not"]),
        ("not: {age: {at_least: 17}}", "negate", ["not age at_least 17 -> without not"]),
        ("route: {equals: oral}", "word", ["route equals oral -> intravenous"]),
        ("route: {equals: other}", "word", ["route equals other -> oral"]),
        (
            "route: {one_of: [oral, intravenous]}",
            "word",
            [
                "route one_of oral, intravenous -> without oral",
                "route one_of oral, intravenous -> without intravenous",
                "route one_of oral, intravenous -> with other",
            ],
        ),
        (
            "all: [{age: {at_least: 17}}, {adult: {equals: true}}]",
            "all-any",
            ["all(age, adult) -> any"],
        ),
        (
            "all: [{age: {at_least: 17}}, {adult: {equals: true}}]",
            "drop-clause",
            ["age at_least 17 -> dropped", "adult equals true -> dropped"],
        ),
        (
            "any: [{adult: {equals: true}}, {all: [{age: {at_least: 17}}, {consent: {equals: true}}]}]",
            "negate",
            ["all(age, consent) -> not", "age at_least 17 -> not"],
        ),
    ],
)
def test_each_slip_in_a_condition_is_made(condition: str, kind: str, expected: list[str]) -> None:
    made = named(f"{ONE}require: {{{condition}}}", kind)

    assert list(made) == [f"level 1 require {name}" for name in expected]


def test_the_mutants_mean_what_their_names_say() -> None:
    made = named(f"{ONE}require: {{age: {{at_least: 17}}}}")

    def holds(name: str, age: int) -> bool | None:
        rule = made[f"level 1 require age at_least 17 -> {name}"].rule
        assert rule is not None
        return rule.levels[0].require.truth({"age": age})

    assert [holds("16", age) for age in (15, 16)] == [False, True]
    assert [holds("more_than", age) for age in (17, 18)] == [False, True]
    assert [holds("at_most", age) for age in (17, 18)] == [True, False]
    assert [holds("not", age) for age in (16, 17)] == [True, False]


def test_what_a_rule_speaks_of_can_be_left_out() -> None:
    logic = """\
        severity: warn
        message: No.
        scope: vaccine
        applies: {adult: {equals: true}}
        among: {vaccine.live: {equals: true}}
        require: {vaccine.days: {at_least: 42}}
        """

    without_applies = named(logic, "drop-applies")["level 1 drop applies"].rule
    without_among = named(logic, "drop-among")["level 1 drop among"].rule
    assert without_applies is not None
    assert without_among is not None
    assert without_applies.levels[0].applies is None
    assert without_among.levels[0].among is None


LEVELS = """\
    applies: {adult: {equals: true}}
    levels:
      - {severity: block, overridable: true, require: {age: {at_least: 17}}, message: No.}
      - {severity: warn, applies: {consent: {equals: true}}, require: {age: {at_least: 18}}, message: No.}
    """


def test_severities_are_lowered_and_levels_left_out() -> None:
    made = named(LEVELS)

    assert [
        name for name, mutant in made.items() if mutant.kind in ("severity", "overridable", "drop-level")
    ] == [
        "level 1 severity block -> warn",
        "level 1 overridable true -> false",
        "drop level 1",
        "level 2 severity warn -> info",
        "drop level 2",
    ]
    lowered = made["level 1 severity block -> warn"].rule
    assert lowered is not None
    assert [level.severity for level in lowered.levels] == [Severity.WARN, Severity.WARN]
    assert not lowered.levels[0].overridable


def test_an_info_cannot_weigh_less() -> None:
    assert not named("severity: info\nmessage: No.\nrequire: {age: {at_least: 17}}", "severity")


def test_what_all_levels_have_in_common_is_changed_in_all_of_them_at_once() -> None:
    made = named(LEVELS)

    changed = made["applies adult equals true -> false"].rule
    dropped = made["drop applies"].rule
    own = made["level 2 applies consent equals true -> false"].rule
    assert changed is not None
    assert dropped is not None
    assert own is not None
    facts = {"adult": True, "consent": True}
    assert [level.applies and level.applies.truth(facts) for level in changed.levels] == [False, False]
    assert [level.applies is None for level in dropped.levels] == [True, False]
    assert [level.applies and level.applies.truth(facts) for level in own.levels] == [True, False]
    assert "level 1 applies adult equals true -> false" not in made


def test_the_rule_itself_is_left_out_last() -> None:
    *_, last = named(f"{ONE}require: {{age: {{at_least: 17}}}}").values()

    assert (last.name, last.kind, last.rule) == ("drop the rule", "drop-rule", None)


def test_two_slips_of_one_name_are_told_apart_by_a_number() -> None:
    logic = f"""{ONE}require:
  any:
    - all: [{{adult: {{equals: true}}}}, {{age: {{at_least: 17}}}}]
    - all: [{{adult: {{equals: false}}}}, {{age: {{at_least: 17}}}}]
"""
    made = named(logic, "limit")

    assert list(made) == [
        "level 1 require age at_least 17 -> 16",
        "level 1 require age at_least 17 -> 18",
        "level 1 require age at_least 17 -> 16 (2)",
        "level 1 require age at_least 17 -> 18 (2)",
    ]


def test_no_mutant_of_a_bundled_rule_is_the_rule_and_no_two_have_one_name(rulebook: Rulebook) -> None:
    for pack in rulebook.packs:
        for rule in pack.rules:
            mutants = mutants_of(rule, rulebook.vocabulary)
            assert len({mutant.name for mutant in mutants}) == len(mutants), rule.id
            assert all(mutant.rule != rule for mutant in mutants), rule.id
