"""Single changes to product, dose and schedule of Campath orders (catalogue 2), and what holds for all."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest

from orderguard import Verifier
from support.campath import (
    DAY_1,
    DRAWN,
    RULES,
    all_rules,
    campath,
    case,
    check,
    counts,
    example,
    infusion,
    premedication,
    prior,
)
from support.dates import all_moved
from support.single_changes import (
    EXAMPLES,
    GONE,
    NB,
    NBO,
    NW,
    VB,
    VBO,
    Base,
    Case,
    change,
    document,
    judge,
)
from support.single_changes import RULES as LEMTRADA_RULES

MISMATCH = {"cll-product": VB}
NOT_COVERED = {"product-covered": NB}
HISTORY = "/patient/prior_infusions"
NEWEST = f"{HISTORY}/8"  # the dose of 30 mg on 2025-05-30


def planned(mg: str, ml: str | None = None) -> dict[str, str]:
    """The changes that give the first infusion another dose, drawn accordingly."""
    return {"/infusions/0/dose_mg": mg, "/infusions/0/preparation/drug_volume_ml": ml or DRAWN[mg]}


def added(day: str, mg: str) -> dict[str, Any]:
    """The changes that add an infusion with its premedication."""
    return {"/infusions/-": infusion(day, mg), "/premedications/-": premedication(day)}


def put(index: int, day: str) -> dict[str, Any]:
    """The changes that put an infusion of 30 mg on another day, with premedication there."""
    return {f"/infusions/{index}": infusion(day, "30"), "/premedications/-": premedication(day)}


SILENT = [
    case("first-dose", "first", {}, na="cll-repeat-step cll-restart-after-7d cll-frequency cll-low-baseline"),
    case("first-dose-of-a-woman", "first of a woman", {}, cleared="cll-contraception"),
    case("first-dose-of-a-man", "first", {}, na="cll-contraception cll-resume-counts"),
    case("to-10", "to 10", {}, cleared="cll-escalation-order cll-repeat-step cll-restart-after-7d"),
    case("to-30", "to 30", {}, cleared="cll-escalation-order cll-repeat-step cll-infusion-reaction"),
    case("maintenance", "maintenance", {}, cleared="cll-frequency cll-max-week-90 cll-restart-after-7d"),
    case("after-hold", "after hold", {}, cleared="cll-hold-counts cll-resume-counts"),
    case("low-baseline", "low baseline", {}, cleared="cll-low-baseline"),
    case("restart", "restart", {}, cleared="cll-restart-after-7d"),
    case("day-84", "day 84", {}, cleared="cll-duration-12wk"),
]

PRODUCTS = [
    case("rxcui-gone", "first", {"/product/rxcui": GONE}),
    case("strength-gone", "first", {"/product/strength_mg_per_ml": GONE}),
    case("name-only", "first", {"/product": {"name": "Campath"}}),
    case("name-trimmed-and-folded", "first", {"/product/name": " CAMPATH "}),
    case("name-gone-code-known", "first", {"/product/name": GONE}),
    *(
        case(f"rxcui-{code}", "first", {"/product/rxcui": code})
        for code in ("284679", "1656628", "1656631", "828265", "828267", "99999999")
    ),
    *(
        case(f"rxcui-of-lemtrada-{code}", "first", {"/product/rxcui": code}, MISMATCH)
        for code in ("1594659", "1594657", "1594660", "1594658", "1594663")
    ),
    *(
        case(f"ndc-{ndc}", "first", {"/product/ndc": ndc})
        for ndc in ("58468-0357-1", "58468-0357-3", "58468-0357", "00000-0000-0")
    ),
    case("ndc-of-lemtrada", "first", {"/product/ndc": "58468-0200-1"}, MISMATCH),
    case("strength-30.0", "first", {"/product/strength_mg_per_ml": "30.0"}),
    *(
        case(f"strength-{mg}", "first", {"/product/strength_mg_per_ml": mg}, MISMATCH)
        for mg in ("10", "29.999999", "30.000001")
    ),
    case("strength-of-lemtrada-later", "maintenance", {"/product/strength_mg_per_ml": "10"}, MISMATCH),
    *(
        case(
            f"name-{name}",
            "first",
            {"/product/name": name},
            NOT_COVERED,
            missing={"product-covered": "/product"},
        )
        for name in ("alemtuzumab", "MabCampath", "Campth")
    ),
    case(
        "codes-contradict-without-a-name",
        "first",
        {"/product": {"rxcui": "828267", "ndc": "58468-0200"}},
        NOT_COVERED,
    ),
    *(
        case(f"code-{code}", "first", {"/indication/icd10cm": code})
        for code in ("C91.1", "C91.10", "C91.11", "C91.12")
    ),
    *(
        case(f"code-{code}", "first", {"/indication/icd10cm": code}, MISMATCH)
        for code in ("C91.0", "C91.3", "C91.40", "C83.00", "G35", "G35.A", "D47.2")
    ),
    case("code-gone", "first", {"/indication/icd10cm": GONE}, {"cll-product": NB}),
    case("indication-gone", "maintenance", {"/indication": GONE}, {"cll-product": NB}),
]

STEP = {"cll-dose-step": VBO}
STEP_AND_CAP = {"cll-max-single-30": VB, "cll-dose-step": VBO}
DOSES = [
    # a dose that is smaller than the one before goes not up
    *(
        case(f"{mg}-mg", "one of maintenance", planned(mg, ml), STEP, says=mg)
        for mg, ml in (
            ("29.999999", "1"),
            ("29.9", "1"),
            ("20", "0.666667"),
            ("12", "0.4"),
            ("10.000001", "0.333333"),
            ("9.9", "0.33"),
            ("3.000001", "0.1"),
            ("2.999999", "0.1"),
            ("1", "0.033333"),
        )
    ),
    *(
        case(f"{mg}-mg-is-a-step", "one of maintenance", planned(mg, ml))
        for mg, ml in (("3", "0.1"), ("3.0", "0.1"), ("10", "0.33"), ("10.00", "0.33"), ("30.000", "1"))
    ),
    # the dose before is as large, so that none goes up
    *(
        case(
            f"{mg}-mg-is-too-much",
            "one of maintenance",
            {f"{HISTORY}/7/dose_mg": "10", f"{NEWEST}/dose_mg": mg, **planned(mg, ml)},
            STEP_AND_CAP,
            says=mg,
        )
        for mg, ml in (("30.000001", "1"), ("30.1", "1"), ("31", "1.033333"))
    ),
    case(
        "first-dose-31-mg",
        "first",
        planned("31", "1.033333"),
        STEP_AND_CAP | {"cll-escalation-order": VB},
    ),
    case("one-of-three", "maintenance", {"/infusions/2/dose_mg": "29.9"}, STEP, says="29.9"),
    case("held-is-not-asked", "maintenance", {"/infusions/1/status": "held", "/infusions/1/dose_mg": "40"}),
    case(
        "dose-gone",
        "first",
        {"/infusions/0/dose_mg": GONE},
        {
            "cll-dose-step": NBO,
            "cll-max-single-30": NB,
            "cll-max-week-90": NB,
            "cll-escalation-order": NB,
            "cll-volume": NB,
        },
    ),
]

WEEKS = [
    case("90-mg-in-7-dates", "maintenance", {}, cleared="cll-max-week-90"),
    case(
        "100-mg-in-7-dates-with-the-history",
        "to 30",
        {
            "/infusions/-": [infusion("2025-06-04", "30"), infusion("2025-06-06", "30")],
            "/premedications/-": premedication("2025-06-04", "2025-06-06"),
        },
        {"cll-max-week-90": VB},
        says="100",
    ),
    case(
        "90-mg-in-7-dates-100-in-8",
        "to 30",
        {
            "/infusions/-": [infusion("2025-06-04", "30"), infusion("2025-06-07", "30")],
            "/premedications/-": premedication("2025-06-04", "2025-06-07"),
        },
    ),
    case(
        "93-mg-in-7-dates",
        "to 30",
        {
            f"{HISTORY}/0/date": "2025-05-30",
            f"{HISTORY}/0/dose_mg": "3",
            f"{HISTORY}/1/dose_mg": "30",
            "/infusions/-": infusion("2025-06-04", "30"),
            "/premedications/-": premedication("2025-06-04"),
        },
        {"cll-max-week-90": VB},
        says="93",
    ),
    case(
        "fourth-dose-on-the-7th-date",
        "maintenance",
        added("2025-06-08", "30"),
        {"cll-max-week-90": VB, "cll-frequency": VB},
        says="120",
    ),
    case("fourth-dose-on-the-8th-date", "maintenance", added("2025-06-09", "30")),
    case(
        "history-without-a-dose",
        "one of maintenance",
        {f"{NEWEST}/dose_mg": GONE},
        # an entry of a list whose needed field is not known leaves what reads it not evaluated
        {"cll-max-week-90": NB, "cll-escalation-order": NB, "cll-frequency": NB, "cll-premed": NBO},
    ),
    case("history-without-a-dose-long-ago", "one of maintenance", {f"{HISTORY}/5/dose_mg": GONE}),
    case(
        "dose-of-another-treatment",
        "maintenance",
        {f"{HISTORY}/-": prior("2025-06-01", "30", course=2)},
    ),
    case(
        "dose-of-another-product",
        "maintenance",
        {f"{HISTORY}/-": prior("2025-06-01", "30") | {"product": "Lemtrada"}},
    ),
]

UNTOLERATED = {"cll-escalation-order": VB, "cll-repeat-step": VB, "cll-infusion-reaction": VBO}
GRADE_UNKNOWN = {"cll-escalation-order": NW, "cll-repeat-step": NB, "cll-infusion-reaction": NBO}
SKIPPED = {"cll-escalation-order": VB}
IN_ORDER = {"cll-escalation-order": NW, "cll-repeat-step": NB}
SAME_ORDER = {"cll-escalation-order": "/infusions", "cll-repeat-step": "/infusions"}

ESCALATION = [
    case("first-dose-10", "first", planned("10"), SKIPPED, says="10"),
    case("first-dose-30", "first", planned("30"), SKIPPED, says="30"),
    case("3-then-30", "to 10", planned("30"), SKIPPED, says="30"),
    case("3-then-3", "to 10", planned("3"), cleared="cll-repeat-step"),
    case("10-then-10", "to 30", planned("10")),
    case("10-then-3", "to 30", planned("3")),
    *(
        case(f"{step}-after-grade-{grade}", step, {f"{HISTORY}/{newest}/reaction_grade": grade})
        for step, newest in (("to 10", 0), ("to 30", 1))
        for grade in (0, 1, 2)
    ),
    *(
        case(
            f"{step}-after-grade-{grade}",
            step,
            {f"{HISTORY}/{newest}/reaction_grade": grade},
            UNTOLERATED,
        )
        for step, newest in (("to 10", 0), ("to 30", 1))
        for grade in (3, 4, 5)
    ),
    *(
        case(f"{step}-grade-gone", step, {f"{HISTORY}/{newest}/reaction_grade": GONE}, GRADE_UNKNOWN)
        for step, newest in (("to 10", 0), ("to 30", 1))
    ),
    case("to-30-grade-of-the-dose-before-gone", "to 30", {f"{HISTORY}/0/reaction_grade": GONE}),
    case("to-30-after-grade-3-of-the-dose-before", "to 30", {f"{HISTORY}/0/reaction_grade": 3}),
    *(
        case(
            f"the-same-step-after-grade-{grade}",
            "to 10",
            {f"{HISTORY}/0/reaction_grade": grade, **planned("3")},
            {"cll-infusion-reaction": VBO},
            cleared="cll-repeat-step",
        )
        for grade in (3, 4)
    ),
    *(
        case(
            f"maintenance-after-grade-{grade}",
            "maintenance",
            {f"{NEWEST}/reaction_grade": grade},
            {"cll-infusion-reaction": VBO},
        )
        for grade in (3, 4)
    ),
    case("maintenance-after-grade-2", "maintenance", {f"{NEWEST}/reaction_grade": 2}),
    case(
        "maintenance-grade-gone",
        "maintenance",
        {f"{NEWEST}/reaction_grade": GONE},
        {"cll-infusion-reaction": NBO},
    ),
    case("maintenance-grade-3-before-the-newest", "maintenance", {f"{HISTORY}/7/reaction_grade": 3}),
    case("maintenance-grade-gone-before-the-newest", "maintenance", {f"{HISTORY}/7/reaction_grade": GONE}),
    case(
        "newest-by-date-not-by-place",
        "maintenance",
        {f"{HISTORY}/0/reaction_grade": 3, f"{HISTORY}/0/date": "2025-06-01", f"{HISTORY}/0/dose_mg": "30"},
        {"cll-infusion-reaction": VBO, "cll-frequency": VB, "cll-max-week-90": VB},
    ),
    case("3-and-3-in-one-order", "first", added("2025-06-03", "3")),
    case("3-and-10-in-one-order", "first", added("2025-06-03", "10"), IN_ORDER, missing=SAME_ORDER),
    case(
        "3-and-30-in-one-order",
        "first",
        added("2025-06-03", "30"),
        SKIPPED | {"cll-repeat-step": NB},
        missing=SAME_ORDER,
    ),
    case("10-and-30-in-one-order", "to 10", added("2025-06-04", "30"), IN_ORDER, missing=SAME_ORDER),
    case("30-and-10-in-one-order", "one of maintenance", added("2025-06-04", "10")),
    case("30-after-10-late-in-treatment", "one of maintenance", {f"{NEWEST}/dose_mg": "10"}),
    case(
        "30-after-3-late-in-treatment",
        "one of maintenance",
        {f"{NEWEST}/dose_mg": "3"},
        SKIPPED,
    ),
    case("10-after-a-restart", "restart", {f"{HISTORY}/-": prior("2025-05-31", "3"), **planned("10")}),
    case(
        "30-after-a-restart", "restart", {f"{HISTORY}/-": prior("2025-05-31", "3"), **planned("30")}, SKIPPED
    ),
    case(
        "first-dose-of-a-second-treatment-10",
        "to 10",
        {"/course/number": 2},
        SKIPPED,
        na="cll-repeat-step cll-restart-after-7d cll-frequency",
    ),
    case("first-dose-of-a-second-treatment-3", "to 10", {"/course/number": 2, **planned("3")}),
    case(
        "grade-3-in-an-earlier-treatment",
        "to 10",
        {"/course/number": 2, f"{HISTORY}/0/reaction_grade": 3, **planned("3")},
    ),
]

RESTART = {"cll-restart-after-7d": VB}
GAPS = [
    case("restart-with-10", "restart", planned("10"), RESTART, says="14"),
    case("restart-with-30", "restart", planned("30"), RESTART),
    case(
        "6-days",
        "one of maintenance",
        {NEWEST: GONE, f"{HISTORY}/7/date": "2025-05-27", f"{HISTORY}/6": GONE},
    ),
    case("7-days", "one of maintenance", {NEWEST: GONE, f"{HISTORY}/7": GONE}, RESTART, says="7"),
    case(
        "8-days",
        "one of maintenance",
        {NEWEST: GONE, f"{HISTORY}/7": GONE, f"{HISTORY}/6/date": "2025-05-25"},
        RESTART,
        says="8",
    ),
    case("7-days-with-3", "one of maintenance", {NEWEST: GONE, f"{HISTORY}/7": GONE, **planned("3")}),
    case("6-days-in-one-order", "maintenance", put(2, "2025-06-10")),
    case("7-days-in-one-order", "maintenance", put(2, "2025-06-11"), RESTART),
    case(
        "7-days-in-one-order-with-3",
        "maintenance",
        {"/infusions/2": infusion("2025-06-11", "3"), "/premedications/-": premedication("2025-06-11")},
    ),
    case(
        "7-days-by-a-held-infusion",
        "maintenance",
        {"/infusions/1/status": "held", **put(2, "2025-06-09")},
        RESTART,
    ),
    case("6-days-by-a-held-infusion", "maintenance", {"/infusions/1/status": "held", **put(2, "2025-06-08")}),
]

FREQUENCY = [
    case(
        "adjacent-in-one-order",
        "maintenance",
        {NEWEST: GONE, **put(1, "2025-06-03")},
        {"cll-frequency": VBO},
    ),
    case(
        "adjacent-to-the-history",
        "one of maintenance",
        {f"{NEWEST}/date": "2025-06-01"},
        {"cll-frequency": VBO},
    ),
    case("two-days-after-the-history", "one of maintenance", {f"{NEWEST}/date": "2025-05-31"}),
    case("10-mg-on-adjacent-days", "to 10", added("2025-06-03", "10")),
    case(
        "written-in-another-order",
        "maintenance",
        {"/infusions/0": infusion("2025-06-04", "30"), "/infusions/1": infusion("2025-06-02", "30")},
    ),
    case(
        "fourth-in-7-dates-and-adjacent",
        "maintenance",
        added("2025-06-07", "30"),
        {"cll-max-week-90": VB, "cll-frequency": VB},
    ),
]

LONG_AGO = counts("2024-01-01", "2100", "118000")  # the baseline before the first dose ever
TWELVE_WEEKS = {"cll-duration-12wk": VBO}
DURATION = [
    case("day-83", "day 84", {f"{HISTORY}/0/date": "2025-03-11"}),
    case("day-84", "day 84", {}, cleared="cll-duration-12wk"),
    case("day-85", "day 84", {f"{HISTORY}/0/date": "2025-03-09"}, TWELVE_WEEKS, says="85"),
    case("day-84-and-86", "day 84", added("2025-06-04", "30"), TWELVE_WEEKS),
    case(
        "the-first-dose-of-another-treatment",
        "one of maintenance",
        {f"{HISTORY}/-": prior("2024-01-01", "3", course=2), "/patient/labs/-": LONG_AGO},
    ),
    case(
        "the-first-dose-by-date-not-by-place",
        "one of maintenance",
        {f"{HISTORY}/-": prior("2025-03-09", "3"), "/patient/labs/-": LONG_AGO},
        TWELVE_WEEKS,
    ),
]


@pytest.mark.parametrize(
    "one", [*SILENT, *PRODUCTS, *DOSES, *WEEKS, *ESCALATION, *GAPS, *FREQUENCY, *DURATION]
)
def test_product_dose_and_schedule(verifier: Verifier, one: Case) -> None:
    check(verifier, one)


UNKNOWN = {
    "history-gone": (
        "first",
        {HISTORY: GONE},
        {"cll-max-week-90": NB, "cll-duration-12wk": NBO, "cll-infusion-reaction": NBO},
    ),
    "history-gone-30-mg": (
        "one of maintenance",
        {HISTORY: GONE},
        {
            "cll-max-week-90": NB,
            "cll-escalation-order": NB,
            "cll-repeat-step": NB,
            "cll-restart-after-7d": NB,
            "cll-frequency": NB,
            "cll-duration-12wk": NBO,
            "cll-infusion-reaction": NBO,
            "cll-low-baseline": NB,
        },
    ),
    "date-of-a-dose-gone": (
        "one of maintenance",
        {f"{NEWEST}/date": GONE},
        {
            "cll-max-week-90": NB,
            "cll-restart-after-7d": NB,
            "cll-duration-12wk": NBO,
            "cll-infusion-reaction": NBO,
        },
    ),
    "product-of-a-dose-gone": ("to 10", {f"{HISTORY}/0/product": GONE}, {"cll-escalation-order": NB}),
    "course-of-a-dose-gone": ("to 10", {f"{HISTORY}/0/course": GONE}, {"cll-escalation-order": NB}),
    "course-number-gone": ("to 10", {"/course/number": GONE}, {"cll-escalation-order": NB}),
    "start-gone": (
        "maintenance",
        {"/infusions/1/scheduled_start": GONE},
        {
            "cll-max-week-90": NB,
            "cll-restart-after-7d": NB,
            "cll-frequency": NB,
            "cll-duration-12wk": NBO,
            "cll-bag-8h": NB,
            "cll-age": NBO,
        },
    ),
}


@pytest.mark.parametrize(("base", "changes", "least"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_rests_on_an_unknown_history_or_date_is_not_evaluated(
    verifier: Verifier, base: str, changes: dict[str, Any], least: dict[str, str]
) -> None:
    order = campath(base)
    change(order, changes)
    found, verdict = judge(verifier, order)
    assert least.items() <= found.items(), f"found {found}"
    assert not [rule for rule, finding in found.items() if finding.startswith("violated")]
    assert verdict["decision"] == "hold"


AGES = {
    "18-on-the-day": ("2025-06-02", "2007-06-02", {}),
    "18-a-day-later": ("2025-06-02", "2007-06-03", {"cll-age": VBO}),
    "leap-day-the-day-before": ("2026-02-28", "2008-02-29", {"cll-age": VBO}),
    "leap-day": ("2026-03-01", "2008-02-29", {}),
    "old": ("2025-06-02", "1931-06-02", {}),
}


@pytest.mark.parametrize(("day", "birth", "findings"), AGES.values(), ids=AGES)
def test_age_is_18_completed_years_on_the_day_of_the_first_infusion(
    verifier: Verifier, day: str, birth: str, findings: dict[str, str]
) -> None:
    order = all_moved(example(), _days(day))
    order["patient"]["birth_date"] = birth
    assert judge(verifier, order)[0] == findings


def test_an_unknown_birth_date_leaves_the_age_open(verifier: Verifier) -> None:
    order = example()
    del order["patient"]["birth_date"]
    assert judge(verifier, order)[0] == {"cll-age": NBO}


def _days(day: str) -> timedelta:
    return date.fromisoformat(day) - date.fromisoformat(DAY_1)


def test_the_shipped_first_dose_is_verified_without_a_finding(verifier: Verifier) -> None:
    verdict = verifier.verify_json((EXAMPLES / "campath-first-dose.json").read_text()).model_dump(mode="json")
    assert verdict["decision"] == "verified"
    assert verdict["findings"] == []
    assert verdict["rules"]["pack"] not in (None, "lemtrada-ms")


@pytest.mark.parametrize(
    "base", ["first", "to 10", "to 30", "maintenance", "after hold", "low baseline", "restart"]
)
def test_no_rule_for_lemtrada_speaks_in_a_verdict_on_campath(verifier: Verifier, base: str) -> None:
    _, verdict = judge(verifier, campath(base))
    assert sorted(all_rules(verdict)) == sorted(RULES)
    assert not RULES & LEMTRADA_RULES


@pytest.mark.parametrize("course", [1, 2])
def test_no_rule_for_campath_speaks_in_a_verdict_on_lemtrada(verifier: Verifier, course: int) -> None:
    _, verdict = judge(verifier, document(Base(course)))
    assert sorted(all_rules(verdict)) == sorted(LEMTRADA_RULES)


@pytest.mark.parametrize("base", ["first", "maintenance"])
def test_a_leukaemia_order_named_lemtrada_is_judged_by_the_rules_for_lemtrada(
    verifier: Verifier, base: str
) -> None:
    order = campath(base)
    order["product"]["name"] = "Lemtrada"
    found, verdict = judge(verifier, order)
    assert verdict["decision"] == "reject"
    assert found["product-indication-match"] == VB
    assert sorted(all_rules(verdict)) == sorted(LEMTRADA_RULES)


def test_a_multiple_sclerosis_order_named_campath_is_judged_by_the_rules_for_campath(
    verifier: Verifier,
) -> None:
    order = document(Base(1))
    order["product"]["name"] = "Campath"
    found, verdict = judge(verifier, order)
    assert verdict["decision"] == "reject"
    assert found["cll-product"] == VB
    assert sorted(all_rules(verdict)) == sorted(RULES)


NOT_ASKED = {
    "lymphopenia": {"/patient/labs/2/value": "10"},
    "facility-not-equipped": {"/facility/resuscitation_capable": False},
    "facility-unknown": {"/facility": GONE},
    "infusions-at-home": {"/facility/setting": "home"},
    "no-rems-certification": {"/rems": {"prescriber": {"certified": False}, "patient": {"enrolled": False}}},
    "observation-of-0-minutes": {"/infusions/0/observation_minutes": 0},
    "two-vials": {"/infusions/0/preparation/vials": 2},
    "pregnancy": {"/patient/pregnancy": {"status": "pregnant"}},
    "another-autoimmune-disease": {"/patient/conditions": [{"kind": "autoimmune", "status": "active"}]},
    "the-leukaemia-itself": {"/patient/conditions": [{"icd10cm": "C91.10", "status": "active"}]},
    "thrombotic-thrombocytopenic-purpura": {"/patient/conditions": [{"kind": "ttp", "status": "active"}]},
    "an-anticoagulant": {"/patient/medications": [{"name": "warfarin"}]},
    "an-immunosuppressant": {"/patient/medications": [{"name": "azathioprine"}]},
    "an-earlier-therapy": {"/patient/prior_therapies": [{"name": "fludarabine", "ended_on": "2025-06-01"}]},
    "latent-tuberculosis": {"/patient/screening/tuberculosis/result": "latent"},
    "no-tuberculosis-test": {"/patient/screening/tuberculosis": GONE},
    "hepatitis-b": {"/patient/screening/hepatitis_b/result": "positive"},
    "an-allergy-to-polysorbate": {"/patient/allergies": [{"substance": "polysorbate 80"}]},
}


def test_no_methylprednisolone_and_no_rems_is_asked_of_campath(verifier: Verifier) -> None:
    order = example()
    assert "rems" not in order
    assert not [dose for dose in order["premedications"] if "methylprednisolone" in dose["name"]]
    assert judge(verifier, order)[0] == {}


@pytest.mark.parametrize("changes", NOT_ASKED.values(), ids=NOT_ASKED)
def test_what_no_rule_for_campath_asks_about_gives_no_finding(
    verifier: Verifier, changes: dict[str, Any]
) -> None:
    order = example()
    change(order, changes)
    assert judge(verifier, order)[0] == {}


HARMLESS = re.compile(
    r"/(ordered_at|time_zone|product/.*|facility.*|patient/(patient_id|prior_therapies|sex|contraception_until)"
    r"|patient/pregnancy.*|patient/screening/(tuberculosis|hepatitis_b|hepatitis_c).*|patient/screening/hiv/date"
    r"|patient/allergies|premedications/\d+/(name|rxcui|route)"
    r"|prophylaxis/\d/(dose_mg|frequency_per_day|days_per_week|end)|prophylaxis/0/route"
    r"|infusions/\d/preparation/(vials|additives|storage|protected_from_light|vial_expires_on|vial_storage)"
    r"|infusions/[12]/.*|patient/prior_infusions/\d/(reaction_grade|dose_mg)|premedications/.*"
    r"|patient/prior_infusions/[1-6]/(course|product))"
)
"""What only an info rule needs, what no rule asks about, and what something else in the order also says.

