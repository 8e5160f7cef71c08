"""Single changes to product, indication, course, schedule and age (catalogue 1.1), and what holds for all.

The tables of the other sections stand in the other `test_single_changes_*.py`.
"""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.functional import (
    test_single_changes_infusion,
    test_single_changes_labs,
    test_single_changes_patient,
    test_single_changes_premedication,
)

from orderguard import Verifier
from support.single_changes import (
    EXAMPLES,
    GONE,
    NB,
    NBO,
    NI,
    NW,
    RULES,
    VB,
    VBO,
    VI,
    VW,
    Base,
    Case,
    at,
    case,
    change,
    check,
    comfort,
    document,
    dose,
    infusion,
    judge,
    starting,
)

NOT_COVERED = {"product-covered": NB}
MISMATCH = {"product-indication-match": VB}
INDICATION_RULES = "indication-relapsing-ms indication-cis"
CODE, COURSE_OF_DISEASE = "/indication/icd10cm", "/indication/disease_course"

PRODUCTS = [
    case("rxcui-gone", 1, {"/product/rxcui": GONE}),
    case("strength-gone", 1, {"/product/strength_mg_per_ml": GONE}),
    case("name-only", 1, {"/product": {"name": "Lemtrada"}}),
    case("name-trimmed-and-folded", 1, {"/product/name": " LEMTRADA "}),
    case("name-gone-code-known", 1, {"/product/name": GONE}),
    *(
        case(f"rxcui-{code}", 1, {"/product/rxcui": code})
        for code in ("1594659", "1594657", "1594660", "1594658", "1594663", "99999999")
    ),
    *(
        case(f"rxcui-of-campath-{code}", 1, {"/product/rxcui": code}, MISMATCH)
        for code in ("284679", "1656628", "1656631", "828265", "828267")
    ),
    case("ndc-of-lemtrada", 1, {"/product/ndc": "58468-0200-1"}),
    case("ndc-unknown", 1, {"/product/ndc": "00000-0000-0"}),
    *(
        case(f"ndc-of-campath-{ndc}", 1, {"/product/ndc": ndc}, MISMATCH)
        for ndc in ("58468-0357-1", "58468-0357-3", "58468-0357-01")
    ),
    case("strength-10.0", 1, {"/product/strength_mg_per_ml": "10.0"}),
    *(
        case(f"strength-{mg}", 1, {"/product/strength_mg_per_ml": mg}, MISMATCH)
        for mg in ("9.999999", "10.000001", "12", "30")
    ),
    *(
        case(f"name-{name}", 1, {"/product/name": name}, NOT_COVERED, missing={"product-covered": "/product"})
        for name in ("alemtuzumab", "MabCampath", "Lemtrda", "Ocrevus")
    ),
    case("name-and-codes-gone", 1, {"/product": {"strength_mg_per_ml": "10"}}, NOT_COVERED),
    case(
        "codes-contradict-without-a-name",
        1,
        {"/product/name": GONE, "/product/ndc": "58468-0357-1"},
        NOT_COVERED,
    ),
    case("ingredient-code-without-a-name", 1, {"/product": {"rxcui": "117055"}}, NOT_COVERED),
    case(
        "strength-of-campath-without-a-name",
        1,
        {"/product": {"rxcui": "1594663", "strength_mg_per_ml": 30}},
        MISMATCH,
    ),
    case("strength-of-campath-course-2", 2, {"/product/strength_mg_per_ml": "30"}, MISMATCH),
]

OUTSIDE = {"indication-relapsing-ms": VBO}
CIS = {"indication-cis": VBO}

NO_CODE = {"product-indication-match": NB, "indication-relapsing-ms": NBO, "indication-cis": NBO}

