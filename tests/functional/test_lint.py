"""`orderguard rules lint`: silent on good rules, and each planted mistake found where it stands."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from orderguard.rulebook.load import TERMINOLOGY, bundled_rules
from orderguard.tools.lint import LintProblem, lint_rules
from orderguard.tools.lint.checks import CHECKS
from orderguard.tools.lint.loading import MESSAGES, code_of
from orderguard.tools.lint.reference import reference_page
from support.packs import PACKS, changed_rules
from support.planted import PLANTED, Planted, with_good_rule, within

Run = Callable[..., CompletedProcess[str]]

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "lint.md"
NOT_PLANTED = {
    "value-set": "a test of its own plants it outside the rule file",
    "does-not-load": "what the loader says in words that lint does not know",
    "unused-setting": "the bundled rules have no setting without use",
}


EXAMPLE_SITE = Path(__file__).parents[2] / "examples" / "site"


def names(planted: Planted) -> str:
    return f"{planted.code}-{planted.rule}"


def found(problems: list[LintProblem]) -> list[tuple[str, int, str | None]]:
    return [(problem.code, problem.line, problem.rule) for problem in problems]


def test_the_bundled_rules_have_no_problem(orderguard: Run) -> None:
    done = orderguard("rules", "lint")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.parametrize("planted", PLANTED, ids=names)
def test_a_planted_mistake_is_found_where_it_stands(planted: Planted, tmp_path: Path) -> None:
    # Some are planted among all rules below, where the command is run.
    rules, line = planted.plant(tmp_path, whole=False)
    problems = lint_rules(rules)
    assert (planted.code, line, planted.rule if planted.of_rule else None) in found(problems)
    assert {problem.file for problem in problems} == {str(rules / PACKS["lemtrada"])}


def test_every_check_has_a_planted_mistake() -> None:
    assert {planted.code for planted in PLANTED} | set(NOT_PLANTED) == set(CHECKS)


def test_a_mistake_in_the_value_sets_is_found_beside_those_in_the_rules(tmp_path: Path) -> None:
    rules = changed_rules(
        tmp_path, within("dose-12mg", lambda t: t.replace("    severity:", "    severty:")), "lemtrada"
    )
    drugs = next(path for path in sorted((rules / TERMINOLOGY).glob("*.yaml")))
    drugs.write_text(drugs.read_text(encoding="utf-8") + "nonsense: 1\n", encoding="utf-8")
    problems = lint_rules(rules)
    assert {problem.code for problem in problems} >= {"value-set", "wrong-shape"}


def test_what_keeps_rules_from_loading_and_what_does_not_are_found_together(tmp_path: Path) -> None:
    def spoil(text: str) -> str:
        text = with_good_rule(text)
        text = within("dose-12mg", lambda t: t.replace("{infusion.dose_mg: {e", "{infusion.dose: {e"))(text)
        text = within("rems-pharmacy", lambda t: t.replace("    severity:", "    severty:"))(text)
        return within("planted-cap", lambda t: t.replace("infusion_count: 10}", "infusion_count: 11}"))(text)

    codes = {problem.code: problem.rule for problem in lint_rules(changed_rules(tmp_path, spoil, "lemtrada"))}
    assert codes == {
        "unknown-fact": "dose-12mg",
        "wrong-shape": None,
        "missing-boundary-example": "planted-cap",
    }


def test_a_text_that_the_loader_has_and_lint_does_not_know_is_not_lost() -> None:
    assert code_of("the moon is full") == "does-not-load"
    assert code_of("nothing depends on the setting `month_end_policy`") == "unused-setting"
    assert code_of("the setting `limit` may be 13: `age` is not above 12") == "limit-out-of-range"


def test_the_messages_of_the_loader_have_known_codes() -> None:
    assert {code for code, _ in MESSAGES} <= set(CHECKS)


def test_people_read_place_what_why_and_remedy(orderguard: Run, tmp_path: Path) -> None:
    planted = next(p for p in PLANTED if (p.code, p.rule) == ("redundant-clause", "rems-status-form"))
    rules, line = planted.plant(tmp_path)
    done = orderguard("rules", "lint", "--rules", rules, environment={"COLUMNS": "80"})
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    check = CHECKS["redundant-clause"]
    words = " ".join(done.stdout.split())
    assert f"{rules / PACKS['lemtrada']}:{line}: redundant-clause in rule rems-status-form" in words
    assert (
        "What: this clause has no effect: days from the newest status form to day 1 is less than -3" in words
    )
    assert f"Why: {check.why} Remedy: {check.remedy}" in words
    assert lines[-1] == "1 problem."
    assert max(len(text) for text in lines if str(rules) not in text) <= 80


def test_programs_read_an_array_of_objects(orderguard: Run, tmp_path: Path) -> None:
    planted = next(planted for planted in PLANTED if planted.code == "unknown-fact")
    rules, line = planted.plant(tmp_path)
    done = orderguard("rules", "lint", "--rules", rules, "--format", "json")
    assert done.returncode == 1
    rows = json.loads(done.stdout)
    assert [list(row) for row in rows] == [
        ["file", "line", "rule", "code", "problem", "why", "remedy"]
    ] * len(rows)
    assert (rows[0]["file"], rows[0]["line"]) == (str(rules / PACKS["lemtrada"]), line)
    assert (rows[0]["rule"], rows[0]["code"]) == ("dose-12mg", "unknown-fact")
    assert "did you mean `infusion.dose_mg`?" in rows[0]["problem"]


def test_good_rules_are_an_empty_array(orderguard: Run) -> None:
    done = orderguard("rules", "lint", "--format", "json")
    assert (done.stdout, done.returncode) == ("[]\n", 0)


def test_a_folder_without_rules_is_a_problem(orderguard: Run, tmp_path: Path) -> None:
    done = orderguard("rules", "lint", "--rules", tmp_path)
    assert done.returncode == 1
    assert "unreadable-file" in done.stdout


def test_of_an_empty_folder_one_thing_is_said(tmp_path: Path) -> None:
    assert found(lint_rules(tmp_path)) == [("unreadable-file", 1, None)]


def test_every_problem_is_said_in_plain_words() -> None:
    for code, check in CHECKS.items():
        assert code == code.lower()
        assert check.finds[0].islower() or check.finds[0] == "`", code
        assert check.why.endswith(".")
        assert check.remedy.endswith(".")


def test_the_reference_page_is_what_the_checks_say() -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    assert page == reference_page(), (
        "run `python -m orderguard.tools.lint.reference > docs/reference/lint.md`"
    )


# -- settings ------------------------------------------------------------------------------------------------

SETTINGS = """
settings:
  most_infusions:
    title: The most infusions
    default: 9
    at_least: 2
    at_most: 12
    unit: days
  region:
    title: Whose text counts
    default: us
    values: {us: {}, eu: {}}
