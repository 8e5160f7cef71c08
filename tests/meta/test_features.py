"""The features are the specification: nothing in them is left out unseen, and they show each rule in full."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

import orderguard.testing.all_steps  # noqa: F401  (importing them declares the steps)
from orderguard.rulebook.load import bundled_rules, load_rulebook
from orderguard.rulebook.pack import Outcome, Rule
from orderguard.testing.registry import STEPS, plain, steps_reading
from support.plugin import PLUGIN_OPTIONS

ROOT = Path(__file__).parent.parent.parent
FEATURES = ROOT / "features"

SECOND_WORDINGS = {
    # what a sentence of its own says as well, such as `the HIV test was on 2025-02-10`
    "the date of the HIV test is {value:day}",
    "the date of the HPV test is {value:day}",
    "the date of the hepatitis B test is {value:day}",
    "the date of the hepatitis C test is {value:day}",
    "the date of the pregnancy test is {value:day}",
    "the date of the skin examination is {value:day}",
    "the date of the tuberculosis test is {value:day}",
    "the date of the varicella test is {value:day}",
    "the date of {earlier} is {value:day}",
    "the duration of {infusions} is {value:quantity} minutes",
    "the end of contraception is {value:day}",
    "the end of laboratory monitoring is {value:day}",
    "the observation time of {infusions} is {value:quantity} minutes",
    "the rate of {infusions} is {value:quantity} mL per hour",
    "the setting is {value:setting}",
}
OF_A_SITE = {
    "the order in the file {name:quoted}",
    "the product of {earlier} is {value:name}",
}
MEANT_FOR_SITES = SECOND_WORDINGS | OF_A_SITE
"""Steps that no feature here needs, by their wording."""

NEVER_NOT_APPLICABLE = {"steroid-days-1-3"}
"""Rules that can be not applicable to one infusion, but not to an order: each course has a first date."""

NEVER_VIOLATED = {("cll-escalation-order", "warn")}
"""Levels that can only be not evaluated: a grade that is known speaks at the level above."""

STEP_WORD = re.compile(r"(?:given|when|then|and|but)\b|\*", re.IGNORECASE)
HEADING = re.compile(r"(?:feature|rule|background|scenario|scenario outline|examples?)\s*:", re.IGNORECASE)
BRAND = re.compile(r"\[(?:Lemtrada|Campath)\]")
"""A brand as RxNorm writes it after the substance."""
TIME_ZONE = re.compile(r"\b[A-Z][a-z]+/[A-Z][A-Za-z_]+\b")
CODE = re.compile(
    r"""[{}\[\]=\\]                                      # brackets and signs of code
    | _                                                  # names of variables
    | \b(?:null|None|True|False|NaN|undefined|lambda)\b
    | (?<!\w)/[a-z_]+/\w+                                # paths such as /infusions/1/dose
    | \b[a-z]{2,}\.[a-z]{2,}\b                           # paths such as patient.labs
    """,
    re.VERBOSE,
)
STATED = re.compile(
    r"(?:rules? (?P<rules>.+)|these rules) (?:is|are) "
    r"(?P<outcome>violated|not evaluated|cleared|not applicable)(?: at level (?P<level>\w+))?:?"
)


# -- reading the features ------------------------------------------------------------------------------------


@cache
def documents() -> dict[Path, Any]:
    """Every feature file as gherkin-official parses it."""
    return {
        path: {**Parser().parse(path.read_text(encoding="utf-8")), "uri": path.name}
        for path in sorted(FEATURES.rglob("*.feature"))
    }


@dataclass(frozen=True)
class Statement:
    """What a scenario says about one rule."""

    rule: str
    outcome: str
    level: str | None


@dataclass(frozen=True)
class Scenario:
    """A scenario, or one example of an outline."""

    place: str
    tags: frozenset[str]
    steps: tuple[Any, ...]

    @property
    def statements(self) -> list[Statement]:
        """What it says about the outcomes of rules."""
        found = []
        for step in self.steps:
            match = STATED.fullmatch(plain(step["text"])) if step["type"] == "Outcome" else None
            if match is None:
                continue
            rows = step.get("argument", {}).get("dataTable", {}).get("rows", ())
            rules = [row["cells"][0]["value"] for row in rows]
            rules = re.split(r", | and ", match["rules"]) if match["rules"] else rules
            found += [Statement(rule, match["outcome"], match["level"]) for rule in rules]
        return found


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Every scenario, and every example of an outline."""
    return tuple(
        Scenario(
            f"{path.name}: {pickle['name']}",
            frozenset(tag["name"].removeprefix("@") for tag in pickle["tags"]),
            tuple(pickle["steps"]),
        )
        for path, document in documents().items()
        for pickle in Compiler().compile(document)
    )


