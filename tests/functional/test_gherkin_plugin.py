"""The pytest plugin: what it collects, what it refuses, and when a scenario fails."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

import orderguard
import orderguard.testing.bdd as steps
from support.plugin import PLUGIN_OPTIONS

pytest_plugins = ["pytester"]

# Hypothesis would be imported anew by each run of pytest in this process.
EXAMPLES = Path(__file__).parent.parent.parent / "examples"
_OPTIONS = [
    *("-p", "no:cacheprovider"),
    *("-p", "no:hypothesispytest"),
    *PLUGIN_OPTIONS,
]

GOOD = """
Feature: Duration

  Scenario: one minute short
    Given a Lemtrada order for course 1
    And infusion 2 runs for 239 minutes
    When the order is verified
    Then the order is rejected
    And rule infusion-min-4h is violated
"""


@pytest.fixture(scope="session")
def verifier() -> orderguard.Verifier:
    return orderguard.Verifier(log=io.StringIO(), engines="reference")


@pytest.fixture
def site(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, verifier: orderguard.Verifier) -> Site:
    monkeypatch.setattr(steps, "Verifier", lambda *_, **__: verifier)
    return Site(pytester)


class Site:
    """A folder of feature files, and pytest run in it."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self._pytester = pytester

    def write(self, text: str | bytes, name: str = "site.feature") -> Path:
        path = self._pytester.path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def run(self, text: str | bytes | None = None, *options: str) -> pytest.RunResult:
        if text is not None:
            self.write(text)
        return self._pytester.runpytest_inprocess(*_OPTIONS, *options)

    def collected(self, *options: str) -> list[pytest.Item]:
        items, _ = self._pytester.inline_genitems(*_OPTIONS, *options)
        return items


def scenario(*lines: str) -> str:
    return "\n".join(["Feature: A site", "  Scenario: one", *(f"    {line}" for line in lines)])


def changed(*changes: str, then: tuple[str, ...]) -> str:
    """A scenario on the order for course 1."""
    return scenario(
        "Given a Lemtrada order for course 1",
        *(f"And {change}" for change in changes),
        "When the order is verified",
        *(f"Then {line}" for line in then),
    )


def said(result: pytest.RunResult) -> str:
    return result.stdout.str()


# -- a site with no Python -------------------------------------------------------------------------------