INDICATIONS = [
    *(
        case(f"code-{code}", 1, {CODE: code}, MISMATCH, na=INDICATION_RULES)
        for code in ("C91.10", "C91.1", "C91.12", "E11.9", "G36.0", "G37.9")
    ),
    case("code-of-cll-course-2", 2, {CODE: "C91.10"}, MISMATCH, na=INDICATION_RULES),
    # without a code it is not known whether the indication rules are asked
    case("code-gone", 1, {CODE: GONE}, NO_CODE),
    case(
        "indication-gone",
        1,
        {"/indication": GONE},
        NO_CODE,
    ),
    *(case(f"{code}-relapsing-remitting", 1, {CODE: code}) for code in ("G35", "G35.D", "G35.A")),
    *(
        case(f"{code}-active-secondary", 1, {CODE: code, COURSE_OF_DISEASE: "active-secondary-progressive"})
        for code in ("G35", "G35.C", "G35.C0", "G35.C1", "G35.D")
    ),
    *(case(f"{code}-alone", 1, {CODE: code, COURSE_OF_DISEASE: GONE}) for code in ("G35.A", "G35.C1")),
    *(
        case(f"{code}-alone", 1, {CODE: code, COURSE_OF_DISEASE: GONE}, OUTSIDE, cleared="indication-cis")
        for code in ("G35.B", "G35.B0", "G35.B1", "G35.B2", "G35.C2")
    ),
    *(
        case(
            f"{code}-alone",
            1,
            {CODE: code, COURSE_OF_DISEASE: GONE},
            {"indication-relapsing-ms": NBO, "indication-cis": NBO},
        )
        for code in ("G35", "G35.D", "G35.C", "G35.C0")
    ),
    *(
        case(f"{code}-{course}", 1, {CODE: code, COURSE_OF_DISEASE: course}, OUTSIDE)
        for code, course in (
            ("G35", "primary-progressive"),
            ("G35", "non-active-secondary-progressive"),
            ("G35.C0", "non-active-secondary-progressive"),
            ("G35.B1", "primary-progressive"),
            ("G35.C2", "non-active-secondary-progressive"),
            # contradictions
            ("G35.A", "primary-progressive"),
            ("G35.A", "active-secondary-progressive"),
            ("G35.B", "relapsing-remitting"),
            ("G35.B0", "active-secondary-progressive"),
            ("G35.C1", "relapsing-remitting"),
            ("G35.C1", "non-active-secondary-progressive"),
            ("G35.C2", "active-secondary-progressive"),
        )
    ),
    *(
        case(
            f"{code}-isolated",
            1,
            {CODE: code, COURSE_OF_DISEASE: "clinically-isolated-syndrome"},
            CIS,
            na="indication-relapsing-ms",
        )
        for code in ("G35", "G35.A")
    ),
    case(
        "code-gone-isolated",
        1,
        {CODE: GONE, COURSE_OF_DISEASE: "clinically-isolated-syndrome"},
        {"product-indication-match": NB, "indication-cis": NBO},
        na="indication-relapsing-ms",
    ),
    case("G35.C-relapsing-remitting", 1, {CODE: "G35.C"}),
    case("code-read-before-its-date", 1, {CODE: "G35.A"}),
    case("old-code-read-after-its-date", 2, {CODE: "G35"}),
]

PRIOR = "/patient/prior_infusions"
SIXTH = {"/infusions/-": infusion("2025-06-07"), **comfort("2025-06-07")}
NO_HISTORY = {
    "campath-history": NW,
    "duplicate-alemtuzumab": NB,
    "course-interval-12mo": NB,
    "course-interval-late": NI,
    "prior-course-incomplete": NW,
    "course-number-consistent": NBO,
    "monitoring-adherence": NW,
    "suspect-autoimmune-event": NB,
}


def earlier(course: int, *days: str, product: str = "Lemtrada") -> list[dict[str, Any]]:
    return [{"product": product, "date": day, "dose_mg": "12", "course": course} for day in days]


FIVE = earlier(1, *(f"2023-05-0{day}" for day in range(1, 6)))
THREE = earlier(2, "2024-05-20", "2024-05-21", "2024-05-22")
AS_COURSE_3 = {"/course/number": 3, "/rems/patient/authorized_course": 3}
AS_COURSE_4 = {"/course/number": 4, "/rems/patient/authorized_course": 4}
SECOND_COURSE_DONE = [
    *earlier(1, *(f"2024-05-2{day}" for day in range(5))),
    *earlier(2, "2025-06-04", "2025-06-05", "2025-06-06"),
]
THIRD_COURSE_DONE = [*FIVE, *THREE, *earlier(3, "2025-06-04", "2025-06-05", "2025-06-06")]

