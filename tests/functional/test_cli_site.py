"""`--site` on the command line, and the pytest option."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import orderguard as orderguard_package
from orderguard.rulebook.site_document import SiteDocument
from support.plugin import PLUGIN_OPTIONS
from support.sites import BY, loosening, site_file

Run = Callable[..., CompletedProcess[str]]

REPOSITORY = Path(__file__).parents[2]
SITE = REPOSITORY / "examples" / "site"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return site_file(
        tmp_path,
        profile="eu",
        settings={"tb_max_age_months": 6},
        raise_={"antihistamine-considered": "warn"},
        loosen=[loosening("opv-household"), loosening("hbv-hcv", "info")],
    )


def words_of(text: str) -> str:
    return " ".join(text.split())


def verdicts(done: CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_check_judges_with_the_site_and_every_verdict_names_it(
    orderguard: Run, site: Path, good_line: str, bad_line: str
) -> None:
    unknown = json.loads(good_line) | {"product": {"name": "Nothing known"}}
    records = "\n".join([good_line, bad_line, json.dumps(unknown)])
    done = orderguard("check", "--site", site, "--format", "jsonl", "-", stdin=records)
    plain = orderguard("check", "--format", "jsonl", "-", stdin=records)
    assert done.returncode == plain.returncode == 1
    assert [verdict["decision"] for verdict in verdicts(done)] == ["verified", "reject", "hold"]
    for verdict, without in zip(verdicts(done), verdicts(plain), strict=True):
        rules, plain_rules = verdict["rules"], without["rules"]
        assert isinstance(rules, dict)
        assert isinstance(plain_rules, dict)
        assert [entry["rule"] for entry in rules["site"]["loosened"]] == ["opv-household", "hbv-hcv"]
        assert {entry["by"] for entry in rules["site"]["loosened"]} == {BY["by"]}
        assert plain_rules["site"] is None
        assert (rules["sha256"] == plain_rules["sha256"]) is (rules["pack"] is None)


def test_check_writes_the_log_event_with_the_name_and_the_loosened_rules(
    orderguard: Run, site: Path, example: Path
) -> None:
    done = orderguard("check", "--site", site, example)
    event = json.loads(done.stderr)
    assert event["rules"]["site"] == {"name": "Test site", "loosened": ["opv-household", "hbv-hcv"]}


def test_the_table_says_what_the_site_changed(orderguard: Run, site: Path, example: Path) -> None:
    done = orderguard("check", "--site", site, example)
    said = words_of(done.stdout)
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "Site: Test site" in said
    assert "profile: eu" in said
    assert "tb_max_age_months: 6" in said
    assert "antihistamine-considered: info, now warn" in said
    assert f"opv-household: info, now off ({BY['by']}, {BY['on']}): {BY['reason']}" in said


def test_the_table_of_several_orders_names_what_is_loosened_for_each(
    orderguard: Run, site: Path, good_line: str, bad_line: str
) -> None:
    done = orderguard("check", "--site", site, "-", stdin=f"{good_line}\n{bad_line}")
    assert words_of(done.stdout).count("Loosened by the site: opv-household (off), hbv-hcv (info)") == 2


def test_explain_judges_with_the_site(orderguard: Run, site: Path, example: Path) -> None:
    done = orderguard("explain", "--site", site, example)
    said = words_of(done.stdout)
    assert done.returncode == 0
    assert "platelets-in-course-eu" in said
    assert "warn cleared antihistamine-considered" in said
    assert "opv-household: info, now off" in said
    assert " info cleared opv-household" not in said


def test_rules_shows_the_rules_as_the_site_has_them(orderguard: Run, site: Path) -> None:
    plain, done = orderguard("rules"), orderguard("rules", "--site", site)
    assert "antihistamine-considered info" in words_of(plain.stdout)
    assert "antihistamine-considered warn" in words_of(done.stdout)
    assert "platelets-in-course-eu (profile: eu)" in words_of(plain.stdout)
    assert "platelets-in-course-eu warn" in words_of(done.stdout)
    assert "opv-household info Nobody" not in words_of(done.stdout)
    assert "opv-household: info, now off" in words_of(done.stdout)


@pytest.mark.parametrize("before", [True, False])
def test_rules_show_shows_a_rule_as_the_site_has_it(orderguard: Run, site: Path, *, before: bool) -> None:
    chosen = ["--site", site]
    arguments = ["rules", *chosen, "show"] if before else ["rules", "show", *chosen]
    screen = words_of(orderguard(*arguments, "tb-screen").stdout)
    assert "begun months counted is at most 6" in screen
    assert "Setting: tb_max_age_months: 6 (at least 1 and at most 24 months)" in screen
    off = words_of(orderguard(*arguments, "opv-household").stdout)
    assert f"Loosened: info, now off ({BY['by']}, {BY['on']})" in off


def test_rules_show_shows_a_rule_that_exists_with_another_setting(orderguard: Run) -> None:
    done = orderguard("rules", "show", "platelets-in-course-eu")
    assert done.returncode == 0
    assert "Only with: profile: eu" in words_of(done.stdout)


@pytest.mark.parametrize("command", [["check"], ["explain"], ["rules"], ["rules", "show"]])
def test_a_site_file_that_is_refused_ends_with_4_and_every_problem(
    orderguard: Run, tmp_path: Path, example: Path, command: list[str]
) -> None:
    site = tmp_path / "site.yaml"
    site.write_text("site: S\nprofil: eu\npacks:\n  lemtrada-ms:\n    loosen: [{rule: hbv-hcv, off: true}]\n")
    last = [example] if command in (["check"], ["explain"]) else ["dose-12mg"] if len(command) > 1 else []
    done = orderguard(*command, "--site", site, *last)
    assert done.returncode == 4
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "orderguard: the rules do not load",
        f"{site}:2: the key `profil` is not known here; did you mean `profile`?",
        f"{site}:5: `by` is missing",
        f"{site}:5: `on` is missing",
        f"{site}:5: `reason` is missing",
    ]


def test_a_site_file_that_cannot_be_opened_ends_with_2(
    orderguard: Run, tmp_path: Path, example: Path
) -> None:
    done = orderguard("check", "--site", tmp_path / "none.yaml", example)
    assert (done.returncode, done.stdout) == (2, "")
    assert "none.yaml: cannot be read: No such file or directory" in done.stderr


def test_nothing_of_a_site_depends_on_the_day(orderguard: Run, tmp_path: Path, example: Path) -> None:
    site = site_file(tmp_path, loosen=[loosening("hbv-hcv", "info", on="2199-12-31")])
    assert orderguard("check", "--site", site, example).returncode == 0


def test_version_names_the_bundled_packs_only(orderguard: Run) -> None:
    assert "site" not in orderguard("--version").stdout


def test_schema_prints_the_schema_of_site_files(orderguard: Run) -> None:
    done = orderguard("schema", "site")
    assert done.returncode == 0
    assert json.loads(done.stdout) == SiteDocument.model_json_schema()


# -- the pytest option ---------------------------------------------------------------------------------------


def pytest_run(folder: Path, *arguments: str | Path) -> CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            *PLUGIN_OPTIONS,
            "-q",
            *map(str, arguments),
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(orderguard_package.__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_features_of_a_site_are_judged_with_its_file(tmp_path: Path) -> None:
    own = Path(shutil.copytree(SITE, tmp_path / "site"))
    (own / "pytest.ini").write_text("[pytest]\n")
    done = pytest_run(own, "--orderguard-site", own / "site.yaml", "features")
    assert done.returncode == 0, done.stdout
    assert pytest_run(own, "features").returncode == 1


CHOICE = """\
Feature: A choice
  Scenario: one
    Given a Lemtrada order for course 1
    And {step}
    When the order is verified
    Then the order is verified
