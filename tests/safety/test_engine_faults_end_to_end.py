"""What is handed to durable-rules is broken after the rules were loaded and tested: no order gets through.

The result of the engine is never altered, only what it is told. With durable-rules alone the broken rules let
the orders through, so it is the second engine, the sentinel and the silence that hold them.
"""

from __future__ import annotations

import io
import signal
from pathlib import Path
from typing import Any

import pytest

from orderguard import DecisionLog, Verdict, Verifier
from orderguard.rulebook.pack import Outcome, Pack
from support.command import documents_in, run, write_lines
from support.documents import Json, Place, example, replaced, text_of
from support.faults import Alter, always_clear, broken, drop_rails, drop_sentinel, swap_limit
from support.orders import OrderMaker, many
from support.streams import Broken, Nowhere
from support.survey import Survey

ENGINE_FAULT = 5
"""The exit code."""

SCALE = 10**6
"""Decimals are handed over as multiples of a millionth."""


@pytest.fixture(scope="module")
def both() -> tuple[Verifier, io.StringIO]:
    """A verifier with both engines that remembers no judgement, and its log."""
    log = io.StringIO()
    return Verifier(key="", log=log, cache=0), log


@pytest.fixture(scope="module")
def durable_alone() -> Verifier:
    """A verifier with durable-rules alone."""
    return Verifier(key="", log=DecisionLog(Nowhere()), cache=0, engines="durable")


def _events(log: io.StringIO) -> list[Json]:
    events = documents_in(log.getvalue().encode())
    log.seek(0)
    log.truncate()
    return events


def _held_by_a_fault(
    both: tuple[Verifier, io.StringIO], document: Json, alter: Alter, rule: str | None
) -> str:
    """Assert that a broken engine holds an order with a fault, says so in the log, and is then replaced."""
    verifier, log = both
    _events(log)
    with broken(verifier, alter, rule):
        verdict = verifier.verify_json(text_of(document))
    events = _events(log)
    assert [event["event"] for event in events] == ["engine_fault", "order_verified"], rule
    fault, decision = events

    assert verdict.decision == "hold"
    assert verdict.has_fault
    assert [(f.rule, f.severity.value, f.outcome) for f in verdict.findings] == [
        ("engine-fault", "block", "not-evaluated")
    ]
    assert (verdict.cleared, verdict.not_applicable) == ((), ())
    assert (fault["event"], fault["level"], fault["order_id"]) == (
        "engine_fault",
        "error",
        document["order_id"],
    )
    assert fault["kind"] == "EngineFault"
    assert (decision["event"], decision["decision"]) == ("order_verified", "hold")
    assert [finding["rule"] for finding in decision["findings"]] == ["engine-fault"]
    right = verifier.verify_json(text_of(document))
    assert (right.rules.pack is None, right.has_fault) == (False, False)
    return str(fault["message"])


# -- every rule ----------------------------------------------------------------------------------------------


def _speaks(verdict: Verdict, rule: str) -> bool:
    return any(finding.rule == rule for finding in verdict.findings)


@pytest.mark.parametrize("outcome", [Outcome.VIOLATED, Outcome.NOT_EVALUATED])
def test_a_rule_that_durable_rules_always_clears_holds_the_order(
    outcome: Outcome, both: tuple[Verifier, io.StringIO], durable_alone: Verifier, pack: Pack, survey: Survey
) -> None:
    let_through = 0
    for rule in pack.rules:
        document = survey.orders_with[rule.id, outcome]
        if Outcome.CLEARED in rule.cannot and outcome is Outcome.NOT_EVALUATED:
            continue
        message = _held_by_a_fault(both, document, always_clear(rule.id), rule.id)
        assert f"disagree about: {rule.id}" in message
        if outcome is Outcome.VIOLATED:
            with broken(durable_alone, always_clear(rule.id), rule.id):
                let_through += not _speaks(durable_alone.verify_json(text_of(document)), rule.id)
    assert outcome is Outcome.NOT_EVALUATED or let_through > len(pack.rules) * 0.9


def test_a_rule_whose_violations_durable_rules_never_sees_holds_the_order(
    both: tuple[Verifier, io.StringIO], pack: Pack, survey: Survey
) -> None:
    for rule in pack.rules[::3]:
        document = survey.orders_with[rule.id, Outcome.VIOLATED]
        message = _held_by_a_fault(both, document, drop_rails(rule.id, "v"), rule.id)
        assert f"disagree about: {rule.id}" in message


def test_a_rule_that_durable_rules_never_clears_holds_a_good_order(
    both: tuple[Verifier, io.StringIO], pack: Pack, originals: list[Json]
) -> None:
    for rule in pack.rules[::3]:
        message = _held_by_a_fault(both, originals[0], drop_rails(rule.id, "cn"), rule.id)
        assert f"disagree about: {rule.id}" in message


def test_an_engine_without_its_sentinel_holds_every_order(
    both: tuple[Verifier, io.StringIO], maker: OrderMaker, originals: list[Json]
) -> None:
    product = originals[0]["product"]
    covered = [order for order in maker.series(many(8), 1, seed=31) if order["product"] == product]
    for document in [*originals, *covered]:
        message = _held_by_a_fault(both, document, drop_sentinel, None)
        assert "its last rule did not fire" in message


# -- limits --------------------------------------------------------------------------------------------------

