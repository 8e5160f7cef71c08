"""`orderguard rules`, `explain`, `schema` and `--version`."""

import io
import json
import shutil
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from orderguard import DecisionLog, Verifier, __version__
from orderguard.rulebook.conditions import render
from orderguard.rulebook.load import bundled_rules
from orderguard.rulebook.pack import Rule, Rulebook

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Verifier(log=DecisionLog(io.StringIO())).rulebook


def rule_named(rulebook: Rulebook, rule_id: str) -> Rule:
    return next(rule for pack in rulebook.packs for rule in pack.rules if rule.id == rule_id)


def words_of(text: str) -> str:
    """The text with all white space as single spaces."""
    return " ".join(text.split())


def test_rules_lists_every_rule_with_severity_and_title(orderguard: Run, rulebook: Rulebook) -> None:
    done = orderguard("rules")
    said = words_of(done.stdout)

    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    for pack in rulebook.packs:
        for rule in pack.rules:
            severities = "/".join(dict.fromkeys(level.severity for level in rule.levels))
            assert f" {rule.id} {severities} {rule.title}" in said


def test_rules_show_gives_all_of_a_rule(orderguard: Run, rulebook: Rulebook) -> None:
    done = orderguard("rules", "show", "age-minimum")
    said = words_of(done.stdout)
    rule = rule_named(rulebook, "age-minimum")

    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert len(rule.levels) == 2
    for level in rule.levels:
        assert f"Severity: {level.severity}" in said
        assert f"Requires: {render(level.require, rulebook.vocabulary)}" in said
        assert level.message in said
    assert "Limits: age on day 1 is at least 17 years" in said
    assert f"Rationale: {rule.rationale}" in said
    assert f"What to do: {rule.action}" in said
    assert f"Confidence: {rule.confidence}" in said
    assert f"Review: {rule.review}" in said
    for citation in rule.sources:
        assert f"Source: {citation.source.title}" in said
        assert f"(revision {citation.source.revision})" in said
    for example in rule.examples:
        assert f"{example.name}: " in said


def test_every_rule_can_be_shown(rulebook: Rulebook) -> None:
    from orderguard.page import Page
    from orderguard.tables import put_rule

    page = Page()
    for pack in rulebook.packs:
        for rule in pack.rules:
            put_rule(page, rulebook, pack, rule)
            text = page.take()
            assert text.startswith(f"{rule.id}: ")
            assert (rule.note or "") in words_of(text)


def test_a_rule_that_does_not_exist_is_wrong_usage(orderguard: Run) -> None:
    done = orderguard("rules", "show", "no-such-rule")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "orderguard: there is no rule `no-such-rule`; `orderguard rules` lists them\n"


def test_a_misspelt_rule_is_answered_with_the_nearest(orderguard: Run) -> None:
    done = orderguard("rules", "show", "infusion-min-4")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "orderguard: there is no rule `infusion-min-4`; did you mean `infusion-min-4h`?\n"


def test_explain_shows_every_rule_with_outcome_values_and_reason(
    orderguard: Run, bad_line: str, rulebook: Rulebook
) -> None:
    done = orderguard("explain", "-", stdin=bad_line)
    head, *blocks = done.stdout.rstrip("\n").split("\n\n")

    assert done.returncode == 1
    assert head.startswith("reject  ORD-SHORT")
    rules = next(pack for pack in rulebook.packs if pack.product == "lemtrada").rules
    assert {block.splitlines()[0].split()[-1] for block in blocks} == {rule.id for rule in rules}
    assert len(blocks) == len(rules)
    for block in blocks:
        assert "  Requires: " in block
        assert "  Why: " in block
    short = words_of(next(block for block in blocks if "violated" in block.splitlines()[0]))
    assert "block violated infusion-min-4h" in short
    assert "duration is at least 240 min" in short
    assert "(infusion 2): 239 min" in short
    assert "Why: Infusion 2 runs 239 min" in short