def parts(node: Any) -> Iterator[tuple[str, Any]]:
    """Everything under a feature that may carry a description, with its kind."""
    for child in node["children"]:
        for kind, part in child.items():
            yield kind, part
            yield from (("examples", examples) for examples in part.get("examples", ()))
            if kind == "rule":
                yield from parts(part)


def every_part() -> Iterator[tuple[Path, str, Any]]:
    for path, document in documents().items():
        yield path, "feature", document["feature"]
        for kind, part in parts(document["feature"]):
            yield path, kind, part


@cache
def rules() -> dict[str, Rule]:
    """The rules of all packs, also those that exist with other settings only."""
    packs = load_rulebook(bundled_rules()).packs
    return {rule.id: rule for pack in packs for rule in (*pack.rules, *pack.dormant)}


def can_be(rule: Rule, outcome: Outcome) -> bool:
    """Whether a rule can have an outcome, by what its file says and shows."""
    if outcome is Outcome.NOT_APPLICABLE:
        shown = any(example.expect is outcome for example in rule.examples)
        return shown and rule.id not in NEVER_NOT_APPLICABLE
    return outcome not in rule.cannot


@cache
def said_under_own_tag() -> dict[str, set[tuple[str, str | None]]]:
    """For each rule the outcomes, with and without level, that scenarios under its tag state of it."""
    found: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for scenario in scenarios():
        for statement in scenario.statements:
            if statement.rule in scenario.tags:
                found[statement.rule] |= {(statement.outcome, None), (statement.outcome, statement.level)}
    return found


def assert_none(problems: Iterable[str]) -> None:
    """Shows every problem, a line for each."""
    lines = list(problems)
    assert not lines, "\n".join(lines)


# -- running them --------------------------------------------------------------------------------------------


def run_pytest(*arguments: str) -> subprocess.CompletedProcess[str]:
    """pytest over the features, in a process of its own."""
    unwanted = ("PYTEST_ADDOPTS", "ORDERGUARD_ENGINE")
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *PLUGIN_OPTIONS, *arguments, "features"],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key not in unwanted} | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def outcomes(report: Path, *arguments: str) -> dict[tuple[str, str], str]:
    """What became of each scenario."""
    done = run_pytest("-q", "--tb=no", f"--junit-xml={report}", *arguments)
    if not report.exists():
        raise AssertionError(done.stdout + done.stderr)
    found = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 (pytest wrote it just now)
        bad = next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed")
        found[case.attrib["classname"], case.attrib["name"]] = bad
    return found


# -- (a) nothing is left out ---------------------------------------------------------------------------------


def test_there_are_features() -> None:
    assert documents()