LENGTHS = [
    case("course-1-of-4", 1, {"/infusions/4": GONE}, {"course-1-five-days": VBO}, says="4"),
    case("course-1-of-6", 1, SIXTH, {"course-1-five-days": VB}, says="6"),
    case("course-2-of-2", 2, {"/infusions/2": GONE}, {"course-2-three-days": VB}, says="2"),
    case(
        "course-2-of-4",
        2,
        {"/infusions/-": infusion("2026-06-11"), **comfort("2026-06-11")},
        {"course-2-three-days": VB},
        says="4",
    ),
    case(
        "course-3-of-3",
        2,
        {**AS_COURSE_3, PRIOR: SECOND_COURSE_DONE},
        na="course-1-five-days course-2-three-days",
    ),
    case(
        "course-3-of-2",
        2,
        {**AS_COURSE_3, PRIOR: SECOND_COURSE_DONE, "/infusions/2": GONE},
        {"course-3plus-three-days": VB},
        says="2",
    ),
    case(
        "course-3-of-4",
        2,
        {
            **AS_COURSE_3,
            PRIOR: SECOND_COURSE_DONE,
            "/infusions/-": infusion("2026-06-11"),
            **comfort("2026-06-11"),
        },
        {"course-3plus-three-days": VB},
    ),
    case(
        "course-number-gone",
        1,
        {"/course/number": GONE},
        {
            "course-1-five-days": NB,
            "course-2-three-days": NB,
            "course-3plus-three-days": NB,
            "course-number-consistent": NBO,
            "course-count-cap": NI,
            "rems-patient-authorized": NB,
            "rems-status-form": NW,
            "baseline-upcr-first": NB,  # its level depends on the course
        },
    ),
]

NO_DAY_1 = {
    "duplicate-alemtuzumab": NB,
    "age-minimum": NB,
    "age-65plus": NI,
    "bag-start-8h": NB,
    "bag-end-8h": NW,
    "vial-storage": NB,
    "steroid-days-1-3": NB,
    "steroid-dose-1000": NBO,
    "steroid-before-infusion": NW,
    "antihistamine-considered": NI,
    "antipyretic-considered": NI,
    "antiviral-present": NB,
    "hiv-test-on-file": NW,
    "tb-screen": NBO,
    "vzv-immunity": NBO,
    "hpv-screen": NI,
    "immunosuppressant-concurrent": NW,
    "pregnancy-test": NW,
    "contraception-4mo": NW,
    "baseline-labs-complete": NB,
    "baseline-labs-30d": NB,
    "baseline-upcr-first": NB,
    "baseline-abnormal": NW,
    "baseline-skin-exam": NW,
    "monitoring-plan-48mo": NW,
    "rems-patient-authorized": NB,
}

