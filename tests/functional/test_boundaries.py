"""`orderguard rules boundaries`: what a rule says around its limits, and the fewest examples that suffice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from orderguard.rulebook.conditions import Compare, Op
from orderguard.rulebook.load import bundled_rules, load_rulebook
from orderguard.rulebook.pack import Level, Outcome, Pack, Rulebook, Severity
from orderguard.tools.boundaries import Case, Table, limits_around, settings_needed, smallest_table
from orderguard.tools.boundaries_report import as_yaml
from orderguard.tools.grid import RuleJudge
from orderguard.tools.lint import lint_rules
from orderguard.tools.mutants import mutants_of
from support.packs import blocks, id_of
from support.rules import VOCABULARY, level, rule

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def tables(rulebook: Rulebook) -> dict[str, Table]:
    """The smallest table of every bundled rule."""
    return {
        each.id: smallest_table(each, rulebook.vocabulary, settings_needed(pack, each))
        for pack in rulebook.packs
        for each in (*pack.rules, *pack.dormant)
    }


def test_a_limit_is_shown_just_below_at_and_just_above_and_not_known() -> None:
    days = rule(level(Compare("days", Op.AT_LEAST, 3)))
    (limit,) = limits_around(days, VOCABULARY)
    assert limit.limits == (3,)
    assert [(row.value, row.outcome, row.severity) for row in limit.rows] == [
        (2, Outcome.VIOLATED, Severity.BLOCK),
        (3, Outcome.CLEARED, None),
        (4, Outcome.CLEARED, None),
        (None, Outcome.NOT_EVALUATED, Severity.BLOCK),
    ]


def test_the_other_facts_are_such_that_the_limit_matters() -> None:
    days = rule(level(Compare("days", Op.AT_LEAST, 3), applies=Compare("known", Op.EQUALS, True)))
    around = {limit.fact.name: limit for limit in limits_around(days, VOCABULARY)}
    assert around["days"].beside == {"known": True}
    assert {row.outcome for row in around["days"].rows} > {Outcome.VIOLATED, Outcome.CLEARED}


def _weight(weighed: Level | Case) -> tuple[Severity | None, bool]:
    return weighed.severity, bool(weighed.overridable)


def test_each_table_tells_the_rule_from_every_mutant_that_an_example_can_show(
    rulebook: Rulebook, tables: dict[str, Table]
) -> None:
    for each in (r for pack in rulebook.packs for r in pack.rules):
        table = tables[each.id]
        silent = {mutant.name for mutant in table.equivalent}
        assert table.noticed + len(silent) == table.mutants
        for mutant in mutants_of(each, rulebook.vocabulary):
            if mutant.rule is None or mutant.name in silent:
                continue
            judge = RuleJudge(mutant.rule, rulebook.vocabulary)
            said = [(case, judge(case.facts)) for case in table.cases]
            assert any(
                outcome is not case.outcome
                or (index is not None and _weight(mutant.rule.levels[index]) != _weight(case))
                for case, (outcome, index) in said
            ), f"{each.id}: {mutant.name}"


def test_no_line_of_a_table_can_be_left_out(rulebook: Rulebook) -> None:
    each = next(r for pack in rulebook.packs for r in pack.rules if r.id == "dose-12mg")
    outcomes = [case.outcome for case in smallest_table(each, rulebook.vocabulary).cases]
    assert outcomes == [Outcome.CLEARED, Outcome.VIOLATED, Outcome.VIOLATED, Outcome.NOT_EVALUATED]


def test_the_examples_state_how_much_a_finding_weighs() -> None:
    table = smallest_table(rule(level(Compare("days", Op.AT_LEAST, 3))), VOCABULARY)
    assert table.equivalent == ()
    assert table.noticed == table.mutants
    stated = {case.outcome: (case.severity, case.overridable) for case in table.cases}
    assert stated == {
        Outcome.CLEARED: (None, None),
        Outcome.VIOLATED: (Severity.BLOCK, False),
        Outcome.NOT_EVALUATED: (Severity.BLOCK, False),
    }


def test_the_tables_are_smaller_than_the_examples_of_the_bundled_rules(
    pack: Pack, tables: dict[str, Table]
) -> None:
    written = sum(len(each.examples) for each in pack.rules)
    assert sum(len(tables[each.id].cases) for each in pack.rules) < written


def test_every_table_pasted_into_its_rule_loads_and_is_clean(
    rulebook: Rulebook, tables: dict[str, Table], tmp_path: Path
) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(bundled_rules(), rules)
    for path in sorted(rules.glob("*.yaml")):
        head, parts = blocks(path.read_text(encoding="utf-8"))
        pasted = [
            part[: part.index("    examples:\n")] + as_yaml(tables[id_of(part)], rulebook.vocabulary)
            for part in parts
        ]
        path.write_text(head + "\n".join(pasted), encoding="utf-8")
    again = load_rulebook(rules)
    assert [len(pack.rules) for pack in again.packs] == [len(pack.rules) for pack in rulebook.packs]
    assert lint_rules(rules) == []


def test_people_read_the_limits_and_the_table_within_80_columns(orderguard: Run) -> None:
    done = orderguard("rules", "boundaries", "dose-12mg", environment={"COLUMNS": "80"})
    assert (done.stderr, done.returncode) == ("", 0)
    lines = done.stdout.splitlines()
    assert "dose, compared with 12 mg" in lines
    assert "  11 mg      violated (block)" in lines
    assert "  not known  not-evaluated (block)" in lines
    assert "    examples:" in lines
    assert max(map(len, lines)) <= 80


def test_yaml_is_the_paste_alone(orderguard: Run) -> None:
    done = orderguard("rules", "boundaries", "dose-12mg", "--format", "yaml")
    assert done.returncode == 0
    assert done.stdout.startswith("    examples:\n      - name: ")


def test_programs_read_one_object(orderguard: Run) -> None:
    done = orderguard("rules", "boundaries", "dose-12mg", "--format", "json")
    document = json.loads(done.stdout)
    assert document["rule"] == "dose-12mg"
    assert document["limits"][0]["rows"][0] == {"value": "11", "outcome": "violated", "severity": "block"}
    assert document["noticed"] == document["mutants"]
    assert document["examples"][0]["expect"] == "cleared"


def test_a_rule_that_does_not_exist_is_a_usage_error(orderguard: Run) -> None:
    done = orderguard("rules", "boundaries", "no-such-rule")
    assert done.returncode == 2
    assert "there is no rule `no-such-rule`" in done.stderr
