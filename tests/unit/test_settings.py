"""Settings of a pack: what may be declared and chosen, and what a choice changes."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from orderguard.errors import RulesProblem
from orderguard.facts.definition import Fact, Kind, Scope
from orderguard.facts.terminology import Terminology
from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.compile_pack import PackCompiler
from orderguard.rulebook.conditions import Compare, Op
from orderguard.rulebook.document import PackDocument
from orderguard.rulebook.load import compile_packs
from orderguard.rulebook.pack import Pack, Rule, Severity
from orderguard.rulebook.settings import (
    NumberSetting,
    Setting,
    WordSetting,
    bounds_text,
    resolve,
    settings_of_rule,
)
from orderguard.rulebook.yaml_source import YamlSource, parse_yaml

VOCABULARY = Vocabulary(
    [
        Fact("age", "order", Kind.INTEGER, "age", "years", lowest=0, highest=150),
        Fact("ratio", "order", Kind.DECIMAL, "ratio", lowest=0),
        Fact("result", "order", Kind.WORD, "result", words=("negative", "positive")),
        Fact("adult", "order", Kind.BOOLEAN, "adult"),
    ],
    (Scope("order"),),
)
TERMINOLOGY = cast(
    Terminology,
    SimpleNamespace(products={"lemtrada": 0}, diseases={"multiple-sclerosis": 0}, sha_material=b"value sets"),
)

PACK = """\
pack: some-pack
version: "1"
title: Some pack
covers: {product: lemtrada}
measure: {indication: multiple-sclerosis, month_end_policy: {setting: month_end_policy}}
settings:
  profile:
    title: Whose label
    default: us
    values:
      us: {}
      eu:
        rules: {weighed: {severity: block, overridable: true}}
        settings:
          anchor: {default: first}
          youngest: {default: 16, at_least: 10}
  month_end_policy: {title: Month ends, default: roll_forward, values: {roll_forward: {}, clamp: {}}}
  anchor: {title: An anchor, default: last, values: {first: {}, last: {}}}
  youngest: {title: Youngest age, default: 17, at_least: 15, at_most: 20, unit: years, note: A note.}
  most: {title: Greatest ratio, default: 1.5, at_least: 1.0, at_most: 3}
sources:
  label: {title: The label, publisher: FDA, kind: label}
rules:
  - id: limited
    title: Old enough
    severity: block
    require: {age: {at_least: {setting: youngest}}}
    message: "{age} years; at least {age at_least} are needed."
    wording:
      - {when: {age: {less_than: {setting: youngest}}}, message: "{age} years, under {age at_least}."}
    action: Ask.
    rationale: A reason.
    sources: [{source: label}]
    confidence: high
    review: unreviewed
    since: "1"
    examples:
      - {name: old enough, facts: {age: 17}, expect: cleared}
      - {name: too young, facts: {age: 16}, expect: violated}
      - {name: young enough in Europe, settings: {profile: eu}, facts: {age: 16}, expect: cleared}
      - {name: not known, facts: {}, expect: not-evaluated}
  - id: weighed
    title: Not positive
    levels:
      - {severity: warn, require: {result: {equals: negative}}, message: Positive.}
      - {severity: info, require: {ratio: {at_most: {setting: most}}}, message: Too much.}
    action: Ask.
    rationale: A reason.
    sources: [{source: label}]
    confidence: high
    review: unreviewed
    since: "1"
    examples:
      - {name: negative, facts: {result: negative, ratio: 1}, expect: cleared}
      - {name: positive, facts: {result: positive}, expect: violated, severity: warn}
      - name: positive there
        settings: {profile: eu}
        facts: {result: positive}
        expect: violated
        severity: block
      - {name: not known, facts: {}, expect: not-evaluated}
  - id: anchored
    title: Anchored
    levels:
      - {severity: block, only_when: {anchor: first}, require: {age: {at_least: 1}}, message: First.}
      - {severity: warn, only_when: {anchor: last}, require: {age: {at_least: 2}}, message: Last.}
    action: Ask.
    rationale: A reason.
    sources: [{source: label}]
    confidence: high
    review: unreviewed
    since: "1"
    examples:
      - {name: enough, facts: {age: 2}, expect: cleared}
      - {name: not enough, facts: {age: 1}, expect: violated, severity: warn}
      - {name: enough for the first, settings: {anchor: first}, facts: {age: 1}, expect: cleared}
      - {name: not known, facts: {}, expect: not-evaluated}
  - id: european
    title: In Europe only
    only_when: {profile: eu}
    severity: warn
    require: {adult: {equals: true}}
    message: Not adult.
    action: Ask.
    rationale: A reason.
    sources: [{source: label}]
    confidence: high
    review: unreviewed
    since: "1"
    examples:
      - {name: adult, facts: {adult: true}, expect: cleared}
      - {name: a child, facts: {adult: false}, expect: violated}
      - {name: not known, facts: {}, expect: not-evaluated}
