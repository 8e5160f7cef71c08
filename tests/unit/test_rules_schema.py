"""The JSON Schema of rule files: the bundled packs fit it, and an editor flags mistakes by it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from orderguard.rulebook.conditions import Op
from orderguard.rulebook.load import bundled_rules
from orderguard.rulebook.pack import Rulebook
from orderguard.rulebook.schema import rules_schema
from orderguard.rulebook.yaml_source import read_yaml
from support.json_schema import problems

PACKS = sorted(bundled_rules().glob("*.yaml"))


@pytest.fixture(scope="module")
def schema(rulebook: Rulebook) -> dict[str, Any]:
    return rules_schema(rulebook.vocabulary, rulebook.terminology)


@pytest.fixture(scope="module")
def small() -> dict[str, Any]:
    """A pack of two rules, one of them with levels."""
    data: Any = read_yaml(bundled_rules() / "lemtrada-ms.yaml").data
    chosen = [rule for rule in data["rules"] if rule["id"] in ("infusion-min-4h", "age-minimum")]
    return {**data, "rules": sorted(chosen, key=lambda rule: str(rule["id"]), reverse=True)}


@pytest.mark.parametrize("pack", PACKS, ids=lambda path: path.stem)
def test_every_bundled_pack_fits(schema: dict[str, Any], pack: Any) -> None:
    assert problems(read_yaml(pack).data, schema) == []


def test_an_editor_is_told_every_fact_with_its_meaning(schema: dict[str, Any], rulebook: Rulebook) -> None:
    tests = schema["$defs"]["Condition"]["properties"]
    assert set(tests) == {"all", "any", "not", *rulebook.vocabulary}
    assert set(schema["$defs"]["Facts"]["properties"]) == set(rulebook.vocabulary)
    for name, fact in rulebook.vocabulary.items():
        assert fact.label in tests[name]["description"]
        assert fact.meaning in tests[name]["description"]


def infusion_rule(pack: dict[str, Any]) -> Any:
    return pack["rules"][0]


MISTAKES: dict[str, tuple[Callable[[Any], Any], str]] = {
    "a misspelt key": (lambda rule: rule.update(rational=rule.pop("rationale")), "/rational: additionalP"),
    "a part that is missing": (lambda rule: rule.pop("action"), ": required"),
    "neither levels nor a condition": (lambda rule: rule.pop("require"), ": oneOf"),
    "levels beside a condition": (
        lambda rule: rule.update(levels=[{"severity": "warn", "require": rule["require"], "message": "m"}]),
        ": oneOf",
    ),
    "a severity that is none": (lambda rule: rule.update(severity="blok"), "/severity: anyOf"),
    "a scope that is none": (lambda rule: rule.update(scope="infusions"), "/scope: enum"),
    "a fact that is none": (
        lambda rule: rule.update(require={"infusion.duration": {"at_least": 240}}),
        "/require/infusion.duration: additionalProperties",
    ),
    "two facts in one condition": (
        lambda rule: rule["require"].update({"infusion.number": {"equals": 1}}),
        "/require: maxProperties",
    ),
    "an operator that is none": (
        lambda rule: rule.update(require={"infusion.duration_minutes": {"atleast": 240}}),
        "/atleast: additionalProperties",
    ),
    "an operator that does not fit": (
        lambda rule: rule.update(require={"infusion.duration_stated": {"at_least": 1}}),
        "/at_least: additionalProperties",
    ),
    "a constant of another type": (
        lambda rule: rule.update(require={"infusion.duration_minutes": {"at_least": "4 hours"}}),
        "/at_least: anyOf",
    ),
    "a word that is none": (
        lambda rule: rule.update(require={"indication.disease": {"equals": "multiple sclerosis"}}),
        "/equals: anyOf",
    ),
    "an empty list of conditions": (lambda rule: rule.update(require={"all": []}), "/all: minItems"),
    "an example with an unknown fact": (
        lambda rule: rule["examples"][0].update(facts={"infusion.minutes": 240}),
        "/facts/infusion.minutes: additionalProperties",
    ),
    "an example that expects nothing known": (
        lambda rule: rule["examples"][0].update(expect="clear"),
        "/expect: enum",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_flagged_where_it_is(
    schema: dict[str, Any], small: dict[str, Any], mistake: str
) -> None:
    make, said = MISTAKES[mistake]
    pack = copy.deepcopy(small)
    assert problems(pack, schema) == []
    make(infusion_rule(pack))
    found = problems(pack, schema)
    assert any(said in problem for problem in found), found
    assert all(problem.startswith("/rules/0") for problem in found)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("covers", {"product": "aspirin"}),
        ("measure", {"indication": "gout"}),
        ("pack", "A b"),
        ("left_out", {"A b": "c"}),
    ],
)
def test_a_mistake_in_the_head_is_flagged(
    schema: dict[str, Any], small: dict[str, Any], key: str, value: object
) -> None:
    found = problems({**small, key: value}, schema)
    assert len(found) == 1
    assert found[0].startswith(f"/{key}")


def test_every_operator_is_offered(schema: dict[str, Any]) -> None:
    assert set(schema["$defs"]["NumberTest"]["properties"]) == {op.value for op in Op}
    assert set(schema["$defs"]["YesOrNoTest"]["properties"]) == {"equals"}