"""


NOT_ALLOWED = [
    ("the pharmacy loosens rule dose-12mg to warn", "The pharmacy cannot choose so"),
    (
        "the pharmacy loosens rule dose-12mg to warn",
        "the rule `dose-12mg` is locked: no site may loosen it",
    ),
    ("the pharmacy raises rule dose to block", "There is no rule dose."),
    ("the pharmacy's settings:\n      | tb age | 6 |", "There is no setting tb_age."),
    (
        "the pharmacy's settings:\n      | tb max age months | 99 |",
        "must be at least 1 and at most 24 months",
    ),
    ("the pharmacy's settings:\n      | profile |", "a column of settings and a column of values"),
    ("the pharmacy's settings:\n      | profile | eu |\n      | profile | us |", "is chosen twice"),
]


@pytest.fixture(scope="module")
def said_of(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of the failure of each scenario, by its step, after one run of pytest over all."""
    folder = tmp_path_factory.mktemp("choices")
    (folder / "pytest.ini").write_text("[pytest]\n")
    steps = dict(enumerate(dict(NOT_ALLOWED)))
    for number, step in steps.items():
        (folder / f"choice-{number}.feature").write_text(CHOICE.format(step=step))
    done = pytest_run(folder, "--junit-xml", "report.xml")
    assert done.returncode == 1
    cases = ET.parse(folder / "report.xml").iter("testcase")  # noqa: S314 (pytest wrote it just now)
    said = {
        case.attrib["classname"]: failure.text or "" for case in cases for failure in case.iter("failure")
    }
    return {step: said[f"choice-{number}.feature"] for number, step in steps.items()}


@pytest.mark.parametrize(("step", "reason"), NOT_ALLOWED)
def test_a_scenario_that_the_packs_do_not_allow_fails_with_the_reason(
    said_of: dict[str, str], step: str, reason: str
) -> None:
    assert reason in said_of[step]
