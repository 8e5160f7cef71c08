"""Loading rules: what a pack becomes, and everything that is refused, with file and line, all at once."""

from __future__ import annotations

import shutil
import textwrap
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from orderguard.engine import durable, groups, handover, judge
from orderguard.errors import EngineFault, RulesError, RulesProblem
from orderguard.facts.definition import Fact, Kind, Scope
from orderguard.facts.terminology import Terminology
from orderguard.facts.vocabulary import Vocabulary
from orderguard.messages import message_of
from orderguard.rulebook.conditions import AllOf, AnyOf, Compare, Not, Op, render
from orderguard.rulebook.document import PackDocument
from orderguard.rulebook.load import bundled_rules, compile_packs, load_rulebook
from orderguard.rulebook.pack import Outcome, Pack, Severity, worst_level
from orderguard.rulebook.yaml_source import parse_yaml

VOCABULARY = Vocabulary(
    [
        Fact("age", "order", Kind.INTEGER, "age", "years", lowest=0),
        Fact("adult", "order", Kind.BOOLEAN, "adult"),
        Fact("result", "order", Kind.WORD, "result", words=("negative", "positive")),
        Fact("vaccines.count", "order", Kind.INTEGER, "number of vaccines", "vaccines", lowest=0),
        Fact("infusion.number", "infusion", Kind.INTEGER, "number", lowest=1),
        Fact("infusion.minutes", "infusion", Kind.DECIMAL, "duration", "min", lowest=0),
        Fact("infusion.window_mg", "infusion", Kind.DECIMAL, "dose in the window", "mg", lowest=0),
        Fact("vaccine.live", "vaccine", Kind.BOOLEAN, "live vaccine"),
        Fact("vaccine.days", "vaccine", Kind.INTEGER, "days before", "days"),
        *(Fact(f"flag-{n}", "order", Kind.BOOLEAN, f"flag {n}") for n in range(60)),
    ],
    (Scope("order"), Scope("infusion"), Scope("vaccine", "vaccines.count")),
    needs={"infusion.window_mg": "dose_window_days"},
)
TERMINOLOGY = cast(
    Terminology,
    SimpleNamespace(products={"lemtrada": 0}, diseases={"multiple-sclerosis": 0}, sha_material=b"value sets"),
)

HEAD = """\
pack: some-pack
version: "2026.11"
title: Some pack
covers: {product: lemtrada}
measure: {indication: multiple-sclerosis, lab_panel: [tsh, alt]}
sources:
  label: {title: The label, publisher: FDA, revision: "2024-05", kind: label}
rules:
"""
FIRST = HEAD.count("\n") + 1
"""The line of the first rule."""

AGE = """\
- id: age-minimum
  title: At least 17 years
  severity: block
  require: {age: {at_least: 17}}
  message: "{age} years; at least {age at_least} are needed."
  action: Do not infuse.
  rationale: It was not studied.
  sources: [{source: label, section: "8.4"}]
  confidence: high
  review: unreviewed
  since: "0.1"
  examples:
    - {name: seventeen, facts: {age: 17}, expect: cleared}
    - {name: sixteen, facts: {age: 16}, expect: violated}
    - {name: no date of birth, facts: {}, expect: not-evaluated}
"""

LEVELS = """\
- id: age-levels
  title: An adult
  levels:
    - {severity: block, require: {age: {at_least: 17}}, message: "Under 17."}
    - {severity: warn, applies: {adult: {equals: true}}, require: {age: {at_least: 18}}, message: "Under 18."}
  applies: {result: {equals: negative}}
  action: Ask.
  rationale: It was not studied.
  sources: [{source: label}]
  confidence: recall
  note: Not read again.
  review: unreviewed
  since: "0.1"
  examples:
    - {name: grown up, facts: {age: 40, adult: true, result: negative}, expect: cleared}
    - {name: a child, facts: {age: 16, adult: true, result: negative}, expect: violated, severity: block}
    - {name: nearly, facts: {age: 17, adult: true, result: negative}, expect: violated, severity: warn}
    - {name: unknown age, facts: {result: negative}, expect: not-evaluated, severity: block}
    - {name: another result, facts: {result: positive}, expect: not-applicable}
"""