def test_explain_begins_with_a_summary_and_lists_the_findings_first(
    orderguard: Run, order: dict[str, Any], rulebook: Rulebook
) -> None:
    order["infusions"][1]["duration_minutes"] = 239
    del order["patient"]["lactating"]
    done = orderguard("explain", "-", stdin=json.dumps(order))
    head, *blocks = done.stdout.rstrip("\n").split("\n\n")
    decision, summary = head.splitlines()
    outcomes = [" ".join(block.splitlines()[0].split()[1:-1]) for block in blocks]

    assert decision.startswith("reject  ORD-LEM-0001")
    counts = [f"{outcomes.count(word)} {word}" for word in ("violated", "not evaluated")]
    assert summary.startswith(f"{len(blocks)} rules: {', '.join(counts)}, ")
    assert counts == ["1 violated", "1 not evaluated"]
    assert outcomes[:2] == ["violated", "not evaluated"]
    others = [block.splitlines()[0].split()[-1] for block in blocks[2:]]
    rules = next(pack for pack in rulebook.packs if pack.product == "lemtrada").rules
    written = [rule.id for rule in rules]
    assert others == [rule_id for rule_id in written if rule_id in others]


def test_explain_names_what_is_missing(orderguard: Run, order: dict[str, Any]) -> None:
    del order["patient"]["immunizations"]
    done = orderguard("explain", "-", stdin=json.dumps(order))

    assert done.returncode == 1
    assert "Missing: /patient/immunizations" in done.stdout


def test_explain_has_the_exit_codes_of_check(orderguard: Run, example: Any, tmp_path: Any) -> None:
    assert orderguard("explain", example).returncode == 0
    assert orderguard("explain", tmp_path / "nowhere").returncode == 2
    assert orderguard("explain", "-", stdin="").returncode == 3
    assert orderguard("explain", "-", stdin='{"order_id": 5}').returncode == 3
    assert orderguard("explain", example, "--rules", tmp_path).returncode == 4


@pytest.mark.parametrize("document", ["order", "verdict", "rules"])
def test_schema_prints_a_json_schema(orderguard: Run, document: str) -> None:
    done = orderguard("schema", document)
    schema = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (0, "")
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    expected = {"order": "infusions", "verdict": "findings", "rules": "rules"}[document]
    assert expected in schema["properties"]


def test_the_schema_of_rules_takes_its_words_from_a_directory(orderguard: Run, tmp_path: Any) -> None:
    shutil.copytree(bundled_rules() / "terminology", tmp_path / "terminology")
    products = tmp_path / "terminology" / "products.yaml"
    products.write_text(products.read_text().replace("  lemtrada:\n", "  lemtrada-two:\n"))
    usual, own, missing = (
        orderguard("schema", "rules", *arguments)
        for arguments in ([], ["--rules", tmp_path], ["--rules", tmp_path / "nowhere"])
    )
    named = [
        json.loads(done.stdout)["$defs"]["CoversDocument"]["properties"]["product"]["enum"]
        for done in (usual, own)
    ]

    assert "lemtrada" in named[0]
    assert "lemtrada-two" in named[1]
    assert "lemtrada" not in named[1]
    assert (missing.returncode, missing.stdout, len(missing.stderr.splitlines())) == (2, "", 1)


def test_the_schema_of_rules_has_the_words_that_a_site_adds(orderguard: Run) -> None:
    site = Path(__file__).parents[2] / "examples" / "site" / "site.yaml"
    added = orderguard("schema", "rules", "--site", site)
    usual = orderguard("schema", "rules")

    products = [
        set(json.loads(done.stdout)["$defs"]["CoversDocument"]["properties"]["product"]["enum"])
        for done in (usual, added)
    ]
    assert products[0] < products[1]


def test_version_names_software_engine_packs_and_hashes(orderguard: Run, rulebook: Rulebook) -> None:
    done = orderguard("--version")

    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"orderguard {__version__}",
        f"durable_rules {version('durable_rules')}",
        *(f"{pack.id} {pack.version} sha256:{pack.sha256}" for pack in rulebook.packs),
    ]
