"""Which changes are milder."""

import itertools

import pytest

from orderguard.rulebook.pack import Severity
from orderguard.tools.changes import NO_RULE, Direction, Said, decision_direction, said_direction

BLOCK, WARN, INFO = Severity
SILENT = [Said(NO_RULE), Said("cleared"), Said("not-applicable")]
FINDINGS = [
    Said(outcome, severity, overridable)
    for outcome in ("violated", "not-evaluated")
    for severity, overridable in ((BLOCK, False), (BLOCK, True), (WARN, False), (INFO, False))
]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Said("violated", BLOCK), Said("cleared")),
        (Said("not-evaluated", INFO), Said("not-applicable")),
        (Said("violated", INFO), Said(NO_RULE)),
        (Said("violated", WARN), Said("not-evaluated", WARN)),
        (Said("not-evaluated", BLOCK), Said("violated", WARN)),
        (Said("violated", WARN), Said("violated", INFO)),
        (Said("violated", BLOCK), Said("violated", BLOCK, overridable=True)),
    ],
)
def test_milder_one_way_is_stricter_the_other_way(old: Said, new: Said) -> None:
    assert said_direction(old, new) is Direction.MILDER
    assert said_direction(new, old) is Direction.STRICTER


def test_a_finding_that_is_milder_in_one_respect_is_milder() -> None:
    overridable = Said("violated", BLOCK, overridable=True)
    unknown = Said("not-evaluated", BLOCK)
    assert said_direction(unknown, overridable) is Direction.MILDER
    assert said_direction(overridable, unknown) is Direction.MILDER


def test_every_finding_is_stricter_than_every_silence() -> None:
    for silent, finding in itertools.product(SILENT, FINDINGS):
        assert said_direction(finding, silent) is Direction.MILDER
        assert said_direction(silent, finding) is Direction.STRICTER


def test_silences_weigh_the_same() -> None:
    for old, new in itertools.product(SILENT, SILENT):
        assert said_direction(old, new) is Direction.NEITHER


def test_two_findings_weigh_the_same_only_if_they_are_the_same() -> None:
    for old, new in itertools.product(FINDINGS, FINDINGS):
        assert (said_direction(old, new) is Direction.NEITHER) is (old == new)


def test_decisions_get_milder_from_reject_to_verified() -> None:
    assert decision_direction("reject", "hold") is Direction.MILDER
    assert decision_direction("hold", "verified") is Direction.MILDER
    assert decision_direction("verified", "reject") is Direction.STRICTER
    assert decision_direction("hold", "hold") is Direction.NEITHER