def test_a_folder_with_one_feature_file_and_no_python_passes(tmp_path: Path) -> None:
    (tmp_path / "duration.feature").write_text(GOOD)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *_OPTIONS, "--strict-markers", "-W", "error"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(orderguard.__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 passed" in run.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["duration.feature"]


def test_a_file_with_byte_order_mark_passes(site: Site) -> None:
    site.run(b"\xef\xbb\xbf" + GOOD.lstrip().encode()).assert_outcomes(passed=1)


def test_names_of_test_functions_that_a_site_chooses_leave_no_scenario_out(site: Site) -> None:
    result = site.run(GOOD, "-o", "python_functions=check_*", "-o", "collect_imported_tests=false")
    result.assert_outcomes(passed=1)


def test_a_file_name_with_blanks_is_collected(site: Site) -> None:
    site.write(GOOD, "how long - 4 h.feature")
    site.run().assert_outcomes(passed=1)


def test_a_tag_with_hyphens_selects_under_strict_markers(site: Site) -> None:
    text = GOOD.replace("Scenario: one", "@infusion-min-4h\n  Scenario: one") + GOOD.split("\n", 2)[
        2
    ].replace("one minute", "one more minute")
    result = site.run(text, "--strict-markers", "-m", "infusion-min-4h")
    result.assert_outcomes(passed=1, deselected=1)


def test_the_engines_and_rules_of_the_options_reach_the_verifier(
    site: Site, monkeypatch: pytest.MonkeyPatch, verifier: orderguard.Verifier
) -> None:
    asked: list[tuple[object, object]] = []

    def recorded(rules: object, **options: object) -> orderguard.Verifier:
        asked.append((rules, options["engines"]))
        return verifier

    monkeypatch.setattr(steps, "Verifier", recorded)
    site.run(GOOD, "--orderguard-engine", "durable", "--orderguard-rules", "here").assert_outcomes(passed=1)
    monkeypatch.setenv("ORDERGUARD_ENGINE", "reference")
    site.run().assert_outcomes(passed=1)
    monkeypatch.delenv("ORDERGUARD_ENGINE")
    site.run().assert_outcomes(passed=1)
    assert asked == [("here", "durable"), (None, "reference"), (None, "both")]


def test_one_verifier_serves_all_scenarios_of_a_run(
    site: Site, monkeypatch: pytest.MonkeyPatch, verifier: orderguard.Verifier
) -> None:
    made: list[object] = []
    monkeypatch.setattr(steps, "Verifier", lambda *_, **__: made.append(1) or verifier)
    site.write(GOOD, "first.feature")
    site.write(GOOD, "second.feature")
    site.run().assert_outcomes(passed=2)
    assert len(made) == 1


def test_rules_that_do_not_load_fail_with_file_and_line(pytester: pytest.Pytester) -> None:
    rules = pytester.path / "rules"
    rules.mkdir()
    (rules / "broken.yaml").write_text("pack: broken\npack: twice\n")
    (pytester.path / "site.feature").write_text(GOOD)
    result = pytester.runpytest_inprocess(*_OPTIONS, "--orderguard-rules", str(rules))
    result.assert_outcomes(failed=1)
    assert "The rules do not load" in said(result)
    assert "broken.yaml:2" in said(result)


def test_without_pytest_bdd_feature_files_are_left_alone_and_the_header_says_so(site: Site) -> None:
    result = site.run(GOOD, "-p", "no:pytest-bdd")
    result.assert_outcomes()
    assert "install orderguard[testing]" in said(result)


def test_a_sites_own_steps_stand_beside_ours(site: Site, pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        "from pytest_bdd import given\n@given('the pharmacist is at work')\ndef _(): pass\n"
    )
    site.run(GOOD.replace("Given a", "Given the pharmacist is at work\n    And a")).assert_outcomes(passed=1)


def test_a_feature_of_a_sites_own_steps_needs_no_order(site: Site, pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        "from pytest_bdd import when, then\n"
        "@when('it rains')\ndef _(): pass\n"
        "@then('it is wet')\ndef _(): pass\n"
    )
    site.run(scenario("When it rains", "Then it is wet")).assert_outcomes(passed=1)


# -- nothing is left out -------------------------------------------------------------------------------

MANY = """
Feature: Many

  Background:
    Given a Lemtrada order for course 1

  Scenario: plain
    When the order is verified
    Then the order is verified

  @tagged
  Rule: A rule

    Background:
      Given the patient is male

    Example: plain again
      When the order is verified
      Then the order is verified

    Scenario Outline: <minutes> minutes
      Given every infusion runs for <minutes> minutes
      When the order is verified
      Then rule infusion-min-4h is <outcome>

      Examples:
        | minutes | outcome |
        | 239     | violated |
        | 240     | cleared |

      @more
      Examples: more of them
        | minutes | outcome |
        | 239     | violated |
        | 300     | cleared |
        | 239     | violated |

  Rule: Another rule

    Scenario: plain, but not the same
      When the order is verified
      Then the order is verified

    Scenario: plain but not the same
      When the order is verified
      Then the order is verified
"""


def test_as_many_tests_are_collected_as_gherkin_counts(site: Site) -> None:
    site.write(MANY)
    document: Any = {**Parser().parse(MANY), "uri": "many"}
    counted = len(Compiler().compile(document))
    assert counted == 9
    assert len(site.collected("--strict-markers")) == counted
    site.run(None, "--strict-markers").assert_outcomes(passed=counted)


def test_a_plugin_that_drops_scenarios_is_found_out(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from orderguard.testing import feature_file

    def forgetful(path: Path, feature: Any) -> Any:
        module = made(path, feature)
        delattr(module, "test_plain")
        return module

    made = feature_file._module
    monkeypatch.setattr(feature_file, "_module", forgetful)
    result = site.run(MANY)
    result.assert_outcomes(errors=1)
    assert "holds 9 cases, but only 8 were collected" in said(result)


def broken(text: str) -> str:
    """The scenario of GOOD, and something wrong beside it."""
    return GOOD.replace("Feature: Duration\n", text)


REFUSED = {
    "empty file": ("", "The file holds no feature."),
    "only comments": ("# Feature: a\n# Scenario: b\n", "The file holds no feature."),
    "not UTF-8": ("Feature: a\n".encode("utf-16"), "not written in UTF-8"),
    "not Gherkin": ("Duration of infusions\n", "site.feature:1: This line does not fit here: `Duration"),
    "misspelt heading": (GOOD.replace("Scenario:", "Scenaro:"), "site.feature:"),
    "ragged table": (
        GOOD + "    And these rules are violated:\n      | a |\n      | b | c |\n",
        "Inconsistent cell count",
    ),
    "feature without scenario": ("Feature: a\n", "site.feature:1: This feature has no scenario."),
    "rule without scenario": (GOOD + "\n  Rule: four hours\n", "This rule has no scenario."),
    "scenario without name": (GOOD.replace("one minute short", ""), "This scenario has no name."),
    "no when": (
        scenario("Given a Lemtrada order for course 1", "Then the order is verified"),
        "no `When` step",
    ),
    "no then": (
        scenario("Given a Lemtrada order for course 1", "When the order is verified"),
        "no `Then` step",
    ),
    "no step": (scenario(), "no `When` step"),
    "step in the description of a feature": (
        broken("Feature: Duration\n  Given a Lemtrada order for course 1\n"),
        "site.feature:3: This line is read as a description and never run: `Given a",
    ),
    "lower-case step": (
        scenario("given a Lemtrada order", "When the order is verified", "Then the order is verified"),
        "site.feature:3: This line is read as a description",
    ),
    "step with a colon": (
        GOOD.replace("one minute short\n", "one minute short\n    Then: the order is verified\n"),
        "read as a description",
    ),
    "step in the description of a rule": (
        broken("Feature: a\n  Rule: b\n    * the order is verified\n"),
        "read as a description",
    ),
    "lower-case heading": (broken("Feature: a\n  scenario: b\n"), "read as a description"),
    "two of one name": (GOOD + GOOD.split("\n", 2)[2], "line 4 has the same name"),
    "outline without examples": (GOOD.replace("Scenario:", "Scenario Outline:"), "no examples"),
    "examples without a row": (
        GOOD.replace("Scenario:", "Scenario Outline:") + "\n    Examples:\n      | a |\n",
        "These examples have no row.",
    ),
    "examples without a table": (
        GOOD.replace("Scenario:", "Scenario Outline:") + "\n    Examples:\n",
        "These examples have no row.",
    ),
    "examples without the column": (
        GOOD.replace("239", "<minutes>") + "\n    Examples:\n      | minuts |\n      | 239 |\n",
        "no column `minutes`",
    ),
    "placeholder without examples": (GOOD.replace("239", "<minutes>"), "the scenario has no examples"),
    "tag that pytest cannot take": (GOOD.replace("Scenario", "@a:b\n  Scenario"), "The tag @a:b"),
    "first step is an And": (
        scenario(
            "And a Lemtrada order for course 1", "When the order is verified", "Then the order is verified"
        ),
        "The first step must begin",
    ),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_gherkin_would_pass_over_is_an_error_of_collection(
    site: Site, text: str | bytes, message: str
) -> None:
    result = site.run(text)
    result.assert_outcomes(errors=1)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert message in said(result)


def test_a_broken_file_does_not_hide_behind_a_good_one(site: Site) -> None:
    site.write("", "empty.feature")
    result = site.run(GOOD, "--continue-on-collection-errors")
    result.assert_outcomes(passed=1, errors=1)
    assert result.ret != 0


def test_every_problem_of_a_file_is_reported(site: Site) -> None:
    result = site.run("Feature: a\n  Scenario: b\n    Given c\n  Rule: d\n")
    assert "site.feature:2: This scenario has no `When` step." in said(result)
    assert "site.feature:2: This scenario has no `Then` step." in said(result)
    assert "site.feature:4: This rule has no scenario." in said(result)


# -- scenarios that fail ---------------------------------------------------------------------------------

FAILING = {
    "wrong decision": (
        changed("infusion 2 runs for 239 minutes", then=("the order is verified",)),
        "The decision is `reject`.",
    ),
    "wrong outcome": (
        changed("infusion 2 runs for 240 minutes", then=("rule infusion-min-4h is violated",)),
        "Rule infusion-min-4h is cleared.",
    ),
    "wrong level": (
        changed("the birth date is 2008-06-03", then=("rule age-minimum is violated at level warn",)),
        "at level block",
    ),
    "one of several outcomes": (
        changed("infusion 2 runs for 239 minutes", then=("rules no-mix and infusion-min-4h are cleared",)),
        "Rule infusion-min-4h is violated.",
    ),
    "another rule speaks": (
        changed(
            "infusion 2 runs for 239 minutes",
            "the dose of infusion 1 is 11 mg",
            then=("rule dose-12mg is violated",),
        ),
        "The scenario does not name these rules, which speak too:",
    ),
    "another rule is not evaluated": (
        changed("the birth date is not known", then=("the order is on hold",)),
        "age-minimum (block, not evaluated)",
    ),
    "misspelt rule": (
        changed(then=("rule infusion-min-4 is cleared",)),
        "There is no rule infusion-min-4. Did you mean `infusion-min-4h`",
    ),
    "misspelt step": (
        changed("infusion 2 rans for 239 minutes", then=("the order is verified",)),
        "Did you mean `infusion 2 runs for 239 minutes`",
    ),
    "misspelt word": (
        changed("the diluent of infusion 2 is steril water", then=("the order is verified",)),
        "`steril water` is no diluent. Did you mean `sterile water`?",
    ),
    "misspelt thing": (
        changed("the brith date is not known", then=("the order is verified",)),
        "`the brith date` is no thing. Did you mean `the birth date`",
    ),
    "misspelt drug": (
        changed("the patient takes natalizumb", then=("the order is verified",)),
        "No value set knows the drug `natalizumb`.",
    ),
    "impossible date": (
        changed("infusion 3 is on 2025-06-31", then=("the order is verified",)),
        "2025-06-31 is no day of the calendar.",
    ),
    "no such infusion": (
        changed("infusion 6 runs for 239 minutes", then=("the order is verified",)),
        "The order has no infusion 6; it has 5.",
    ),
    "given after when": (
        changed(then=("the order is verified",)) + "\n    Given infusion 2 runs for 239 minutes",
        "The order was verified already",
    ),
    "then before when": (
        scenario(
            "Given a Lemtrada order for course 1", "Then the order is verified", "When the order is verified"
        ),
        "The order was not verified yet.",
    ),
    "step of another kind": (
        scenario("Given the order is on hold", "When the order is verified", "Then the order is verified"),
        "It is a `Then` step.",
    ),
    "no order": (
        scenario("When the order is verified", "Then the order is verified"),
        "There is no order yet.",
    ),
    "two orders": (changed("a Campath order", then=("the order is verified",)), "has an order already"),
    "table where none is taken": (
        changed("infusion 2 runs for 239 minutes\n      | a |", then=("the order is rejected",)),
        "This step takes no table.",
    ),
    "no table where one is needed": (
        changed("the infusions are:", then=("the order is rejected",)),
        "This step needs a table under it.",
    ),
    "text block": (
        changed(
            'infusion 2 runs for 239 minutes\n      """\n      a\n      """', then=("the order is rejected",)
        ),
        "A step takes no text block.",
    ),
    "message says something else": (
        changed(
            "infusion 2 runs for 239 minutes",
            then=("rule infusion-min-4h is violated", 'the message of rule infusion-min-4h says "23"'),
        ),
        "The message of rule infusion-min-4h says: Infusion 2",
    ),
    "another infusion": (
        changed(
            "infusion 2 runs for 239 minutes", then=("the finding of rule infusion-min-4h names infusion 3",)
        ),
        "does not name infusion 3",
    ),
    "something else is missing": (
        changed(
            "the birth date is not known", then=("rule age-minimum points to the medications as missing",)
        ),
        "points to /patient/birth_date as missing",
    ),
}


@pytest.mark.parametrize(("text", "message"), FAILING.values(), ids=FAILING.keys())
def test_a_scenario_that_does_not_hold_fails_and_says_why(site: Site, text: str, message: str) -> None:
    result = site.run(text)
    result.assert_outcomes(failed=1)
    assert message in said(result)
    assert said(result).count(message) <= 2, "once in the report, once in the summary"


def test_a_failing_step_is_named_with_file_and_line(site: Site) -> None:
    result = site.run(changed("infusion 2 runs for 239 minutes", then=("the order is verified",)))
    assert "site.feature:6: Then the order is verified" in said(result)


def test_a_scenario_that_says_nothing_about_the_outcome_fails(site: Site, pytester: pytest.Pytester) -> None:
    pytester.makeconftest("from pytest_bdd import then\n@then('all is well')\ndef _(): pass\n")
    result = site.run(changed(then=("all is well",)))
    result.assert_outcomes(failed=1)
    assert "says nothing about the decision or a rule" in said(result)


# -- scenarios that hold ---------------------------------------------------------------------------------

HOLDING = {
    "an info finding need not be named": changed(
        "there is no antihistamine", then=("the order is verified",)
    ),
    "an info finding can be named": changed(
        "there is no antihistamine", then=("rule antihistamine-considered is violated at level info",)
    ),
    "a drug in quotes may be on no list": changed(
        'the patient takes "vitalixir"', then=("rule medication-unrecognised is violated",)
    ),
    "the other finding is named": changed(
        "infusion 2 runs for 239 minutes",
        "the dose of infusion 1 is 11 mg",
        then=("rules dose-12mg and infusion-min-4h are violated", "rule dose-12mg cannot be overridden"),
    ),
    "rules in a table": changed(
        "infusion 2 runs for 239 minutes",
        "the dose of infusion 1 is 11 mg",
        then=("these rules are violated:\n      | dose-12mg |\n      | infusion-min-4h |",),
    ),
    "what is missing": changed(
        "the duration of infusion 2 is not known",
        then=(
            "the order is on hold",
            "rules infusion-min-4h, bag-end-8h and infusion-long are not evaluated",
            "rule infusion-min-4h points to the duration of infusion 2 as missing",
            "the finding of rule infusion-min-4h names infusion 2",
            "the finding of rule infusion-min-4h does not name infusion 1",
        ),
    ),
    "what it was judged by": changed(
        "every infusion runs for 239.5 minutes",
        then=(
            "rule infusion-min-4h is violated",
            'the message of rule infusion-min-4h says "239.5"',
            'the message of rule infusion-min-4h does not say "239"',
            "rule infusion-min-4h shows the duration of every infusion as evidence",
            "the finding of rule infusion-min-4h names every infusion",
        ),
    ),
    "an overridable rule": changed(
        "the patient is observed for 119 minutes after infusion 2",
        then=("rule observe-2h is violated", "rule observe-2h can be overridden"),
    ),
    "a product that no pack covers": changed(
        "the product name is Vitalixir",
        then=("the order is on hold", "rule product-covered is not evaluated"),
    ),
}


@pytest.mark.parametrize("text", HOLDING.values(), ids=HOLDING.keys())
def test_a_scenario_that_holds_passes(site: Site, text: str) -> None:
    site.run(text).assert_outcomes(passed=1)


def test_a_second_course_with_its_own_dates_is_verified(site: Site) -> None:
    text = changed(then=("the order is verified",)).replace("course 1", "course 2")
    site.run(text).assert_outcomes(passed=1)


# -- a site's own order documents --------------------------------------------------------------------------

OWN = scenario(
    'Given the order in the file "own.json"', "When the order is verified", "Then the order is verified"
)


def test_a_site_starts_with_an_order_document_that_lies_beside_the_feature_file(site: Site) -> None:
    site.write((EXAMPLES / "lemtrada-course-1.json").read_bytes(), "own.json")
    site.run(OWN).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file or directory"),
        (b"{", "it is not JSON in UTF-8"),
        (b"\xff", "it is not JSON in UTF-8"),
        (b"[]", "does not hold one order with its infusions"),
        (b"{}", "does not hold one order with its infusions"),
    ],
)
def test_a_file_that_is_no_order_document_fails_and_says_why(
    site: Site, content: bytes | None, reason: str
) -> None:
    if content is not None:
        site.write(content, "own.json")
    result = site.run(OWN)
    result.assert_outcomes(failed=1)
    assert "own.json" in said(result)
    assert reason in said(result)