"""
CAP = "{course.infusion_count: {at_most: 9}}"
CAPPED = "{course.infusion_count: {at_most: {setting: most_infusions}}}"
BY_REGION = """\
    levels:
      - severity: info
        only_when: {region: us}
        require: {course.infusion_count: {at_most: 9}}
        message: "Infusions: {course.infusion_count}."
      - severity: info
        only_when: {region: eu}
        require: {any: [{course.infusion_count: {at_most: 7}}, {course.infusion_count: {less_than: 7}}]}
        message: "Infusions: {course.infusion_count}."
"""


def with_settings(directory: Path, change: Callable[[str], str]) -> Path:
    """The bundled rules with two more settings, and one more rule, changed."""

    def changed(text: str) -> str:
        return within("planted-cap", change)(with_good_rule(text.replace("\nsettings:\n", SETTINGS, 1)))

    return changed_rules(directory, changed, "lemtrada")


def capped_by_setting(text: str) -> str:
    return text.replace(CAP, CAPPED)


def titled(text: str) -> str:
    return text.replace("nine infusions", "9 infusions")


def by_region(text: str) -> str:
    start, rest = text.split("    severity: info\n")
    return start + BY_REGION + rest[rest.index("    action:") :]


def codes_of(problems: list[LintProblem]) -> dict[str, str]:
    return {problem.code: problem.problem for problem in problems}


def test_a_setting_in_another_unit_than_the_fact_is_found(tmp_path: Path) -> None:
    problems = codes_of(lint_rules(with_settings(tmp_path, capped_by_setting)))
    assert problems["type-mismatch"] == (
        "the setting `most_infusions` is in days, `course.infusion_count` is in infusions"
    )
    assert "nothing depends on the setting `region`" in problems["unused-setting"]


def test_a_title_with_a_limit_that_a_setting_may_move_is_found(tmp_path: Path) -> None:
    rules = with_settings(tmp_path, lambda text: titled(capped_by_setting(text)))
    assert codes_of(lint_rules(rules))["hard-coded-limit"] == (
        "the title writes 9 out, which the setting `most_infusions` may move"
    )


def test_a_title_with_a_fixed_limit_is_no_problem(tmp_path: Path) -> None:
    rules = changed_rules(
        tmp_path, lambda text: within("planted-cap", titled)(with_good_rule(text)), "lemtrada"
    )
    assert lint_rules(rules) == []


def test_a_level_that_exists_only_with_another_word_is_looked_at(tmp_path: Path) -> None:
    found = [
        (problem.code, problem.problem)
        for problem in lint_rules(with_settings(tmp_path, by_region))
        if problem.rule == "planted-cap"
    ]
    label = "number of infusions"
    assert [text for code, text in found if code == "redundant-clause"] == [
        f"this clause has no effect: {label} is less than 7"
    ]
    assert [text for code, text in found if code == "missing-boundary-example"] == [
        f"no example has {label} at 7 (`course.infusion_count`)",
        f"no example has {label} just above 7 (`course.infusion_count`)",
        f"no example has {label} just below 7 (`course.infusion_count`)",
    ]


def test_a_milder_level_may_say_that_the_stricter_one_does_not_speak(tmp_path: Path) -> None:
    def unsaid(text: str) -> str:
        return text.replace("        applies: {course.number: {at_least: 2}}\n", "")

    rules = changed_rules(tmp_path, within("baseline-upcr-first", unsaid), "lemtrada")
    assert {problem.code for problem in lint_rules(rules)} <= {"missing-boundary-example"}
    assert lint_rules(bundled_rules()) == []


# -- sites ---------------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the worked example of a site."""
    return Path(shutil.copytree(EXAMPLE_SITE, tmp_path / "own")) / "site.yaml"


def test_the_worked_example_of_a_site_has_no_problem(own: Path) -> None:
    assert lint_rules(bundled_rules(), own) == []


def test_the_packs_of_a_site_are_looked_at(own: Path) -> None:
    pack = own.parent / "rules" / "natalizumab-example.yaml"
    text = pack.read_text()
    spoilt = text.replace(
        "      - {name: one hour, facts: {infusion.duration_minutes: 60}, expect: cleared}\n", ""
    )
    assert spoilt != text
    pack.write_text(spoilt)
    assert [(p.code, Path(p.file).name, p.rule) for p in lint_rules(bundled_rules(), own)] == [
        ("missing-boundary-example", pack.name, "nat-duration")
    ]


def test_what_is_wrong_with_the_site_file_is_among_the_problems(own: Path) -> None:
    own.write_text(own.read_text().replace("tb_max_age_months: 6", "tb_max_age_months: 60"))
    [problem] = lint_rules(bundled_rules(), own)
    assert (Path(problem.file).name, "tb_max_age_months" in problem.problem) == ("site.yaml", True)