SCHEDULE = [
    case("a-gap", 1, {**at(4, "2025-06-07"), **comfort("2025-06-07")}, {"course-consecutive-days": VBO}),
    case(
        "a-gap-course-2",
        2,
        {
            **at(2, "2026-06-11"),
            "/premedications/-": [
                dose(name, "2026-06-11", "1000", route)
                for name, route in (
                    ("methylprednisolone", "intravenous"),
                    ("diphenhydramine", "oral"),
                    ("acetaminophen", "oral"),
                )
            ],
        },
        {"course-consecutive-days": VBO},
    ),
    case(
        "two-on-one-day",
        1,
        at(4, "2025-06-05", "15:00", "14:00"),
        {"course-consecutive-days": VBO, "duplicate-alemtuzumab": VB},
    ),
    case("written-in-another-order", 1, {**at(3, "2025-06-06"), **at(4, "2025-06-05")}),
    case("evening-infusion-is-the-next-day-in-utc", 1, at(4, "2025-06-06", "21:00", "19:00")),
    case(
        "evening-infusion-without-a-zone-is-the-next-day",
        1,
        {**at(4, "2025-06-06", "21:00", "19:00"), "/time_zone": GONE},
        {"course-consecutive-days": VBO, "antihistamine-considered": VI, "antipyretic-considered": VI},
    ),
    case("instants-in-utc", 1, {"/infusions/1/scheduled_start": "2025-06-03T13:00:00Z"}),
    case("zone-gone", 1, {"/time_zone": GONE}),
    case("zone-one-day-ahead", 1, {"/time_zone": "Pacific/Auckland"}),
    case("days-across-clock-going-back", starting(1, "2025-10-31"), {}),
    case("days-across-clock-going-forward", starting(1, "2025-03-07"), {}),
    case("days-across-a-leap-day", starting(1, "2024-02-27"), {}),
    case("days-across-new-year", starting(2, "2025-12-31"), {}),
    case(
        "one-given",
        1,
        {"/infusions/0/status": "given"},
        na="course-consecutive-days",
        cleared="course-interrupted",
    ),
    case(
        "one-given-and-a-gap",
        1,
        {"/infusions/0/status": "given", **at(4, "2025-06-07"), **comfort("2025-06-07")},
        {"course-interrupted": VW},
        na="course-consecutive-days",
    ),
    case(
        "last-one-held",
        1,
        {"/infusions/4/status": "held"},
        {"course-interrupted": VW, "course-1-five-days": VBO},
        na="course-consecutive-days",
    ),
    case(
        "held-without-a-date",
        1,
        {"/infusions/4/status": "held", "/infusions/4/scheduled_start": GONE},
        {"course-interrupted": VW, "course-1-five-days": VBO},
    ),
    case(
        "fourth-held-and-made-up-for", 1, {"/infusions/3/status": "held", **SIXTH}, {"course-interrupted": VW}
    ),
    case(
        "first-held-moves-day-1",
        1,
        {
            "/infusions/0/status": "held",
            **SIXTH,
            "/patient/pregnancy/tested_on": "2025-05-27",
            "/prophylaxis/0/start": "2025-06-03",
        },
        {"course-interrupted": VW, "steroid-days-1-3": VB},
    ),
    case(
        "second-held-needs-a-steroid-on-the-fourth-date",
        1,
        {
            "/infusions/1/status": "held",
            **SIXTH,
            "/premedications/-": [
                *comfort("2025-06-07")["/premedications/-"],
                dose("methylprednisolone", "2025-06-05", "1000", "intravenous"),
            ],
        },
        {"course-interrupted": VW},
    ),
    case(
        "a-start-gone", 1, {"/infusions/2/scheduled_start": GONE}, NO_DAY_1 | {"course-consecutive-days": NBO}
    ),
    case(
        "a-start-gone-course-2",
        2,
        {"/infusions/2/scheduled_start": GONE},
        NO_DAY_1
        | {
            "course-consecutive-days": NBO,
            "course-interval-12mo": NB,
            "course-interval-late": NI,
            "baseline-upcr-first": NW,
            "monitoring-adherence": NW,
            "rems-status-form": NW,
        },
    ),
    case(
        "one-given-and-a-start-gone",
        1,
        {"/infusions/0/status": "given", "/infusions/4/scheduled_start": GONE},
        NO_DAY_1 | {"course-interrupted": NW},
    ),
]

LATE = {"course-interval-late": VI, "monitoring-adherence": VW}


def last_of(*days: str) -> dict[str, Any]:
    return {PRIOR: earlier(1, *days)}


