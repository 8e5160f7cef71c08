"""Every requirement of the catalogue is a rule, or a pack says why it is none."""

from __future__ import annotations

from collections import Counter

import pytest

from orderguard.rulebook.pack import Rulebook

LEMTRADA = """
    product-indication-match campath-concurrent campath-history duplicate-alemtuzumab dose-12mg
    dose-volume-1-2ml one-vial-per-dose course-1-five-days course-2-three-days course-3plus-three-days
    course-consecutive-days course-interrupted course-interval-12mo course-interval-late
    prior-course-incomplete course-number-consistent course-count-cap indication-relapsing-ms indication-cis
    two-prior-dmt age-minimum age-65plus
    diluent-allowed bag-volume-100ml must-dilute route-iv-infusion infusion-min-4h infusion-rate-derived
    infusion-long bag-start-8h bag-end-8h bag-temperature vial-storage no-mix setting-equipped observe-2h
    vitals-order platelets-in-course-eu
    steroid-days-1-3 steroid-dose-1000 steroid-before-infusion antihistamine-considered
    antipyretic-considered antiviral-present antiviral-duration antiviral-cd4 antiviral-accepted
    antibiotic-prophylaxis-ms
    ci-hypersensitivity ci-hiv hiv-test-on-file ci-active-infection tb-screen tb-active-untreated
    vzv-immunity vaccine-live-6wk vaccine-other-6wk vaccine-live-after opv-household hbv-hcv pml-signs
    listeria-counselling hpv-screen
    autoimmune-history thyroid-active cv-cerebro-history coagulopathy-anticoagulant kidney-lung-liver
    malignancy immunosuppressant-concurrent pregnancy pregnancy-test contraception-4mo lactation
    suspect-autoimmune-event
    baseline-labs-complete baseline-labs-30d baseline-upcr-first baseline-abnormal baseline-skin-exam
    monitoring-adherence monitoring-plan-48mo rems-prescriber rems-patient-enrolled rems-patient-authorized
    rems-pharmacy rems-facility rems-prescription-form rems-checklist rems-med-guide rems-status-form
    medication-unrecognised renal-hepatic-drugs
"""
"""Sections 1.1 to 1.6 of the catalogue, and the two rules that were added to them."""

CAMPATH = """
    cll-product cll-dose-step cll-max-single-30 cll-max-week-90 cll-escalation-order cll-repeat-step
    cll-restart-after-7d cll-frequency cll-duration-12wk cll-infusion-2h cll-route-iv cll-diluent cll-volume
    cll-bag-8h cll-premed cll-pjp-prophylaxis cll-herpes-prophylaxis cll-prophylaxis-duration
    cll-hold-counts cll-resume-counts cll-low-baseline cll-lymphopenia cll-autoimmune-cytopenia
    cll-serious-infection cll-infusion-reaction cll-cbc-weekly cll-live-vaccine cll-irradiated-blood
    cll-contraception cll-hiv cll-single-agent cll-rems-not-applicable cll-steroid-not-required cll-age
"""
"""Section 2 of the catalogue."""

IDS = (*LEMTRADA.split(), *CAMPATH.split())


@pytest.fixture(scope="module")
def places(rulebook: Rulebook) -> Counter[str]:
    """How often each id is a rule or is left out with a reason."""
    return Counter(
        each
        for pack in rulebook.packs
        for each in (*(rule.id for rule in (*pack.rules, *pack.dormant)), *pack.left_out)
    )


@pytest.mark.parametrize("requirement", IDS)
def test_each_requirement_is_a_rule_or_left_out_exactly_once(places: Counter[str], requirement: str) -> None:
    assert places[requirement] == 1


def test_no_requirement_is_listed_twice() -> None:
    assert len(set(IDS)) == len(IDS)


def test_the_bundled_packs_have_no_rule_beyond_the_catalogue(places: Counter[str]) -> None:
    assert set(places) <= set(IDS)
