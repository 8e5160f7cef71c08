"""`orderguard rules test` and `orderguard rules mutate`, as commands.

The bundled rules are tested and mutated by `.ci/run`; here each command has one small rule. Where the process
is not the point, a command runs in this one.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from orderguard.cli import app
from orderguard.rulebook.load import bundled_rules
from orderguard.tools.order_examples import FOLDER
from support.documents import EXAMPLES

Run = Callable[..., CompletedProcess[str]]
Command = Callable[..., CompletedProcess[str]]

PACK = """\
pack: some-pack
version: "1"
title: Some pack
covers: {product: lemtrada}
measure: {indication: multiple-sclerosis}
sources:
  label: {title: The label, publisher: FDA, kind: label}
rules:
  - id: slow-enough
    title: Each infusion is slow enough
    severity: block
    scope: infusion
    require: {infusion.duration_minutes: {at_least: 240}}
    message: "{infusion.duration_minutes} min; at least {infusion.duration_minutes at_least} min."
    action: Lengthen the infusion.
    rationale: Some reason.
    sources: [{source: label}]
    confidence: high
    review: unreviewed
    since: "0.1"
    examples:
      - {name: slow, facts: {infusion.duration_minutes: 240}, expect: cleared}
      - name: fast
        facts: {infusion.duration_minutes: 239}
        expect: violated
        severity: block
        overridable: false
      - {name: not known, facts: {}, expect: not-evaluated}
"""
FEATURE = """\
Feature: Our own cases
  Scenario: A minute too short
    Given a Lemtrada order for course 1
    And infusion 2 runs for 239 minutes
    When the order is verified
    Then the order is rejected
    And rule slow-enough is violated
"""


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run `orderguard` with arguments in this process."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str | Path) -> CompletedProcess[str]:
        code = app(list(map(str, arguments)), prog_name="orderguard", standalone_mode=False)
        out, err = capsys.readouterr()
        return CompletedProcess(arguments, code, out, err)

    return run


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A directory with one rule, whose examples notice every mutant of it."""
    directory = tmp_path / "rules"
    shutil.copytree(bundled_rules() / "terminology", directory / "terminology")
    (directory / "some-pack.yaml").write_text(PACK, encoding="utf-8")
    return directory


@pytest.fixture
def orders(rules: Path) -> Path:
    """A folder of order examples beside the rules, with one good order to name."""
    folder = rules / FOLDER
    folder.mkdir()
    shutil.copy(EXAMPLES / "lemtrada-course-1.json", rules / "good.json")
    return folder


@pytest.fixture
def features(tmp_path: Path) -> Path:
    folder = tmp_path / "features"
    folder.mkdir()
    (folder / "own.feature").write_text(FEATURE, encoding="utf-8")
    return folder


def change(rules: Path, old: str, new: str) -> None:
    pack = rules / "some-pack.yaml"
    text = pack.read_text(encoding="utf-8")
    assert old in text
    pack.write_text(text.replace(old, new), encoding="utf-8")


def example_of(decision: str, findings: str = "[]") -> str:
    return (
        f"name: An order\norder_file: ../good.json\nexpect: {{decision: {decision}, findings: {findings}}}\n"
    )


# -- rules test --------------------------------------------------------------------------------------------


def test_good_examples_are_counted(orderguard: Run, rules: Path, orders: Path) -> None:
    (orders / "some.yaml").write_text(example_of("verified"))

    done = orderguard("rules", "test", "--rules", rules)

    assert done.returncode == 0
    assert "some-pack 1: 3 examples of 1 rules, on both engines." in done.stdout
    assert "1 order examples. All hold." in done.stdout


def test_at_a_site_the_order_examples_that_are_left_aside_are_counted(
    command: Command, rules: Path, orders: Path, tmp_path: Path
) -> None:
    (orders / "some.yaml").write_text(example_of("verified"))
    (tmp_path / "site.yaml").write_text("site: Some site\n")

    done = command("rules", "test", "--rules", rules, "--site", tmp_path / "site.yaml")

    assert done.returncode == 0
    said = " ".join(done.stdout.split())
    assert "0 order examples. All hold. 1 order example of the rules was left aside:" in said