VACCINE = """\
- id: vaccine-live
  title: Live vaccines 42 days before
  severity: block
  scope: vaccine
  applies: {adult: {equals: true}}
  among: {vaccine.live: {equals: true}}
  require: {vaccine.days: {at_least: 42}}
  message: A live vaccine {vaccine.days} days before; {vaccine.days at_least} are needed.
  wording:
    - {when: {vaccine.days: {at_most: 0}}, message: A live vaccine after the first day.}
  action: Wait.
  rationale: Live vaccines can infect.
  sources: [{source: label}]
  confidence: high
  review: unreviewed
  since: "0.1"
  examples:
    - {name: in time, facts: {adult: true, vaccine.live: true, vaccine.days: 42}, expect: cleared}
    - {name: too late, facts: {adult: true, vaccine.live: true, vaccine.days: 41}, expect: violated}
    - {name: not live, facts: {adult: true, vaccine.live: false}, expect: cleared}
    - {name: no vaccine, facts: {adult: true, vaccines.count: 0}, expect: cleared}
    - {name: no record, facts: {adult: true}, expect: not-evaluated}
"""

INFUSION = """\
- id: infusion-min-4h
  title: At least four hours
  severity: warn
  scope: infusion
  require: {infusion.minutes: {at_least: 240}}
  message: Infusion {infusion.number} runs {infusion.minutes} min.
  action: Lengthen it.
  rationale: Reactions.
  sources: []
  confidence: medium
  review: unreviewed
  since: "0.1"
  cannot: {not-evaluated: The duration is always known here.}
  examples:
    - {name: four hours, facts: {infusion.minutes: 240.0}, expect: cleared}
    - {name: one minute short, facts: {infusion.minutes: 239, infusion.number: 2}, expect: violated}
"""


def loaded(*rules: str, head: str = HEAD) -> tuple[tuple[Pack, ...], list[RulesProblem]]:
    text = head + "".join(textwrap.indent(rule, "  ") for rule in rules)
    return compile_packs([parse_yaml(text, "pack.yaml")], VOCABULARY, TERMINOLOGY)


def pack_of(*rules: str) -> Pack:
    (pack,), problems = loaded(*rules)
    assert problems == []
    return pack