INTERVALS = [
    case("12-months-to-the-day", 2, {f"{PRIOR}/4/date": "2025-06-08"}, cleared="course-interval-12mo"),
    case(
        "12-months-less-a-day", 2, {f"{PRIOR}/4/date": "2025-06-09"}, {"course-interval-12mo": VB}, says="11"
    ),
    case(
        "365-days-are-not-12-months",
        starting(2, "2024-03-09"),
        {f"{PRIOR}/4/date": "2023-03-10"},
        {"course-interval-12mo": VB},
    ),
    case("366-days-are-12-months", starting(2, "2024-03-10"), {f"{PRIOR}/4/date": "2023-03-10"}),
    case(
        "29-feb-to-28-feb",
        starting(2, "2025-02-28"),
        {f"{PRIOR}/4/date": "2024-02-29"},
        {"course-interval-12mo": VB},
    ),
    case("29-feb-to-1-mar", starting(2, "2025-03-01"), {f"{PRIOR}/4/date": "2024-02-29"}),
    case(
        "interval-counts-from-the-last-infusion-of-any-course",
        2,
        {
            **AS_COURSE_3,
            PRIOR: [
                *earlier(1, *(f"2024-05-2{day}" for day in range(5))),
                *earlier(2, "2025-06-07", "2025-06-08", "2025-06-09"),
            ],
        },
        {"course-interval-12mo": VB},
    ),
    case(
        "earlier-date-gone",
        2,
        {f"{PRIOR}/4/date": GONE},
        {
            "course-interval-12mo": NB,
            "course-interval-late": NI,
            "duplicate-alemtuzumab": NB,
            "monitoring-adherence": NW,
        },
    ),
    case(
        "earlier-product-gone",
        2,
        {f"{PRIOR}/0/product": GONE},
        {
            "campath-history": NW,
            "course-interval-12mo": NB,
            "course-interval-late": NI,
            "prior-course-incomplete": NW,
            "course-number-consistent": NBO,
            "monitoring-adherence": NW,
        },
    ),
    case(
        "earlier-course-gone",
        2,
        {f"{PRIOR}/0/course": GONE},
        {"prior-course-incomplete": NW, "course-number-consistent": NBO},
    ),
    case("history-gone", 1, {PRIOR: GONE}, NO_HISTORY),
    case("history-gone-course-2", 2, {PRIOR: GONE}, NO_HISTORY),
    case(
        "15-months-to-the-day",
        2,
        last_of(*(f"2025-03-0{day}" for day in range(4, 9))),
        {"monitoring-adherence": VW},
        cleared="course-interval-late",
    ),
    case("15-months-and-a-day", 2, last_of(*(f"2025-03-0{day}" for day in range(3, 8))), LATE),
    case(
        "15-months-from-30-nov-end-on-1-mar",
        starting(2, "2026-03-01"),
        last_of(*(f"2024-11-{day}" for day in range(26, 31))),
        {"monitoring-adherence": VW},
    ),
    case(
        "15-months-from-30-nov-and-a-day",
        starting(2, "2026-03-02"),
        last_of(*(f"2024-11-{day}" for day in range(26, 31))),
        LATE,
    ),
]

HISTORIES = [
    case("earlier-course-of-4", 2, {f"{PRIOR}/0": GONE}, {"prior-course-incomplete": VW}, says="4"),
    case(
        "earlier-course-of-6",
        2,
        {f"{PRIOR}/-": earlier(1, "2025-06-07")},
        {"prior-course-incomplete": VW},
        says="6",
    ),
    case(
        "earlier-second-course-of-2",
        2,
        {**AS_COURSE_3, PRIOR: SECOND_COURSE_DONE[:-1]},
        {"prior-course-incomplete": VW},
        says="2",
    ),
    case("number-too-high", 2, AS_COURSE_3, {"course-number-consistent": VBO}, says="3"),
    case(
        "number-2-without-history",
        1,
        {
            "/course/number": 2,
            "/rems/patient/authorized_course": 2,
            "/rems/patient/status_form_on": "2025-05-01",
            "/infusions": document(Base(1))["infusions"][:3],
        },
        {"course-number-consistent": VBO},
        na="course-interval-12mo course-interval-late prior-course-incomplete suspect-autoimmune-event",
    ),
    case(
        "number-too-low",
        2,
        {
            "/course/number": 1,
            "/rems/patient/authorized_course": 1,
            "/infusions/-": [infusion("2026-06-11"), infusion("2026-06-12")],
            **comfort("2026-06-11", "2026-06-12"),
        },
        {"course-number-consistent": VBO},
        na="rems-status-form",
    ),
    case(
        "third-course-is-not-capped",
        2,
        {**AS_COURSE_3, PRIOR: SECOND_COURSE_DONE},
        cleared="course-count-cap",
    ),
    case("fourth-course", 2, {**AS_COURSE_4, PRIOR: THIRD_COURSE_DONE}, {"course-count-cap": VI}, says="4"),
    case(
        "incomplete-course-counts-as-a-course",
        2,
        {**AS_COURSE_4, PRIOR: THIRD_COURSE_DONE[1:]},
        {"course-count-cap": VI, "prior-course-incomplete": VW},
        cleared="course-number-consistent",
    ),
    case(
        "campath-does-not-count-as-a-course",
        1,
        {PRIOR: earlier(1, "2020-01-01", product="Campath")},
        {"campath-history": VW},
        na="course-interval-12mo prior-course-incomplete",
    ),
    case(
        "campath-beside-lemtrada",
        2,
        {f"{PRIOR}/-": earlier(7, "2020-01-01", product="Campath")},
        {"campath-history": VW},
    ),
    case(
        "prior-infusion-on-a-date-of-the-order",
        1,
        {PRIOR: earlier(1, "2025-06-04", product="Campath")},
        {"duplicate-alemtuzumab": VB, "campath-history": VW},
    ),
]