"""


def loaded(text: str) -> tuple[Pack | None, list[RulesProblem]]:
    packs, problems = compile_packs([parse_yaml(text, "pack.yaml")], VOCABULARY, TERMINOLOGY)
    return (packs[0] if packs else None), problems


def pack_of(text: str = PACK) -> Pack:
    pack, problems = loaded(text)
    assert problems == []
    assert pack is not None
    return pack


def with_choices(chosen: dict[str, Any], text: str = PACK) -> Pack:
    compiler = PackCompiler(parse_yaml(text, "pack.yaml"), VOCABULARY, TERMINOLOGY)
    assert compiler.compile() is not None
    pack = compiler.variant(chosen)
    assert compiler.problems == []
    return pack


def altered(*changes: tuple[str, str]) -> str:
    text = PACK
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the pack"
        text = text.replace(old, new)
    return text


def problems_of(*changes: tuple[str, str]) -> list[str]:
    text = altered(*changes)
    lines = text.splitlines()
    return [f"{lines[problem.line - 1].strip()} -> {problem.message}" for problem in loaded(text)[1]]


def rule(pack: Pack, name: str) -> Rule:
    return next(rule for rule in (*pack.rules, *pack.dormant) if rule.id == name)


def declared() -> dict[str, Setting]:
    return dict(pack_of().settings.declared)


# -- what holds while nobody chooses -------------------------------------------------------------------------


def test_a_pack_has_its_settings_with_their_defaults() -> None:
    settings = pack_of().settings
    assert settings.values == {
        "profile": "us",
        "month_end_policy": "roll_forward",
        "anchor": "last",
        "youngest": 17,
        "most": Decimal("1.5"),
    }
    assert settings.changed() == {}
    youngest = settings.declared["youngest"]
    assert youngest == NumberSetting("youngest", "Youngest age", 17, "A note.", 15, 20, "years")
    assert isinstance(youngest, NumberSetting)
    assert bounds_text(youngest) == "at least 15 and at most 20 years"
    profile = settings.declared["profile"]
    assert isinstance(profile, WordSetting)
    assert list(profile.choices) == ["us", "eu"]


def test_a_condition_takes_the_value_of_its_setting_and_says_which() -> None:
    (level,) = rule(pack_of(), "limited").levels
    assert level.require == Compare("age", Op.AT_LEAST, 17)
    assert isinstance(level.require, Compare)
    assert level.require.setting == "youngest"


def test_a_rule_and_a_level_that_the_defaults_leave_out_are_dormant() -> None:
    pack = pack_of()
    assert [rule.id for rule in pack.rules] == ["limited", "weighed", "anchored"]
    assert [rule.id for rule in pack.dormant] == ["european"]
    anchored = rule(pack, "anchored")
    assert [level.message for level in anchored.levels] == ["Last."]
    assert [level.message for level in anchored.dormant_levels] == ["First."]
    assert {question.rule_id for question in pack.questions} == {"limited", "weighed", "anchored"}


def test_a_pack_without_settings_has_none() -> None:
    start, end = PACK.index("settings:\n"), PACK.index("sources:\n")
    text = PACK[:start] + PACK[end:]
    text = text.replace("{setting: month_end_policy}", "clamp").replace("{setting: youngest}", "17")
    text = text.replace("{setting: most}", "1.5")
    assert all("setting" in problem.message for problem in loaded(text)[1])
    assert PackDocument.model_fields["settings"].get_default(call_default_factory=True) == {}


# -- what a choice changes -----------------------------------------------------------------------------------


def test_a_chosen_number_stands_in_conditions_and_wordings() -> None:
    (level,) = rule(with_choices({"youngest": 19}), "limited").levels
    assert level.require == Compare("age", Op.AT_LEAST, 19)
    assert level.wording[0].when == Compare("age", Op.LESS_THAN, 19)


def test_a_chosen_word_reaches_the_measurements() -> None:
    assert pack_of().measure.month_end_policy == "roll_forward"
    assert with_choices({"month_end_policy": "clamp"}).measure.month_end_policy == "clamp"


def test_a_chosen_word_raises_the_rules_that_it_names_and_only_what_is_milder() -> None:
    levels = rule(with_choices({"profile": "eu"}), "weighed").levels
    assert [(level.severity, level.overridable) for level in levels] == [(Severity.BLOCK, True)] * 2


def test_a_chosen_word_changes_the_defaults_and_bounds_of_settings_below() -> None:
    pack = with_choices({"profile": "eu"})
    assert pack.settings.values["anchor"] == "first"
    assert pack.settings.values["youngest"] == 16
    assert [level.message for level in rule(pack, "anchored").levels] == ["First."]
    assert [rule.id for rule in pack.rules][-1] == "european"
    assert pack.dormant == ()


def test_what_is_chosen_wins_over_the_default_that_another_choice_gives() -> None:
    pack = with_choices({"profile": "eu", "anchor": "last", "youngest": 10})
    assert pack.settings.values["anchor"] == "last"
    assert pack.settings.values["youngest"] == 10


def test_changed_settings_are_those_that_differ_from_the_pack_or_from_the_usual_value() -> None:
    assert with_choices({"profile": "eu"}).settings.changed() == {
        "profile": "eu",
        "anchor": "first",
        "youngest": 16,
    }
    both = with_choices({"profile": "eu", "anchor": "last", "youngest": 17}).settings.changed()
    assert both == {"profile": "eu", "anchor": "last", "youngest": 17}


def test_the_settings_of_a_rule_are_those_it_names_and_those_that_weigh_it() -> None:
    pack = pack_of()
    assert settings_of_rule(pack.settings, rule(pack, "limited")) == ("youngest",)
    assert settings_of_rule(pack.settings, rule(pack, "weighed")) == ("most", "profile")
    assert settings_of_rule(pack.settings, rule(pack, "anchored")) == ("anchor",)
    assert settings_of_rule(pack.settings, rule(pack, "european")) == ("profile",)


# -- what may be chosen --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [
        ({"youngest": 14}, "`youngest` must be at least 15 and at most 20 years"),
        ({"youngest": 21}, "`youngest` must be at least 15 and at most 20 years"),
        ({"youngest": Decimal("16.5")}, "`youngest` must be a whole number"),
        ({"youngest": True}, "`youngest` must be a number"),
        ({"youngest": "17"}, "`youngest` must be a number"),
        ({"most": Decimal("0.9")}, "`most` must be at least 1 and at most 3"),
        ({"most": Decimal("1.1234567")}, "`most` may have at most 6 decimal places"),
        (
            {"anchor": "lost"},
            "`lost` is no value of `anchor`, which must be `first` or `last`; did you mean `last`?",
        ),
        ({"anchor": 1}, "`anchor` must be `first` or `last`"),
        ({"yungest": 16}, "there is no setting `yungest` here; did you mean `youngest`?"),
    ],
)
def test_what_may_not_be_chosen_is_reported_and_the_usual_value_stays(
    chosen: dict[str, object], problem: str
) -> None:
    found: list[str] = []
    settings = resolve(declared(), chosen, lambda _, text: found.append(text))
    assert found == [problem]
    assert settings.values == pack_of().settings.values


@pytest.mark.parametrize("value", [15, 20])
def test_the_bounds_themselves_may_be_chosen(value: int) -> None:
    found: list[str] = []
    assert (
        resolve(declared(), {"youngest": value}, lambda _, text: found.append(text)).values["youngest"]
        == value
    )
    assert found == []


@pytest.mark.parametrize(("profile", "allowed"), [("us", False), ("eu", True)])
def test_a_choice_may_widen_bounds(profile: str, *, allowed: bool) -> None:
    found: list[str] = []
    resolve(declared(), {"profile": profile, "youngest": 10}, lambda _, text: found.append(text))
    assert (found == []) is allowed


# -- what may be declared ------------------------------------------------------------------------------------

ANCHOR = "  anchor: {title: An anchor, default: last, values: {first: {}, last: {}}}\n"
MOST = "  most: {title: Greatest ratio, default: 1.5, at_least: 1.0, at_most: 3}\n"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("default: last,", "default: lost,"), "`lost` is no value of `anchor`"),
        (("values: {first: {}, last: {}}", "values: {last: {}}"), "needs at least two words"),
        (("values: {first: {}, last: {}}", "unit: x"), "needs `values`, or `at_least` and `at_most`"),
        (("default: 1.5, at_least: 1.0", "default: 0.5, at_least: 1.0"), "`most` must be at least 1"),
        (("default: 1.5, at_least: 1.0", "default: 1.5, at_least: low"), "`at_least` must be a number"),
        (("at_least: 1.0, at_most: 3", "at_least: 1.0"), "needs `values`, or `at_least` and `at_most`"),
        (("at_most: 3", "at_most: 3, values: {a: {}, b: {}}"), "has `values`, so it has no `at_least`"),
        (
            ("anchor: {default: first}", "ankor: {default: first}"),
            "no setting `ankor` stands below `profile`",
        ),
        (
            ("anchor: {default: first}", "profile: {default: eu}"),
            "no setting `profile` stands below `profile`",
        ),
        (("anchor: {default: first}", "anchor: {at_least: 1}"), "`anchor` is a word and has no `at_least`"),
        (("{default: 16, at_least: 10}", "{default: 9, at_least: 10}"), "`youngest` must be at least 10"),
        (
            ("rules: {weighed:", "rules: {waighed:"),
            "there is no rule `waighed` in this file; did you mean `weighed`?",
        ),
        (
            ("{severity: block, overridable: true}", "{severity: warn, overridable: true}"),
            "only a `block` can be",
        ),
        (
            ("{at_least: {setting: youngest}}", "{at_least: {setting: yungest}}"),
            "there is no setting `yungest`",
        ),
        (("{at_least: {setting: youngest}}", "{at_least: {seting: youngest}}"), "a constant is a value or"),
        (("{at_least: {setting: youngest}}", "{at_least: {setting: most}}"), "the setting `most` may be 1: "),
        (
            ("at_least: 15, at_most: 20", "at_least: 15, at_most: 200"),
            "the setting `youngest` may be 200: `age` is",
        ),
        (("only_when: {anchor: first}", "only_when: {anchor: fist}"), "`fist` is no value of `anchor`"),
        (("only_when: {anchor: first}", "only_when: {ankor: first}"), "there is no setting `ankor`"),
        (("only_when: {anchor: first}", "only_when: {youngest: first}"), "`youngest` is a number"),
        (
            ("month_end_policy: {setting: month_end_policy}", "month_end_policy: {setting: x}"),
            "no setting `x`",
        ),
        (
            ("{setting: month_end_policy}", "{setting: anchor}"),
            "`month_end_policy` must be `roll_forward` or `clamp`",
        ),
        (("settings: {anchor: first}, facts", "settings: {anchor: fist}, facts"), "`fist` is no value of"),
        ((MOST, MOST + "  idle: {title: Idle, default: 1, at_least: 0, at_most: 2}\n"), "nothing depends on"),
    ],
)
def test_a_wrong_declaration_or_use_is_refused(change: tuple[str, str], problem: str) -> None:
    found = problems_of(change)
    assert any(problem in line for line in found), found


def test_an_example_is_judged_with_the_settings_that_it_names() -> None:
    wrong = "name: young enough in Europe, settings: {profile: eu}, facts: {age: 16}, expect: cleared"
    (found,) = problems_of((wrong, wrong.replace("age: 16", "age: 15")))
    assert "the example `young enough in Europe` expects cleared, but the rule answers violated" in found


def test_an_example_with_settings_says_the_severity_that_holds_with_them() -> None:
    (found,) = problems_of(("violated\n        severity: block", "violated\n        severity: warn"))
    assert "expects the severity warn, but the rule answers with block" in found


def test_the_examples_of_a_dormant_rule_are_judged_where_it_exists() -> None:
    (found,) = problems_of(("{name: a child, facts: {adult: false}", "{name: a child, facts: {adult: true}"))
    assert "the example `a child` expects violated, but the rule answers cleared" in found


def test_an_example_with_settings_that_leave_its_rule_out_is_refused() -> None:
    (found,) = problems_of(("{name: adult, facts:", "{name: adult, settings: {profile: us}, facts:"))
    assert "with these settings the rule does not exist" in found


def test_every_problem_points_at_its_line() -> None:
    found = problems_of(("rules: {weighed:", "rules: {waighed:"))
    assert any(line.startswith("rules: {waighed:") for line in found)


def test_settings_are_part_of_the_fingerprint() -> None:
    source: YamlSource = parse_yaml(PACK, "pack.yaml")
    other = parse_yaml(altered(("at_most: 20", "at_most: 21")), "pack.yaml")
    packs = [compile_packs([s], VOCABULARY, TERMINOLOGY)[0][0] for s in (source, other)]
    assert packs[0].sha256 != packs[1].sha256


def test_the_schema_of_rule_files_knows_settings() -> None:
    schema = PackDocument.model_json_schema()
    assert "settings" in schema["properties"]
    assert {"values", "at_least", "at_most", "default"} <= set(
        schema["$defs"]["SettingDocument"]["properties"]
    )
    for name in ("RuleDocument", "LevelDocument"):
        assert "only_when" in schema["$defs"][name]["properties"]
    assert "settings" in schema["$defs"]["ExampleDocument"]["properties"]
    month_end = schema["$defs"]["MeasureDocument"]["properties"]["month_end_policy"]
    assert textwrap.shorten(str(month_end), 60).startswith("{'anyOf'")