def altered(rule: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert rule.count(old) == 1, f"{old!r} stands {rule.count(old)} times in the rule"
        rule = rule.replace(old, new)
    return rule


# -- what a pack becomes -----------------------------------------------------------------------------------


def test_a_pack_becomes_rules_and_questions() -> None:
    pack = pack_of(AGE, LEVELS, VACCINE, INFUSION)
    assert (pack.id, pack.version, pack.product) == ("some-pack", "2026.11", "lemtrada")
    assert (pack.measure.product, pack.measure.indication) == ("lemtrada", "multiple-sclerosis")
    assert pack.measure.lab_panel == ("tsh", "alt")
    assert [rule.id for rule in pack.rules] == [
        "age-minimum",
        "age-levels",
        "vaccine-live",
        "infusion-min-4h",
    ]
    assert [(q.rule_id, q.level, q.scope, q.about_count) for q in pack.questions] == [
        ("age-minimum", 0, "order", False),
        ("age-levels", 0, "order", False),
        ("age-levels", 1, "order", False),
        ("vaccine-live", 0, "vaccine", False),
        ("vaccine-live", 0, "order", True),
        ("infusion-min-4h", 0, "infusion", False),
    ]


def test_a_rule_keeps_what_the_file_says_of_it() -> None:
    rule = pack_of(AGE).rules[0]
    assert (rule.title, rule.action, rule.rationale) == (
        "At least 17 years",
        "Do not infuse.",
        "It was not studied.",
    )
    assert (rule.confidence, rule.review, rule.since, rule.note) == ("high", "unreviewed", "0.1", None)
    assert (rule.file, rule.line, rule.severity) == ("pack.yaml", FIRST, Severity.BLOCK)
    (citation,) = rule.sources
    assert (citation.source.id, citation.source.revision, citation.section) == ("label", "2024-05", "8.4")
    assert rule.examples[1].facts == {"age": 16}
    assert rule.examples[1].line == FIRST + 13


def test_the_condition_of_a_level_is_joined_with_that_of_its_rule() -> None:
    first, second = pack_of(LEVELS).rules[0].levels
    negative = Compare("result", Op.EQUALS, "negative")
    assert first.applies == negative
    assert second.applies == AllOf((negative, Compare("adult", Op.EQUALS, True)))


def test_items_outside_among_pass_and_an_empty_list_clears() -> None:
    item, count = pack_of(VACCINE).questions
    assert item.require == AnyOf(
        (Not(Compare("vaccine.live", Op.EQUALS, True)), Compare("vaccine.days", Op.AT_LEAST, 42))
    )
    empty = Compare("vaccines.count", Op.AT_MOST, 0)
    assert count.require == empty
    assert count.applies == AllOf((Compare("adult", Op.EQUALS, True), empty))


@pytest.mark.parametrize(
    ("outcomes", "worst"),
    [
        (["cleared", "cleared"], ("cleared", None)),
        (["not-applicable", "cleared"], ("cleared", None)),
        (["not-applicable", "not-applicable"], ("not-applicable", None)),
        (["violated", "violated"], ("violated", 0)),
        (["cleared", "violated"], ("violated", 1)),
        (["not-evaluated", "violated"], ("not-evaluated", 0)),
        (["violated", "not-evaluated"], ("violated", 0)),
        (["not-applicable", "not-evaluated"], ("not-evaluated", 1)),
    ],
)
def test_the_strictest_level_that_is_not_cleared_decides(
    outcomes: list[str], worst: tuple[str, int | None]
) -> None:
    rule = pack_of(LEVELS).rules[0]
    outcome, level = worst_level(rule, [Outcome(word) for word in outcomes])
    assert (outcome.value, level) == worst


def test_within_one_severity_a_violation_decides_before_what_is_not_known() -> None:
    parts = altered(
        LEVELS,
        ("severity: warn, applies", "severity: block, applies"),
        (", severity: warn}", ", severity: block}"),
    )
    rule = pack_of(parts).rules[0]
    assert worst_level(rule, [Outcome.NOT_EVALUATED, Outcome.VIOLATED]) == (Outcome.VIOLATED, 1)


def test_the_fingerprint_covers_the_rules_and_the_value_sets_but_not_the_layout() -> None:
    (pack,), _ = loaded(AGE)
    (same,), _ = loaded("# a comment\n" + AGE)
    (other,), _ = loaded(altered(AGE, ("Do not infuse.", "Never infuse.")))
    changed = cast(Terminology, SimpleNamespace(**{**vars(TERMINOLOGY), "sha_material": b"other"}))
    source = parse_yaml(HEAD + textwrap.indent(AGE, "  "), "pack.yaml")
    ((elsewhere,), _) = compile_packs([source], VOCABULARY, changed)
    assert pack.sha256 == same.sha256
    assert len({pack.sha256, other.sha256, elsewhere.sha256}) == 3


def test_the_schema_of_a_rule_file_names_every_key() -> None:
    schema = PackDocument.model_json_schema()
    assert schema["additionalProperties"] is False
    rule = schema["$defs"]["RuleDocument"]
    assert {"id", "scope", "levels", "examples", "cannot"} <= set(rule["properties"])
    assert rule["additionalProperties"] is False


# -- what is refused ---------------------------------------------------------------------------------------

REFUSED: list[tuple[str, str, int, str]] = [
    # rule, line within it (from 0), words of the problem
    ("unknown key", altered(AGE, ("  title:", "  titel: x\n  title:")), 1, "did you mean `title`?"),
    ("missing key", altered(AGE, ("  action: Do not infuse.\n", "")), 0, "`action` is missing"),
    (
        "wrong type",
        altered(AGE, ('since: "0.1"', "since: 0.1")),
        10,
        "`since` must be text; put it in quotes",
    ),
    ("empty text", altered(AGE, ("rationale: It was not studied.", 'rationale: ""')), 6, "must not be empty"),
    ("id", altered(AGE, ("age-minimum", "Age_Minimum")), 0, "`id` must be lower-case words"),
    ("reserved id", altered(AGE, ("id: age-minimum", "id: engine-fault")), 0, "`engine-fault` is reserved"),
    (
        "severity",
        altered(AGE, ("severity: block", "severity: stop")),
        2,
        "`severity` must be `block`, `warn` or",
    ),
    ("no severity", altered(AGE, ("  severity: block\n", "")), 0, "`severity` is missing"),
    ("no require", altered(AGE, ("  require: {age: {at_least: 17}}\n", "")), 0, "`require` is missing"),
    (
        "overridable",
        altered(INFUSION, ("severity: warn", "severity: warn\n  overridable: true")),
        3,
        "only a `block`",
    ),
    ("scope", altered(INFUSION, ("scope: infusion", "scope: infusions")), 3, "did you mean `infusion`?"),
    ("fact", altered(AGE, ("{age: {at_least: 17}}", "{agee: {at_least: 17}}")), 3, "did you mean `age`?"),
    (
        "item fact",
        altered(AGE, ("{age: {at_least: 17}}", "{vaccine.days: {at_least: 17}}")),
        3,
        "scope `vaccine`",
    ),
    ("constant", altered(AGE, ("{at_least: 17}}", "{at_least: '17'}}")), 3, "`age` is a number"),
    ("range", altered(AGE, ("{at_least: 17}}", "{at_least: -17}}")), 3, "not below 0 years"),
    ("always true", altered(AGE, ("{age: {at_least: 17}}", "{age: {at_least: 0}}")), 3, "always true"),
    (
        "never false",
        altered(AGE, ("{age: {at_least: 17}}", "{any: [{age: {at_least: 17}}, {age: {less_than: 17}}]}")),
        3,
        "never false",
    ),
    (
        "never true",
        altered(AGE, ("{age: {at_least: 17}}", "{all: [{age: {at_least: 17}}, {age: {less_than: 17}}]}")),
        3,
        "never true",
    ),
    (
        "applies of a list",
        altered(VACCINE, ("{adult: {equals: true}}", "{vaccine.live: {equals: true}}")),
        4,
        "`order`",
    ),
    (
        "among",
        altered(INFUSION, ("  require:", "  among: {adult: {equals: true}}\n  require:")),
        4,
        "rules on lists",
    ),
    (
        "beside levels",
        altered(LEVELS, ("  action:", "  severity: block\n  action:")),
        6,
        "in each of the `levels`",
    ),
    (
        "order of levels",
        altered(
            LEVELS,
            ("severity: block, require", "severity: info, require"),
            ("severity: block}\n    - {name: nearly", "severity: info}\n    - {name: nearly"),
            ("not-evaluated, severity: block", "not-evaluated, severity: info"),
        ),
        2,
        "strictest level must come first",
    ),
    ("placeholder", altered(AGE, ("{age} years", "{agee} years")), 4, "did you mean `age`?"),
    (
        "placeholder of another scope",
        altered(AGE, ("{age} years", "{vaccine.days} years")),
        4,
        "no fact `vaccine.days`",
    ),
    (
        "placeholder without a leaf",
        altered(AGE, ("{age at_least}", "{age at_most}")),
        4,
        "no comparison of `age`",
    ),
    ("brace", altered(AGE, ("{age} years", "{age years")), 4, "a brace too many"),
    (
        "wording",
        altered(VACCINE, ("{vaccine.days: {at_most: 0}}", "{vaccine.day: {at_most: 0}}")),
        9,
        "vaccine.days",
    ),
    ("source", altered(AGE, ("{source: label,", "{source: lable,")), 7, "did you mean `label`?"),
    (
        "no source",
        altered(AGE, ('sources: [{source: label, section: "8.4"}]', "sources: []")),
        7,
        "needs a source",
    ),
    ("recall", altered(LEVELS, ("  note: Not read again.\n", "")), 9, "needs a `note`"),
    ("confidence", altered(AGE, ("confidence: high", "confidence: sure")), 8, "`confidence` must be `high`"),
    (
        "missing kind",
        altered(AGE, ("expect: not-evaluated", "expect: cleared")),
        11,
        "no example is `not-evaluated`",
    ),
    (
        "cannot but does",
        altered(AGE, ("  examples:", "  cannot: {violated: No.}\n  examples:")),
        11,
        "can occur",
    ),
    (
        "example name",
        altered(AGE, ("name: sixteen", "name: seventeen")),
        13,
        "two examples are named `seventeen`",
    ),
    ("example fact", altered(AGE, ("facts: {age: 16}", "facts: {agee: 16}")), 13, "did you mean `age`?"),
    ("example value", altered(AGE, ("facts: {age: 16}", "facts: {age: young}")), 13, "`age` is a number"),
    (
        "example without severity",
        altered(LEVELS, ("violated, severity: warn", "violated")),
        16,
        "`severity` is missing",
    ),
    (
        "severity of cleared",
        altered(AGE, ("expect: cleared}", "expect: cleared, severity: block}")),
        12,
        "no severity",
    ),
    (
        "outcome",
        altered(AGE, ("facts: {age: 16}", "facts: {age: 17}")),
        13,
        "expects violated, but the rule answers cleared",
    ),
    (
        "level",
        altered(LEVELS, ("violated, severity: warn", "violated, severity: block")),
        16,
        "answers with warn",
    ),
    (
        "too large",
        altered(
            AGE,
            (
                "{age: {at_least: 17}}",
                "{all: [" + ", ".join(f"{{flag-{n}: {{equals: true}}}}" for n in range(17)) + "]}",
            ),
            ("{age at_least}", "x"),
        ),
        0,
        "at most 16 combinations",
    ),
]


@pytest.mark.parametrize(
    ("rule", "line", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_is_wrong_with_a_rule_is_refused_where_it_stands(rule: str, line: int, words: str) -> None:
    _, problems = loaded(rule)
    assert problems
    assert {problem.file for problem in problems} == {"pack.yaml"}
    assert any(words in problem.message and problem.line == FIRST + line for problem in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("pack: some-pack\n", "", 1, "`pack` is missing"),
        ("pack: some-pack", "pack: 7", 1, "`pack` must be text"),
        ('version: "2026.11"', "version: 2026.11", 2, "`version` must be text; put it in quotes"),
        ("product: lemtrada", "product: lemtrda", 4, "did you mean `lemtrada`?"),
        ("indication: multiple-sclerosis", "indication: asthma", 5, "there is no disease `asthma`"),
        ("[tsh, alt]", "[tsh, alp]", 5, "there is no laboratory test `alp`; did you mean `alt`?"),
        ("[tsh, alt]", "[tsh, tsh]", 5, "listed twice"),
        ("[tsh, alt]", "[tsh, alt], dose_steps_mg: [3, 3]", 5, "the steps must go up"),
        ("[tsh, alt]", "[tsh, alt], dose_steps_mg: [0, 3]", 5, "greater than 0"),
        ("[tsh, alt]", "[tsh, alt], dose_window_days: 0", 5, "`dose_window_days`"),
        ("[tsh, alt]", "[tsh, alt], restart_after_days: 7.5", 5, "`restart_after_days`"),
        ("kind: label", "kind: book", 7, "`kind` must be `label`"),
        ("publisher: FDA, ", "", 7, "`publisher` is missing"),
        ("title: The label", "titel: The label", 7, "did you mean `title`?"),
        ("rules:\n", "rulez:\n", 8, "did you mean `rules`?"),
    ],
)
def test_what_is_wrong_with_the_head_of_a_pack_is_refused_where_it_stands(
    old: str, new: str, line: int, words: str
) -> None:
    assert HEAD.count(old) == 1
    _, problems = loaded(AGE, head=HEAD.replace(old, new))
    assert any(words in problem.message and problem.line == line for problem in problems), problems


def test_what_the_measurements_are_told_is_kept() -> None:
    told = "[tsh, alt], dose_window_days: 7, dose_steps_mg: [3, 10.5], restart_after_days: 8"
    (pack,), _ = loaded(AGE, head=HEAD.replace("[tsh, alt]", told))
    assert pack.measure.dose_window_days == 7
    assert pack.measure.dose_steps_mg == (Decimal(3), Decimal("10.5"))
    assert pack.measure.restart_after_days == 8


def test_a_fact_that_the_pack_does_not_tell_what_it_needs_is_refused() -> None:
    rule = INFUSION.replace("infusion.minutes", "infusion.window_mg")
    _, (problem,) = loaded(rule)
    assert problem.line == 5
    assert problem.message == (
        "`dose_window_days` is missing: rule `infusion-min-4h` asks for `infusion.window_mg`"
    )
    _, problems = loaded(rule, head=HEAD.replace("[tsh, alt]", "[tsh, alt], dose_window_days: 7"))
    assert problems == []


def test_a_message_shows_each_constant_that_a_fact_may_equal() -> None:
    steps = ", ".join(f"{{infusion.minutes: {{equals: {minutes}}}}}" for minutes in (3, 10, 30))
    rule = altered(
        INFUSION,
        ("{infusion.minutes: {at_least: 240}}", f"{{any: [{steps}]}}"),
        ("{infusion.minutes} min", "{infusion.minutes} instead of {infusion.minutes equals} min"),
        ("{infusion.minutes: 240.0}", "{infusion.minutes: 10}"),
    )
    (level,) = pack_of(rule).rules[0].levels
    facts = {"infusion.number": 1, "infusion.minutes": Decimal(4)}
    assert message_of(level, facts) == "Infusion 1 runs 4 instead of 3, 10 or 30 min."


@pytest.mark.parametrize("text", ["[]", "text", "null", "7"])
def test_a_file_that_is_no_mapping_is_refused(text: str) -> None:
    _, (problem,) = compile_packs([parse_yaml(text, "pack.yaml")], VOCABULARY, TERMINOLOGY)
    assert problem.line == 1
    assert "mapping" in problem.message


def test_two_rules_with_one_id_are_refused() -> None:
    _, (problem,) = loaded(AGE, AGE)
    assert (problem.line, "taken already (line 9)" in problem.message) == (FIRST + AGE.count("\n"), True)


def test_all_problems_of_a_file_are_found_at_once_whatever_their_kind() -> None:
    shape = altered(INFUSION, ("  action: Lengthen it.\n", ""))
    content = altered(
        AGE, ("{age: {at_least: 17}}", "{agee: {at_least: 17}}"), ("{source: label,", "{source: x,")
    )
    example = altered(VACCINE, ("vaccine.days: 41}", "vaccine.days: 43}"))
    _, problems = loaded(content, shape, example, head=HEAD.replace("kind: label", "kind: book"))
    text = "\n".join(map(str, problems))
    for words in (
        "`kind` must be",
        "`action` is missing",
        "did you mean `age`?",
        "the source `x` is not listed",
    ):
        assert words in text
    _, problems = loaded(content, example)
    text = "\n".join(map(str, problems))
    assert "did you mean `age`?" in text
    assert "expects violated, but the rule answers cleared" in text


def test_a_problem_names_its_rule() -> None:
    _, problems = loaded(AGE, altered(VACCINE, ("{at_least: 42}}", "{at_least: x}}")))
    assert any(problem.message.startswith("rule `vaccine-live`: ") for problem in problems)


def two_packs(second_head: str, *rules: str) -> list[RulesProblem]:
    texts = [
        HEAD + textwrap.indent(AGE, "  "),
        second_head + "".join(textwrap.indent(r, "  ") for r in rules),
    ]
    sources = [parse_yaml(text, f"pack-{index}.yaml") for index, text in enumerate(texts)]
    both = cast(
        Terminology, SimpleNamespace(**{**vars(TERMINOLOGY), "products": {"lemtrada": 0, "campath": 0}})
    )
    return compile_packs(sources, VOCABULARY, both)[1]


def test_packs_share_neither_id_nor_product_nor_rules() -> None:
    problems = two_packs(HEAD, AGE)
    assert {problem.file for problem in problems} == {"pack-1.yaml"}
    assert [(problem.line, problem.message) for problem in problems] == [
        (1, "there is another pack `some-pack`"),
        (4, "the pack `some-pack` covers the product `lemtrada` already"),
        (FIRST, "the rule id `age-minimum` is taken already by the pack `some-pack`"),
    ]
    other = HEAD.replace("pack: some-pack", "pack: other").replace("product: lemtrada", "product: campath")
    assert two_packs(other, INFUSION) == []


# -- the self-test is of both engines ----------------------------------------------------------------------


def test_an_engine_that_has_a_rule_wrong_is_found_by_the_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    right = handover.compile_group

    def wrong(group: groups.Group) -> dict[str, Any]:
        definition = right(group)
        for rule in definition.values():
            condition = rule["all"][0]["m"]
            for sign in ("$gte", "$lt"):
                if sign in condition:
                    condition[sign] = {"p0": 16}
        return definition

    monkeypatch.setattr(durable, "compile_group", wrong)
    _, (problem,) = loaded(AGE)
    assert problem.line == FIRST + 13
    assert (
        "the example `sixteen` cannot be judged: the engines disagree about: age-minimum" in problem.message
    )


def test_rules_that_an_engine_does_not_take_do_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise EngineFault("durable-rules cannot tell the properties p1 and p2 apart")

    monkeypatch.setattr(judge, "DurableEngine", refuse)
    _, (problem,) = loaded(AGE)
    assert "cannot tell the properties p1 and p2 apart" in problem.message


# -- directories -------------------------------------------------------------------------------------------


def test_a_directory_that_is_not_there_is_a_rules_error(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="holds no rule file"):
        load_rulebook(tmp_path / "nowhere")


def test_problems_of_value_sets_and_of_packs_are_found_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD.replace("pack: some-pack\n", "") + textwrap.indent(AGE, "  "))
    (tmp_path / "b.yaml").write_text("a: 1\na: 2\n")
    (tmp_path / "c.yml").write_text("pack: c\n")
    with pytest.raises(RulesError) as caught:
        load_rulebook(tmp_path)
    found = [(Path(problem.file).name, problem.line) for problem in caught.value.problems]
    assert ("a.yaml", 1) in found
    assert ("b.yaml", 2) in found
    assert ("c.yml", 1) in found
    assert any("terminology" in problem.file for problem in caught.value.problems)
    assert found == sorted(found, key=found.index)


def test_the_value_sets_of_the_bundled_rules_serve_a_pack_of_ones_own(tmp_path: Path) -> None:
    shutil.copytree(bundled_rules() / "terminology", tmp_path / "terminology")
    rule = altered(
        AGE,
        ("require: {age:", "require: {patient.age_years:"),
        ("{age} years", "{patient.age_years}"),
        ("{age at_least}", "17"),
        ("{age: 17}", "{patient.age_years: 17}"),
        ("{age: 16}", "{patient.age_years: 16}"),
    )
    (tmp_path / "own.yaml").write_text(HEAD + textwrap.indent(rule, "  "))
    rulebook = load_rulebook(tmp_path)
    pack = rulebook.pack_for("lemtrada")
    assert pack is not None
    assert pack.rules[0].levels[0].require == Compare("patient.age_years", Op.AT_LEAST, 17)
    assert "17" in render(pack.rules[0].levels[0].require, rulebook.vocabulary)
    assert rulebook.pack_for("campath") is None
    assert rulebook.pack_for(None) is None


# -- cost --------------------------------------------------------------------------------------------------


def test_a_pack_is_compiled_once_for_all_of_its_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[int] = []
    right = handover.compile_group

    def counted(group: groups.Group) -> dict[str, Any]:
        compiled.append(group.index)
        return right(group)

    monkeypatch.setattr(durable, "compile_group", counted)
    many = [altered(AGE, ("age-minimum", f"age-minimum-{n}")) for n in range(90)]
    pack = pack_of(*many)
    assert compiled == [group.index for group in groups.make_groups(pack)]