BIRTH = "/patient/birth_date"
TOO_YOUNG = {"age-minimum": VB}
OF_17 = {"age-minimum": VW}
OLD = {"age-65plus": VI}

AGES = [
    case("age-18-that-day", 1, {BIRTH: "2007-06-02"}),
    case("age-17-and-364-days", 1, {BIRTH: "2007-06-03"}, OF_17, says="17"),
    case("age-17-that-day", 1, {BIRTH: "2008-06-02"}, OF_17, says="17"),
    case("age-16-and-364-days", 1, {BIRTH: "2008-06-03"}, TOO_YOUNG, says="16"),
    case("age-17-course-2", 2, {BIRTH: "2008-06-09"}, OF_17),
    case(
        "age-on-day-1-not-on-the-order-date", 1, {BIRTH: "2007-06-02", "/ordered_at": "2025-01-01T00:00:00Z"}
    ),
    case("born-29-feb-not-18-on-28-feb", starting(1, "2026-02-28"), {BIRTH: "2008-02-29"}, OF_17),
    case("born-29-feb-18-on-1-mar", starting(1, "2026-03-01"), {BIRTH: "2008-02-29"}),
    case("age-64-and-364-days", 1, {BIRTH: "1960-06-03"}),
    case("age-65-that-day", 1, {BIRTH: "1960-06-02"}, OLD, says="65"),
    case("age-unknown", 1, {BIRTH: GONE}, {"age-minimum": NB, "age-65plus": NI}),
    case("age-unknown-course-2", 2, {BIRTH: GONE}, {"age-minimum": NB, "age-65plus": NI}),
]

CASES = [*PRODUCTS, *INDICATIONS, *LENGTHS, *SCHEDULE, *INTERVALS, *HISTORIES, *AGES]
TABLES = (
    CASES,
    test_single_changes_infusion.CASES,
    test_single_changes_premedication.CASES,
    test_single_changes_patient.CASES,
    test_single_changes_labs.CASES,
)


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(log=io.StringIO())


@pytest.mark.parametrize("course", [1, 2])
def test_the_examples_are_verified(verifier: Verifier, course: int) -> None:
    found, verdict = judge(verifier, document(Base(course)))
    assert (found, verdict["decision"]) == ({}, "verified")
    assert {*verdict["cleared"], *verdict["not_applicable"]} == RULES
    assert len(RULES) == 90


@pytest.mark.parametrize("one", CASES)
def test_a_single_change(verifier: Verifier, one: Case) -> None:
    check(verifier, one)


@pytest.mark.parametrize("outcome", ["violated", "not-evaluated"])
def test_the_tables_speak_of_every_rule(outcome: str) -> None:
    told = {
        rule
        for table in TABLES
        for row in table
        for rule, finding in row.values[0].findings.items()
        if finding.startswith(outcome)
    }
    assert RULES - told == set()


def test_the_window_between_first_and_last_infusion_has_a_message_of_its_own(verifier: Verifier) -> None:
    messages = []
    for days in (
        ["06-02", "06-03", "06-04", "06-05", "06-09"],
        ["06-09", "06-10", "06-11", "06-12", "06-13"],
    ):
        order = document(Base(2))
        order["patient"]["prior_infusions"] = earlier(1, *(f"2025-{day}" for day in days))
        found, verdict = judge(verifier, order)
        assert found == {"course-interval-12mo": VB}
        messages.append(re.sub(r"\d+", "N", verdict["findings"][0]["message"]))
    assert messages[0] != messages[1]