def test_pytest_collects_each_scenario_that_gherkin_official_parses() -> None:
    done = run_pytest("--collect-only", "-q")

    collected = Counter(
        line.partition("::")[0].rpartition("/")[2] for line in done.stdout.splitlines() if "::" in line
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert Counter(scenario.place.partition(":")[0] for scenario in scenarios()) == collected


def test_each_engine_alone_gives_the_same_verdicts_and_so_the_same_outcomes(tmp_path: Path) -> None:
    """A scenario fails there whose verdicts differ. With both engines, the features themselves are run."""
    found = outcomes(tmp_path / "report.xml", "-p", "support.each_engine")

    assert len(found) == len(scenarios())
    assert_none(f"{file}: {name}" for (file, name), outcome in found.items() if outcome != "passed")


# -- (b) and (c) nothing is read as less than it is ----------------------------------------------------------


@pytest.mark.parametrize(("kind", "word"), [("Action", "When"), ("Outcome", "Then")])
def test_each_scenario_has_a_step_that(kind: str, word: str) -> None:
    assert_none(
        f"{scenario.place}: no {word}"
        for scenario in scenarios()
        if all(step["type"] != kind for step in scenario.steps)
    )


def test_no_line_of_a_description_looks_like_a_step_or_a_heading() -> None:
    assert_none(
        f"{path.name}:{part['location']['line']}: {line.strip()}"
        for path, _, part in every_part()
        for line in part.get("description", "").splitlines()
        if STEP_WORD.match(line.strip()) or HEADING.match(line.strip())
    )


# -- (d) each rule is shown in full --------------------------------------------------------------------------


def test_each_rule_has_one_block_that_is_tagged_with_it() -> None:
    tags = Counter(
        tag["name"].removeprefix("@")
        for _, kind, part in every_part()
        if kind == "rule"
        for tag in part["tags"]
    )

    assert_none(f"{rule}: {tags[rule]} blocks" for rule in rules() if tags[rule] != 1)
    assert_none(f"{tag} is the id of no rule" for tag in sorted(tags.keys() - rules().keys()))


@pytest.mark.parametrize("outcome", list(Outcome), ids=str)
def test_each_rule_is_shown_with_each_outcome_that_it_can_have(outcome: Outcome) -> None:
    said = said_under_own_tag()
    wanted = outcome.value.replace("-", " ")

    assert_none(
        f"no scenario tagged with {name} says that it is {wanted}"
        for name, rule in rules().items()
        if can_be(rule, outcome) and (wanted, None) not in said.get(name, set())
    )


def test_each_rule_with_several_severities_is_shown_violated_at_each() -> None:
    said = said_under_own_tag()
    severities = {
        name: {level.severity.value for level in (*rule.levels, *rule.dormant_levels)}
        for name, rule in rules().items()
    }

    assert_none(
        f"no scenario tagged with {name} says that it is violated at level {severity}"
        for name, found in severities.items()
        for severity in sorted(found)
        if len(found) > 1 and ("violated", severity) not in said.get(name, set())
        if (name, severity) not in NEVER_VIOLATED
    )


def test_each_scenario_under_the_tag_of_a_rule_speaks_of_that_rule() -> None:
    """Where no rule was asked, `product-covered` is all that can be said."""
    assert_none(
        f"{scenario.place}: {tag}"
        for scenario in scenarios()
        for tag in sorted(scenario.tags & rules().keys())
        if not {tag, "product-covered"} & {statement.rule for statement in scenario.statements}
    )


# -- (e) a pharmacist can read them --------------------------------------------------------------------------


def test_no_feature_holds_code() -> None:
    assert_none(
        f"{path.name}:{number}: {line.strip()}"
        for path in documents()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CODE.search(BRAND.sub("", TIME_ZONE.sub("", line)))
    )


# -- (f) each step is in use ---------------------------------------------------------------------------------


@cache
def steps_in_use() -> set[str]:
    kinds = {"Context": "given", "Action": "when", "Outcome": "then"}
    said = {(kinds[step["type"]], plain(step["text"])) for scenario in scenarios() for step in scenario.steps}
    return {step.phrase.text for kind, text in said for step in steps_reading(kind, text)}


def test_each_step_is_used_by_a_feature_or_meant_for_sites() -> None:
    unused = {step.phrase.text for step in STEPS} - steps_in_use()

    assert_none(f"not used: {text}" for text in sorted(unused - MEANT_FOR_SITES))
    assert_none(f"used, or no step any more: {text}" for text in sorted(MEANT_FOR_SITES - unused))