def test_an_example_that_does_not_hold_fails_with_its_line(command: Command, rules: Path) -> None:
    change(rules, "facts: {infusion.duration_minutes: 240}", "facts: {infusion.duration_minutes: 200}")

    done = command("rules", "test", "--rules", rules, "--format", "json")

    assert done.returncode == 1
    (failure,) = json.loads(done.stdout)["failures"]
    assert failure["place"].endswith("some-pack.yaml:22")
    assert "expects cleared, but the rule answers violated" in failure["message"]


def test_rules_that_cannot_be_read_are_no_failed_test(command: Command, rules: Path) -> None:
    change(rules, "at_least: 240", "at_leats: 240")

    assert command("rules", "test", "--rules", rules).returncode == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (example_of("reject"), "the decision is verified, not reject"),
        (
            example_of("verified", "[{rule: slow-enough, outcome: violated}]"),
            "slow-enough is cleared, not violated",
        ),
        (example_of("verified", "[{rule: no-such, outcome: cleared}]"), "there is no rule no-such"),
        (example_of("verifed"), "`decision` must be `verified`, `hold` or `reject`"),
    ],
)
def test_an_order_example_that_does_not_hold_or_cannot_be_read_fails(
    command: Command, rules: Path, orders: Path, text: str, said: str
) -> None:
    (orders / "some.yaml").write_text(text)

    done = command("rules", "test", "--rules", rules)

    assert done.returncode == 1
    assert said in " ".join(done.stdout.split())


def test_a_finding_that_the_example_does_not_name_fails_it(
    command: Command, rules: Path, orders: Path
) -> None:
    order = json.loads((rules / "good.json").read_text())
    order["infusions"][1]["duration_minutes"] = 239
    (rules / "good.json").write_text(json.dumps(order))
    (orders / "some.yaml").write_text(example_of("reject"))

    done = command("rules", "test", "--rules", rules)

    assert done.returncode == 1
    assert "slow-enough is violated (block), and is not named" in " ".join(done.stdout.split())