HARMLESS = re.compile(
    r"/(ordered_at|time_zone|product/.*|patient/(patient_id|household_oral_polio|counselling|screening/hpv.*)"
    r"|patient/screening/(varicella_zoster|hepatitis_b|hepatitis_c)/date"
    r"|rems/(program|checked_at|[a-z]+/id|patient/authorized_on)|facility/id"
    r"|premedications/[0-2]/(name|rxcui)|premedications/([3-9]|1\d)/.*"
    r"|prophylaxis/0/(name|rxcui|dose_mg|frequency_per_day|end))"
)
HARMLESS_IN_COURSE_2 = re.compile(
    r"/(indication/disease_course|patient/prior_infusions/\d/(dose_mg|reaction_grade)"
    r"|patient/labs/([0-9]|[1-4][0-9]|50)/reference_high)"
)
"""What only an info rule needs, or what has a default, or what something else in the order also says."""


MANY_ALIKE = re.compile(
    r"/patient/labs/(\d+/test|(1[4-9]|[2-4][0-9])/)|/(infusions|patient/prior_infusions)/[1-3]/"
)
"""The name of a test, which is required, and entries like others."""


def keys(value: Any, above: str = "") -> Iterator[str]:
    """The pointer of every key of an object, at any depth."""
    entries = (
        enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    )
    for key, inner in entries:
        if isinstance(value, dict):
            yield f"{above}/{key}"
        yield from keys(inner, f"{above}/{key}")


@pytest.mark.parametrize("course", [1, 2])
def test_what_is_not_known_holds_and_violates_nothing(verifier: Verifier, course: int) -> None:
    required = {"/schema_version", "/order_id", "/product", "/patient", "/infusions"}
    wrong = []
    for pointer in sorted(set(keys(document(Base(course)))) - required):
        order = document(Base(course))
        if MANY_ALIKE.match(pointer):
            continue
        change(order, {pointer: GONE})
        found, verdict = judge(verifier, order)
        if any(finding.startswith("violated") for finding in found.values()):
            wrong.append((pointer, found))
        harmless = HARMLESS.fullmatch(pointer) or (course == 2 and HARMLESS_IN_COURSE_2.fullmatch(pointer))
        if verdict["decision"] == "verified" and not harmless:
            wrong.append((pointer, found))
    assert wrong == []


CLI = {
    "verified": ("{example}", 0, ["verified"]),
    "a-hold-and-a-reject": ("{hold} {reject} {example}", 1, ["hold", "reject", "verified"]),
    "no-such-file": ("{missing}", 2, None),
    "not-an-order-beside-a-reject": ("{reject} {broken}", 3, ["reject", "invalid"]),
    "rules-that-do-not-load": ("{example} --rules {norules}", 4, None),
    "a-log-that-cannot-be-written": ("{example} --log /dev/full", 5, None),
}


@pytest.mark.parametrize(("arguments", "code", "decisions"), CLI.values(), ids=CLI)
def test_exit_codes(
    orderguard: Any, tmp_path: Path, arguments: str, code: int, decisions: list[str] | None
) -> None:
    places = {"example": EXAMPLES / "lemtrada-course-1.json", "missing": tmp_path / "none.json"}
    for name, changes in {
        "hold": {"/infusions/1/duration_minutes": GONE},
        "reject": {"/infusions/1/duration_minutes": 239},
        "broken": {"/infusions/1/durration_minutes": 240},
    }.items():
        order = document(Base(1))
        change(order, changes)
        places[name] = tmp_path / f"{name}.json"
        places[name].write_text(json.dumps(order))
    places["norules"] = tmp_path / "rules"
    places["norules"].mkdir()
    (places["norules"] / "pack.yaml").write_text("rules: [")
    done = orderguard("check", *arguments.format_map(places).split(), "--format", "json")
    assert done.returncode == code, done.stderr
    if decisions is not None:
        assert [record["decision"] for record in json.loads(done.stdout)] == decisions