Swap = tuple[str, int, int, str, dict[Place, Any]]
SWAPS: dict[str, Swap] = {
    "239 minutes": (
        "infusion-min-4h",
        240 * SCALE,
        239 * SCALE,
        "1",
        {("infusions", 1, "duration_minutes"): 239},
    ),
    "13 mg": (
        "dose-12mg",
        12 * SCALE,
        13 * SCALE,
        "1",
        {("infusions", index, "dose_mg"): 13 for index in range(5)},
    ),
    "1.25 mL": (
        "dose-volume-1-2ml",
        1_200_000,
        1_250_000,
        "1",
        {("infusions", index, "preparation", "drug_volume_ml"): "1.25" for index in range(5)},
    ),
    "119 minutes of observation": (
        "observe-2h",
        120 * SCALE,
        119 * SCALE,
        "1",
        {("infusions", 4, "observation_minutes"): 119},
    ),
    "16 years": ("age-minimum", 17, 16, "1", {("patient", "birth_date"): "2008-06-03"}),
    "labs of 31 days": (
        "baseline-labs-30d",
        30,
        31,
        "1",
        {("patient", "labs", 3, "collected_on"): "2025-05-02"},
    ),
    "a vaccine 41 days before": (
        "vaccine-live-6wk",
        42,
        41,
        "1",
        {("patient", "immunizations"): [{"cvx": "03", "date": "2025-04-22"}]},
    ),
    "11 months between courses": (
        "course-interval-12mo",
        12,
        11,
        "2",
        {("patient", "prior_infusions", 4, "date"): "2025-06-09"},
    ),
    "a status form of 7 months": (
        "rems-status-form",
        6,
        7,
        "2",
        {("rems", "patient", "status_form_on"): "2025-11-30"},
    ),
}


@pytest.mark.parametrize("name", SWAPS)
def test_a_swapped_limit_holds_the_order_that_it_would_let_through(
    name: str, both: tuple[Verifier, io.StringIO], durable_alone: Verifier
) -> None:
    rule, limit, other, course, changes = SWAPS[name]
    document = example(f"lemtrada-course-{course}.json")
    for place, value in changes.items():
        document = replaced(document, place, value)
    assert _speaks(both[0].verify_json(text_of(document)), rule)
    alter = swap_limit(rule, limit, other)

    assert f"disagree about: {rule}" in _held_by_a_fault(both, document, alter, rule)
    with broken(durable_alone, alter, rule):
        finding = [f for f in durable_alone.verify_json(text_of(document)).findings if f.rule == rule]
    assert [each for each in finding if each.severity.value == "block"] == []


# -- the decision log ----------------------------------------------------------------------------------------


def test_a_log_that_cannot_be_written_holds_a_good_order_and_rejects_a_bad_one() -> None:
    verifier = Verifier(key="", log=DecisionLog(Broken()))
    good = verifier.verify_json(text_of(example("lemtrada-course-1.json")))
    bad = verifier.verify_json(text_of(example("lemtrada-too-fast.json")))

    assert (good.decision, good.log_failed, good.has_fault) == ("hold", True, True)
    assert [(finding.rule, finding.severity.value) for finding in good.findings] == [
        ("engine-fault", "block")
    ]
    assert (bad.decision, bad.log_failed, bad.has_fault) == ("reject", True, True)
    assert {"engine-fault", "infusion-min-4h"} <= {finding.rule for finding in bad.findings}


def test_a_broken_engine_and_a_broken_log_together_hold_the_order() -> None:
    verifier = Verifier(key="", log=DecisionLog(Broken()), cache=0)
    with broken(verifier, drop_sentinel):
        verdict = verifier.verify_json(text_of(example("lemtrada-course-1.json")))

    assert (verdict.decision, verdict.log_failed) == ("hold", True)
    assert {finding.rule for finding in verdict.findings} == {"engine-fault"}


# -- the command ---------------------------------------------------------------------------------------------

BREAK = "from support.faults import *\nbreak_after_loading({})\n"


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """A file with an order that is too short between two good ones."""
    good = example("lemtrada-course-1.json")
    short = replaced(good, ("infusions", 1, "duration_minutes"), 239)
    return write_lines(tmp_path / "orders.jsonl", [text_of(good), text_of(short), text_of(good)])


@pytest.mark.parametrize(
    ("alter", "decisions"),
    [
        ("always_clear('infusion-min-4h')", ["verified", "hold", "verified"]),
        ("swap_limit('infusion-min-4h', 240 * 10**6, 239 * 10**6)", ["verified", "hold", "verified"]),
        ("drop_sentinel", ["hold", "hold", "hold"]),
    ],
)
def test_the_command_holds_the_order_and_says_so_by_its_exit_code(
    alter: str, decisions: list[str], orders: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    done = run("check", orders, "--format", "jsonl", "--log", log, before=BREAK.format(alter))

    verdicts = documents_in(done.stdout)
    assert [verdict["decision"] for verdict in verdicts] == decisions
    for verdict in verdicts:
        if verdict["decision"] == "hold":
            assert [finding["rule"] for finding in verdict["findings"]] == ["engine-fault"]
    assert (done.returncode, done.stderr) == (ENGINE_FAULT, b"")
    events = [event["event"] for event in documents_in(log.read_bytes())]
    assert events.count("engine_fault") == decisions.count("hold")
    assert events.count("order_verified") == 3


def test_a_hang_inside_durable_rules_verifies_nothing(orders: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    done = run("check", orders, "--format", "jsonl", "--log", log, before=BREAK.format("hang"))
    assert done.returncode == -signal.SIGALRM
    assert (done.stdout, log.read_bytes()) == (b"", b"")


def test_a_crash_inside_durable_rules_verifies_nothing(orders: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    done = run("check", orders, "--format", "jsonl", "--log", log, before=BREAK.format("crash"))
    # Not every processor ends a process that divides by zero.
    assert done.returncode in (-signal.SIGFPE, ENGINE_FAULT)
    assert {verdict["decision"] for verdict in documents_in(done.stdout)} <= {"hold"}