def test_a_named_folder_without_order_examples_fails(command: Command, rules: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    done = command("rules", "test", "--rules", rules, "--orders", tmp_path / "empty")

    assert done.returncode == 1
    assert "holds no order example" in " ".join(done.stdout.split())


def test_a_folder_that_is_not_there_is_a_wrong_use(command: Command, rules: Path) -> None:
    for option in ("--orders", "--features"):
        assert command("rules", "test", "--rules", rules, option, rules / "none").returncode == 2


def test_a_comparison_that_no_example_reaches_fails_the_coverage(command: Command, rules: Path) -> None:
    change(
        rules,
        "require: {infusion.duration_minutes: {at_least: 240}}",
        "require: {any: [{infusion.duration_minutes: {at_least: 240}}, {infusion.rate_stated: {equals: true}}]}",  # noqa: E501
    )
    change(
        rules,
        "facts: {infusion.duration_minutes: 239}",
        "facts: {infusion.duration_minutes: 239, infusion.rate_stated: false}",
    )

    plain = command("rules", "test", "--rules", rules)
    covered = command("rules", "test", "--rules", rules, "--coverage")

    assert (plain.returncode, covered.returncode) == (0, 1)
    said = " ".join(covered.stdout.split())
    assert "level 1 require infusion.rate_stated equals true was never true" in said


def test_scenarios_count_for_the_coverage(command: Command, rules: Path, features: Path) -> None:
    change(rules, "      - {name: not known, facts: {}, expect: not-evaluated}\n", "")
    change(rules, "    examples:", "    cannot: {not-evaluated: It is always known.}\n    examples:")
    unknown = FEATURE.replace("infusion 2 runs for 239 minutes", "the duration of infusion 2 is not known")
    unknown = unknown.replace("rejected", "on hold").replace("violated", "not evaluated")
    (features / "own.feature").write_text(unknown)

    done = command(
        "rules", "test", "--rules", rules, "--features", features, "--format", "json", "--coverage"
    )

    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["scenarios"] == 1
    assert found["coverage"][0]["outcomes"] == ["cleared", "not-evaluated", "violated"]


def test_a_scenario_that_does_not_hold_fails(command: Command, rules: Path, features: Path) -> None:
    (features / "own.feature").write_text(FEATURE.replace("rejected", "verified"))

    done = command("rules", "test", "--rules", rules, "--features", features)

    assert done.returncode == 1
    assert "own.feature:6:Aminutetooshort" in "".join(done.stdout.split())
    assert "The decision is `reject`." in done.stdout


WITHOUT_TESTING = """\
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "pytest_bdd" else found(name, *more)
from orderguard.cli import main
main()
"""


def test_without_what_reads_features_the_command_says_what_to_install(
    orderguard: Run, rules: Path, features: Path
) -> None:
    done = orderguard("rules", "mutate", "--rules", rules, "--features", features, prelude=WITHOUT_TESTING)

    assert done.returncode == 5
    assert done.stderr == (
        "orderguard: feature files need orderguard[testing]: pip install 'orderguard[testing]'\n"
    )


# -- rules mutate ------------------------------------------------------------------------------------------


def test_examples_that_notice_everything_leave_nothing(orderguard: Run, rules: Path) -> None:
    done = orderguard("rules", "mutate", "--rules", rules)

    assert done.returncode == 0
    assert " ".join(done.stdout.split()) == (
        "7 mutants of 1 rules: 7 noticed by examples, 0 scenarios and 0 order examples; "
        "0 proven equivalent; 0 left."
    )


def test_a_survivor_is_shown_with_an_example_to_paste(command: Command, rules: Path) -> None:
    change(rules, "facts: {infusion.duration_minutes: 240}", "facts: {infusion.duration_minutes: 300}")

    done = command("rules", "mutate", "--rules", rules, "--rule", "slow-enough")

    assert done.returncode == 1
    said = " ".join(done.stdout.split())
    assert "level 1 require infusion.duration_minutes at_least 240 -> 241" in said
    assert "- {name: NAME, facts: {infusion.duration_minutes: 240}, expect: cleared}" in said
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_pasted_example_kills_the_survivor_that_it_was_made_for(command: Command, rules: Path) -> None:
    change(rules, "facts: {infusion.duration_minutes: 239}", "facts: {infusion.duration_minutes: 200}")
    done = command("rules", "mutate", "--rules", rules, "--format", "json")
    survivors = json.loads(done.stdout)["survivors"]
    assert [survivor["mutant"] for survivor in survivors] == [
        "level 1 require infusion.duration_minutes at_least 240 -> 239"
    ]

    change(rules, "    examples:\n", f"    examples:\n      {survivors[0]['example']}\n")

    assert command("rules", "mutate", "--rules", rules).returncode == 0


def test_scenarios_and_order_examples_notice_mutants_and_the_loss_of_items(
    command: Command, rules: Path, features: Path
) -> None:
    done = command("rules", "mutate", "--rules", rules, "--features", features, "--format", "json")

    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert (found["scenarios"], found["mutants"], found["killed"]) == (1, 8, 8)
    left = {survivor["item"] for survivor in found["value_survivors"]}
    # Without its name the order is not identified; without its RxCUI it still is.
    assert "name Lemtrada of lemtrada" not in left
    assert "RxCUI 1594663 of lemtrada" in left


def test_nothing_is_mutated_while_a_scenario_does_not_hold(
    command: Command, rules: Path, features: Path
) -> None:
    (features / "own.feature").write_text(FEATURE.replace("rejected", "verified"))

    done = command("rules", "mutate", "--rules", rules, "--features", features, "--format", "json")

    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert len(found["broken"]) == 1
    assert found["mutants"] == 0


def test_the_result_does_not_depend_on_the_number_of_processes(
    command: Command, rules: Path, features: Path
) -> None:
    one, two = (
        command(
            "rules",
            "mutate",
            "--rules",
            rules,
            "--features",
            features,
            "--format",
            "json",
            "--workers",
            workers,
        ).stdout
        for workers in ("1", "2")
    )

    assert one == two


def test_an_unknown_rule_is_a_wrong_use(command: Command, rules: Path) -> None:
    done = command("rules", "mutate", "--rules", rules, "--rule", "no-such")

    assert done.returncode == 2
    assert "there is no rule `no-such`" in done.stderr