Of the history the first dose counts, and those since the week before the order.
"""
HARMLESS_WITHOUT_HISTORY = re.compile(r"/course.*")
HARMLESS_AFTER_HOLD = re.compile(r"/patient/labs/3/(unit|value)")
"""The platelets of a day of which the neutrophils alone made the hold."""


def keys(value: Any, above: str = "") -> list[str]:
    """The pointer of every key of an object, at any depth."""
    entries = (
        enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    )
    return [
        pointer
        for key, inner in entries
        for pointer in ([f"{above}/{key}"] if isinstance(value, dict) else []) + keys(inner, f"{above}/{key}")
    ]


@pytest.mark.parametrize("base", ["first", "first of a woman", "to 30", "after hold", "low baseline"])
def test_what_is_not_known_of_a_campath_order_violates_nothing(verifier: Verifier, base: str) -> None:
    required = {"/schema_version", "/order_id", "/product", "/patient", "/infusions"}
    wrong = []
    for pointer in sorted(set(keys(campath(base))) - required):
        if re.fullmatch(r"/patient/labs/\d+/test", pointer):
            continue
        order = campath(base)
        change(order, {pointer: GONE})
        found, verdict = judge(verifier, order)
        if any(finding.startswith("violated") for finding in found.values()):
            wrong.append((pointer, found))
        harmless = [HARMLESS]
        harmless += [HARMLESS_WITHOUT_HISTORY] if base.startswith("first") else []
        harmless += [HARMLESS_AFTER_HOLD] if base == "after hold" else []
        if verdict["decision"] == "verified" and not any(one.fullmatch(pointer) for one in harmless):
            wrong.append((pointer, found))
    assert wrong == []


PROPHYLAXIS = ("cll-herpes-prophylaxis", "cll-pjp-prophylaxis")


@pytest.mark.parametrize(
    ("end", "start", "broken"),
    [
        ("2025-06-13", "2025-06-14", ()),
        ("2025-06-13", "2025-06-15", PROPHYLAXIS),
        ("2025-06-13", "2025-06-18", PROPHYLAXIS),
    ],
)
def test_prophylaxis_that_begins_anew_after_a_free_day_between_infusions_is_not_enough(
    verifier: Verifier, end: str, start: str, broken: tuple[str, ...]
) -> None:
    order = json.loads((EXAMPLES / "campath-maintenance.json").read_text())
    first = order["prophylaxis"]
    order["prophylaxis"] = [{**each, "end": end} for each in first] + [
        {**each, "start": start} for each in first
    ]

    verdict = verifier.verify_json(json.dumps(order))

    assert [finding.rule for finding in verdict.findings] == list(broken)
    assert verdict.decision == ("reject" if broken else "verified")
