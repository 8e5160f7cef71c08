"""What findings say: the measured value and the limit, and where in the order they stand or are lacking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from orderguard import Verifier
from orderguard.messages import message_of, plain
from orderguard.rulebook.blame import deciding_facts
from orderguard.rulebook.conditions import Condition, OneOf, leaves
from orderguard.rulebook.pack import Example, Level, Outcome, Pack, Rule, Rulebook
from orderguard.verdict import Finding
from support.documents import Json, resolve, text_of
from support.orders import OrderMaker, many
from support.survey import Survey

NEVER_VIOLATED = {("vaccine-live-6wk", 1), ("vaccine-other-6wk", 1), ("vaccine-live-after", 0)}
"""Levels that a vaccine on no list leaves not evaluated, and that nothing violates."""

SWITCHES = {
    "infusion.duration_stated": "the message shows the duration",
    "infusion.diluent_volume_stated": "the message shows the volume",
    "infusion.final_volume_stated": "the message shows the volume",
    "screening.varicella_zoster.date_stated": "the message shows the days from the date",
    "rems.authorized_on_stated": "the message shows the days from the date",
    "prophylaxis.herpes-antiviral.open_ended": "the message shows when the prophylaxis ends",
    "prior_therapies.immunosuppressive-therapy.count": "the message shows how long ago the latest one ended",
    "prior_therapies.ms-therapy.distinct_at_least": "the message shows how many there can be at most",
    "prophylaxis.pjp-prophylaxis.open_ended": "the message shows when the prophylaxis ends",
    "infusion.rate_stated": "the message shows both durations",
    "infusion.goes_up": "the message says that the dose goes up",
    "infusion.first_full_dose": "the message shows the days since the full dose before",
    "doses.given_before": "it decides which rule judges a count, the message shows the count",
    "labs.neutrophils.baseline": "it decides which rule judges a count, the message shows the count",
    "labs.platelets.baseline": "it decides which rule judges a count, the message shows the count",
}
"""Facts that decide which part of a rule counts; another fact is what the message measures."""

WITHOUT_LIMIT = {
    "prior_course.number": "the message says which course it is, the limit is the number of its infusions",
    "immunization.vaccine_class": "the message names the class; the classes that are meant stand in words",
}
"""Facts whose value is shown without what they are compared with."""

UNREADABLE = {
    "patient/immunizations/*/cvx": "a code on no list",
    "patient/immunizations/*/name": "a name on no list",
    "patient/labs/*/unit": "a unit in which this test is not read",
    "patient/labs/*/value": "a number where a word is due",
    "patient/labs/*/reference_high": "a limit of 0",
    "premedications/*/route": "a route for which a value set gives no equivalent dose",
    "patient/prior_infusions/*/product": "a name that tells no product",
    "patient/prior_therapies/*/name": "a name on no list",
    "infusions/*/rate_ml_per_hour": "a rate of 0",
    "infusions": "no infusion is left that is not held",
    "infusions/*/status": "held, and none is left that is not",
    "infusions/*": "the order has no field for the reaction to a dose of it",
    "patient/labs": "the test is lacking",
    "patient/prior_infusions": "no dose is on record",
    "patient/prior_infusions/*/date": "a date after the infusion that it comes before, or two doses on one",
}
"""Places that may be named as missing although something stands there, as it cannot be read."""


def shows(text: str, value: str) -> bool:
    """Whether a text shows a value by itself, not as a part of a longer word or number."""
    return re.search(rf"(?<![\w.-]){re.escape(value)}(?![\w-]|\.\d)", text) is not None


def limits_of(conditions: tuple[Condition, ...], fact: str) -> list[str]:
    """What conditions compare a fact with, as messages write it."""
    return [
        " or ".join(leaf.words) if isinstance(leaf, OneOf) else plain(leaf.value)
        for condition in conditions
        for leaf in leaves(condition)
        if leaf.fact == fact
    ]


# -- on the examples of the rules ----------------------------------------------------------------------------


def _violated(pack: Pack) -> Iterator[tuple[Rule, int, Level, Example]]:
    """Each example with each level that it violates."""
    for rule in pack.rules:
        for example in rule.examples:
            for index, level in enumerate(rule.levels):
                asked = level.applies is None or level.applies.truth(example.facts) is True
                if asked and level.demand.truth(example.facts) is False:
                    yield rule, index, level, example


def test_every_level_that_can_be_violated_has_an_example_of_it(pack: Pack) -> None:
    levels = {(rule.id, index) for rule in pack.rules for index in range(len(rule.levels))}
    never = {(rule, index) for rule, index in NEVER_VIOLATED if rule in {rule.id for rule in pack.rules}}
    assert levels - {(rule.id, index) for rule, index, _, _ in _violated(pack)} == never


def test_the_message_of_each_violated_example_shows_the_measured_value_and_the_limit(pack: Pack) -> None:
    hidden = []
    for rule, index, level, example in _violated(pack):
        message = message_of(level, example.facts)
        for fact in deciding_facts(level.demand, example.facts):
            value = plain(example.facts[fact])
            limits = limits_of((level.demand,), fact)
            if fact not in SWITCHES and not shows(message, value):
                hidden.append((rule.id, index, example.name, fact, value))
            if fact not in SWITCHES.keys() | WITHOUT_LIMIT and not any(
                shows(message, limit) for limit in limits
            ):
                hidden.append((rule.id, index, example.name, fact, limits))
    assert hidden == []


def test_no_exception_of_these_tests_is_out_of_use(rulebook: Rulebook) -> None:
    used = {
        fact
        for pack in rulebook.packs
        for _, _, level, example in _violated(pack)
        for fact in deciding_facts(level.demand, example.facts)
    }
    assert used >= SWITCHES.keys() | WITHOUT_LIMIT


# -- on whole orders -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found(verifier: Verifier, survey: Survey, maker: OrderMaker) -> list[tuple[Json, Finding]]:
    """Findings with their orders: each rule violated and not evaluated, and more orders of every kind."""
    documents = [
        survey.orders_with[key] for key in survey.orders_with if key[1] in ("violated", "not-evaluated")
    ]
    documents += maker.series(many(25), seed=51)
    findings = [
        (document, finding)
        for document in {text_of(each): each for each in documents}.values()
        for finding in verifier.verify_json(text_of(document)).findings
        if finding.rule != "product-covered"
    ]
    assert [finding.message for _, finding in findings if finding.rule == "engine-fault"] == []
    return findings


def _of(found: list[tuple[Json, Finding]], outcome: Outcome) -> list[tuple[Json, Finding]]:
    return [(document, finding) for document, finding in found if finding.outcome == outcome.value]


def test_every_rule_is_seen_violated_and_not_evaluated(found: list[tuple[Json, Finding]], pack: Pack) -> None:
    for outcome in (Outcome.VIOLATED, Outcome.NOT_EVALUATED):
        assert {finding.rule for _, finding in _of(found, outcome)} == {
            rule.id for rule in pack.rules if outcome not in rule.cannot
        }


def test_a_violated_finding_shows_what_it_measured_and_the_limit(
    found: list[tuple[Json, Finding]], pack: Pack
) -> None:
    rules = {rule.id: rule for rule in pack.rules}
    hidden = []
    for _, finding in _of(found, Outcome.VIOLATED):
        for fact in {evidence.fact for evidence in finding.evidence} - SWITCHES.keys():
            values = {plain(_exact(e.measured)) for e in finding.evidence if e.fact == fact}
            hidden += [(finding.rule, fact, value) for value in values if not shows(finding.message, value)]
            limits = limits_of(tuple(level.demand for level in rules[finding.rule].levels), fact)
            if fact not in WITHOUT_LIMIT and not any(shows(finding.message, limit) for limit in limits):
                hidden.append((finding.rule, fact, limits))
    assert hidden == []


def test_the_evidence_of_a_violated_finding_stands_in_the_order(found: list[tuple[Json, Finding]]) -> None:
    astray = []
    for document, finding in _of(found, Outcome.VIOLATED):
        assert finding.evidence, finding.rule
        assert not finding.missing
        for evidence in finding.evidence:
            try:
                stands = resolve(document, evidence.path)
            except (LookupError, ValueError):
                astray.append((finding.rule, evidence.fact, evidence.path))
                continue
            if evidence.value is not None and _plainly(evidence.value) != _plainly(stands):
                astray.append((finding.rule, evidence.fact, evidence.path))
    assert astray == []


def test_what_a_finding_that_is_not_evaluated_calls_missing_is_missing(
    found: list[tuple[Json, Finding]],
) -> None:
    there = []
    for document, finding in _of(found, Outcome.NOT_EVALUATED):
        assert finding.missing, finding.rule
        assert not finding.evidence
        assert "Not known" in finding.message
        for pointer in finding.missing:
            pattern = re.sub(r"/\d+(?=/|$)", "/*", pointer)[1:]
            if pattern not in UNREADABLE and _stands(document, pointer):
                there.append((finding.rule, pointer))
    assert sorted(set(there)) == []


def _stands(document: Json, pointer: str) -> bool:
    try:
        return resolve(document, pointer) is not None
    except (LookupError, ValueError):
        return False


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value


def _plainly(value: Any) -> Any:
    """A value without the ways in which it may be written."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return Decimal(str(value))
    if isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)?", value):
        return Decimal(value)
    return [_plainly(item) for item in value] if isinstance(value, list) else value
